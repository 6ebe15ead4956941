from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff
from events.questions.models import Topic
from people.accounts.models import Person
from people.activity.actions import record_entry
from reinforcement.campaigns.models import Activity
from reinforcement.coaching.models import CoachingNote
from reinforcement.touches.actions import complete_touches
from reinforcement.touches.models import Touch

# A talk a few days early is the talk that was planned
EARLY = timedelta(days=7)


class NoteRefused(Exception):
    """The note was not saved. The message is fit to show to the manager."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What a manager writes down of a 1:1; the score goes with the topic."""

    happened_on: date
    went_well: str
    topic: Topic | None = None
    score: int | None = None
    next_step: str = ""
    next_step_by: date | None = None
    private_note: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    note: CoachingNote
    followed_up: int


@transaction.atomic
def record_note(*, kickoff: Kickoff, rep: Person, talk: Talk, by: Person, at: datetime) -> Recorded:
    """
    Keep what a manager wrote in a 1:1, which does the follow-ups about that rep that are due; if
    none is, the one of the next seven days. Saving again for the same day changes that note.

    :raises NoteRefused: the rep does not report to this manager or is not on the roster, the day
        is to come, or a date has no next step
    """
    if rep.manager_id != by.pk or not kickoff.attendees.filter(person=rep).exists():
        raise NoteRefused(_("You can write a note only about somebody who reports to you."))
    if talk.happened_on > at.astimezone(ZoneInfo(by.time_zone)).date():
        raise NoteRefused(_("That day is still to come. Write the note after the 1:1."))
    if talk.next_step_by and not talk.next_step.strip():
        raise NoteRefused(_("Say what the next step is, or leave its date empty."))
    note, _created = CoachingNote.objects.update_or_create(
        kickoff=kickoff,
        manager=by,
        rep=rep,
        happened_on=talk.happened_on,
        defaults={
            "topic": talk.topic,
            "score": talk.score if talk.topic else None,
            "went_well": talk.went_well.strip(),
            "next_step": talk.next_step.strip(),
            "next_step_by": talk.next_step_by,
            "private_note": talk.private_note.strip(),
            "recorded_at": at,
        },
    )
    record_entry(by=by, verb="coaching.noted", at=at, subject=rep, object=note)
    touches = _followed_up(kickoff, rep, by, at)
    return Recorded(note, complete_touches(touches=touches, by=by, at=at))


def _followed_up(kickoff: Kickoff, rep: Person, by: Person, at: datetime) -> list[Touch]:
    open_ = (
        Touch.objects.of_kickoff(kickoff)
        .open()
        .filter(Q(activity__setting=Activity.Setting.ONE_TO_ONE), person=by, about=rep)
        .select_related("activity", "person")
        .order_by("due_at")
    )
    due = list(open_.filter(due_at__lte=at))
    return due or list(open_.filter(due_at__lte=at + EARLY)[:1])
