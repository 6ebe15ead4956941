"""Answer an insight, act on it, or decline it with a reason; the room is told each time."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.insights.actions.refusals import InsightRefused
from agenda.insights.actions.telling import tell_room
from agenda.insights.models import Insight, State, Telling
from agenda.insights.rules import LONGEST_SAID
from events.attendance.models import Attendee
from events.commitments.actions import Answer, CommitmentRefused, Promise, promise, settle
from events.commitments.models import Occurrence, Source
from people.accounts.models import Person
from people.activity.actions import record_entry

_LONGEST_CHANGE = 200


@transaction.atomic
def answer(
    *, insight: Insight, text: str, by: Person, at: datetime, act_by: date | None = None
) -> int:
    """
    Answer an open insight and tell the room; return how many were told.

    With `act_by`, its owner promises to act on it until then, where they are on the roster.

    :raises InsightRefused: it says nothing or too much, the day is over, or it has its answer
    """
    if act_by is not None and act_by < insight.kickoff.local_date(at):
        raise InsightRefused(_("That day is over. Choose today or a day to come."))
    _settle(insight, State.ANSWERED, text, by, at, act_by_date=act_by)
    if act_by is not None and insight.owner is not None:
        _promise(insight, insight.owner, act_by, by, at)
    record_entry(by=by, verb="insight.answered", at=at, object=insight)
    return tell_room(insight, Telling.Occasion.ANSWER, at)


@transaction.atomic
def decline(*, insight: Insight, reason: str, by: Person, at: datetime) -> int:
    """
    Decline an open insight with a reason and tell the room; return how many were told.

    :raises InsightRefused: there is no reason, or it has its answer
    """
    _settle(insight, State.DECLINED, reason, by, at)
    record_entry(by=by, verb="insight.declined", at=at, object=insight)
    return tell_room(insight, Telling.Occasion.ANSWER, at)


@transaction.atomic
def act(*, insight: Insight, change: str, by: Person, at: datetime) -> int:
    """
    Say what is different now, and tell the room once more; return how many were told. What was not
    answered yet is answered by that. The owner's promise is kept.

    :raises InsightRefused: it does not say what, or it was acted on or declined already
    """
    change = change.strip()
    if not change or len(change) > _LONGEST_CHANGE:
        raise InsightRefused(
            _("Say in one line what is different now, in %(most)d letters at most.")
            % {"most": _LONGEST_CHANGE}
        )
    acted = {"state": State.ACTED, "acted_at": at, "change": change}
    heads = Insight.objects.heads().filter(pk=insight.pk)
    if not heads.filter(state=State.ANSWERED).update(**acted) and not heads.filter(
        state=State.OPEN
    ).update(**acted, answer=change, answered_by=by, answered_at=at):
        raise _overtaken()
    insight.refresh_from_db()
    _keep_promise(insight, by, at)
    record_entry(by=by, verb="insight.acted", at=at, object=insight, note=change)
    return tell_room(insight, Telling.Occasion.ACTED, at)


def _settle(
    insight: Insight, state: str, text: str, by: Person, at: datetime, **more: object
) -> None:
    text = text.strip()
    if not text:
        raise InsightRefused(
            _("Say why: the room reads it.") if state == State.DECLINED else _("Write the answer.")
        )
    if len(text) > LONGEST_SAID:
        raise InsightRefused(_("Say it in %(most)d letters at most.") % {"most": LONGEST_SAID})
    said = {"state": state, "answer": text, "answered_by": by, "answered_at": at, **more}
    # Two at once: the first answer counts, and only it is told
    if not Insight.objects.heads().filter(pk=insight.pk, state=State.OPEN).update(**said):
        raise _overtaken()
    insight.refresh_from_db()


def _overtaken() -> InsightRefused:
    return InsightRefused(_("It has its answer already, or has no owner yet. Look at it again."))


def _promise(insight: Insight, owner: Person, act_by: date, by: Person, at: datetime) -> None:
    """Promises stand in a plan, which only those on the roster have."""
    if not Attendee.objects.filter(kickoff=insight.kickoff, person=owner).exists():
        return
    try:
        insight.commitment = promise(
            kickoff=insight.kickoff,
            person=owner,
            source=Source.INSIGHT,
            said=Promise(words=insight.what, by_date=act_by),
            by=by,
            at=at,
        )
    except CommitmentRefused as refusal:
        raise InsightRefused(str(refusal)) from refusal
    insight.save(update_fields=["commitment"])


def _keep_promise(insight: Insight, by: Person, at: datetime) -> None:
    if insight.commitment is None:
        return
    left = Occurrence.objects.open().filter(commitment=insight.commitment).first()
    if left is not None:
        settle(occurrence=left, answer=Answer(Occurrence.State.DONE), by=by, at=at)
