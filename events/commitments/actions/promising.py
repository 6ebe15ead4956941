"""Make a promise, and change its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from events.bets.models import BigBet, Cadence, SuggestedAction
from events.commitments import rules
from events.commitments.actions.refusals import CommitmentRefused
from events.commitments.models import IN_PLANS, ActionPlan, Commitment, Occurrence
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What is promised: how often, until when, for which bet, after which suggestion."""

    words: str
    cadence: str = Cadence.ONCE
    by_date: date | None = None
    done_when: str = ""
    bet: BigBet | None = None
    suggestion: SuggestedAction | None = None


@transaction.atomic
def promise(
    *,
    kickoff: Kickoff,
    person: Person,
    source: str,
    said: Promise,
    by: Person,
    at: datetime,
    promised_to: Person | None = None,
) -> Commitment:
    """
    Promise something for a person, with each time that it falls due.

    :raises CommitmentRefused: it says nothing, its last day is over or missing where it recurs, or
        its bet is another kickoff's
    """
    today = person.local_date(at)
    _check(said, today, recurs=said.cadence != Cadence.ONCE)
    if said.bet is not None and said.bet.kickoff_id != kickoff.pk:
        raise CommitmentRefused(_("This big bet belongs to another kickoff."))
    made = Commitment.objects.create(
        kickoff=kickoff,
        person=person,
        source=source,
        bet=said.bet,
        suggestion=said.suggestion,
        promised_to=promised_to,
        cadence=said.cadence,
        words=said.words.strip(),
        done_when=said.done_when.strip(),
        by_date=said.by_date,
        made_at=at,
    )
    _let_fall_due(made, today)
    record_entry(by=by, verb="commitment.made", at=at, subject=person, object=made)
    _open_plan(made)
    return made


@transaction.atomic
def reword(*, commitment: Commitment, said: Promise, by: Person, at: datetime) -> Commitment:
    """
    Say a promise in other words, or until another day: what falls due from now on follows, what was
    answered stays. A plan that was agreed waits for the manager again.

    :raises CommitmentRefused: as for a new one, or it was dropped
    """
    today = commitment.person.local_date(at)
    if commitment.is_dropped:
        raise CommitmentRefused(_("You have dropped this one."))
    _check(said, today, recurs=commitment.recurs, before=commitment.by_date)
    is_moved = said.by_date != commitment.by_date
    commitment.words = said.words.strip()
    commitment.done_when = said.done_when.strip()
    commitment.by_date = said.by_date
    commitment.save(update_fields=["words", "done_when", "by_date"])
    if is_moved:
        last = commitment.occurrences.exclude(state=Occurrence.State.OPEN).last()
        answered = last.due_date if last and last.due_date else None
        ahead = commitment.occurrences.open()
        if commitment.recurs:
            ahead = ahead.filter(due_date__gte=today)
        ahead.delete()
        before = today - timedelta(days=1)
        adopted = commitment.person.local_date(commitment.made_at)
        _let_fall_due(commitment, adopted, after=max(before, answered or before))
    record_entry(
        by=by, verb="commitment.reworded", at=at, subject=commitment.person, object=commitment
    )
    _open_plan(commitment)
    return commitment


def _check(said: Promise, today: date, *, recurs: bool, before: date | None = None) -> None:
    """What holds of each promise; the last day that it had before may be over."""
    if not said.words.strip():
        raise CommitmentRefused(_("Say what you promise."))
    if said.by_date is None and recurs:
        raise CommitmentRefused(_("Say until when."))
    if said.by_date is not None and said.by_date < today and said.by_date != before:
        raise CommitmentRefused(_("That day is over. Choose today or a day to come."))


def _let_fall_due(commitment: Commitment, adopted: date, after: date | None = None) -> None:
    days: list[date | None] = [None]
    if commitment.by_date is not None:
        days = [
            day
            for day in rules.due_days(commitment.cadence, adopted, commitment.by_date)
            if after is None or day > after
        ]
    Occurrence.objects.bulk_create(
        [Occurrence(commitment=commitment, due_date=day) for day in days], ignore_conflicts=True
    )


def _open_plan(commitment: Commitment) -> None:
    """What a manager agreed is not what stands now."""
    if commitment.source in IN_PLANS:
        ActionPlan.objects.filter(
            kickoff_id=commitment.kickoff_id, person_id=commitment.person_id
        ).exclude(agreed_at=None).update(agreed_at=None, agreed_by=None)
