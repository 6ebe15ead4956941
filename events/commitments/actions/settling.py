"""Answer a promise that falls due: done, carried to another day, or dropped with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from events.commitments import rules
from events.commitments.actions.refusals import CommitmentRefused
from events.commitments.models import Commitment, Occurrence
from people.accounts.models import Person
from people.activity.actions import record_entry

_STATE = Occurrence.State


@dataclass(frozen=True, slots=True)
class Answer:
    """How a promise went; `carry_to` where it is carried, `reason` where it is dropped."""

    state: str
    carry_to: date | None = None
    reason: str = ""


@transaction.atomic
def settle(*, occurrence: Occurrence, answer: Answer, by: Person, at: datetime) -> Occurrence:
    """
    Answer one time that a promise fell due; another answer takes the place of the one before. Who
    drops it promises it no more: what would fall due later goes.

    :raises CommitmentRefused: the day to which it is carried is none to come, no reason is given
        for dropping it, or another time of the same promise hangs on the answer before
    """
    held = Commitment.objects.select_for_update().select_related("person")
    commitment = held.get(pk=occurrence.commitment_id)
    row = Occurrence.objects.get(pk=occurrence.pk)
    if answer.state == row.state != _STATE.CARRIED and answer.reason.strip() == row.reason:
        return row
    today = commitment.person.local_date(at)
    carry_to = answer.carry_to
    if answer.state == _STATE.CARRIED and not (
        carry_to and today < carry_to <= today + timedelta(days=rules.CARRIED_DAYS)
    ):
        raise CommitmentRefused(_("Carry it to a day to come, within three months."))
    if answer.state == _STATE.DROPPED and not answer.reason.strip():
        raise CommitmentRefused(_("Say why you drop it."))
    _take_back(row, commitment)
    if answer.state != _STATE.OPEN:
        row.state, row.settled_at, row.settled_by = answer.state, at, by
        row.reason = answer.reason.strip() if answer.state == _STATE.DROPPED else ""
    row.save(update_fields=["state", "settled_at", "settled_by", "reason"])
    if answer.state == _STATE.CARRIED:
        _carry(row, carry_to)
    if answer.state == _STATE.DROPPED:
        commitment.occurrences.open().delete()
        Commitment.objects.filter(pk=commitment.pk).update(dropped_at=at)
    record_entry(
        by=by,
        verb=f"commitment.{answer.state.lower()}",
        at=at,
        subject=commitment.person,
        object=commitment,
    )
    return row


def reopen(*, occurrence: Occurrence, by: Person, at: datetime) -> Occurrence:
    """Take an answer back: it is open again."""
    return settle(occurrence=occurrence, answer=Answer(_STATE.OPEN), by=by, at=at)


def _take_back(row: Occurrence, commitment: Commitment) -> None:
    if row.state == _STATE.CARRIED:
        to = Occurrence.objects.filter(carried_from=row).first()
        if to is not None and not to.is_open:
            raise CommitmentRefused(_("You have answered it on the later day already."))
        if to is not None:
            to.delete()
    if row.state == _STATE.DROPPED:
        Commitment.objects.filter(pk=commitment.pk).update(dropped_at=None)
        if commitment.recurs and commitment.by_date and row.due_date:
            days = rules.due_days(commitment.cadence, row.due_date, commitment.by_date)
            Occurrence.objects.bulk_create(
                [
                    Occurrence(commitment=commitment, due_date=day)
                    for day in days
                    if day > row.due_date
                ],
                ignore_conflicts=True,
            )
    row.state, row.settled_at, row.settled_by, row.reason = _STATE.OPEN, None, None, ""


def _carry(row: Occurrence, to: date | None) -> None:
    """Where that day has one already, that one stands for both."""
    if not Occurrence.objects.filter(commitment_id=row.commitment_id, due_date=to).exists():
        Occurrence.objects.create(commitment_id=row.commitment_id, due_date=to, carried_from=row)
