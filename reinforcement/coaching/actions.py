from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.commitments.actions import (
    Answer,
    CommitmentRefused,
    Promise,
    promise,
    reopen,
    reword,
    settle,
)
from events.commitments.models import Commitment, Source
from events.kickoff.models import Kickoff
from events.questions.models import Topic
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.actions import NoticeDraft, tell
from people.notices.hooks import someone
from people.notices.rules import Delivery, Kind
from people.waiting.queries import waiting_for_one
from people.waiting.rules import Waiting
from reinforcement.campaigns.models import Activity
from reinforcement.coaching.models import CoachingNote, NoteDraft
from reinforcement.coaching.queries import nudge_key, nudged_today
from reinforcement.touches.actions import complete_touches
from reinforcement.touches.models import Touch

NUDGED = Kind(
    "coaching.nudged",
    gettext_lazy("Your manager reminds you of what is late"),
    gettext_lazy("Open the first"),
    Delivery.AT_ONCE,
)

# A talk a few days early is the talk that was planned
EARLY = timedelta(days=7)
DRAFT_KEPT = timedelta(days=90)


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
        is to come, a date has no next step, or the day of the next step is over
    """
    if rep.manager_id != by.pk or not kickoff.attendees.filter(person=rep).exists():
        raise NoteRefused(_("You can write a note only about somebody who reports to you."))
    if talk.happened_on > by.local_date(at):
        raise NoteRefused(_("That day is still to come. Write the note after the 1:1."))
    if talk.next_step_by and talk.next_step_by < by.local_date(at):
        raise NoteRefused(_("The day of the next step is over. Choose today or a day to come."))
    if talk.next_step_by and not talk.next_step.strip():
        raise NoteRefused(_("Say what the next step is, or leave its date empty."))
    of_day: dict[str, Any] = {
        "kickoff": kickoff,
        "manager": by,
        "rep": rep,
        "happened_on": talk.happened_on,
    }
    before = CoachingNote.objects.filter(**of_day).select_related("step__person").first()
    note, _created = CoachingNote.objects.update_or_create(
        **of_day,
        defaults={
            "topic": talk.topic,
            "score": talk.score if talk.topic else None,
            "went_well": talk.went_well.strip(),
            "step": _step(before, kickoff, rep, talk, by, at),
            "private_note": talk.private_note.strip(),
            "recorded_at": at,
        },
    )
    NoteDraft.objects.filter(kickoff=kickoff, manager=by, rep=rep).delete()
    record_entry(by=by, verb="coaching.noted", at=at, subject=rep, object=note)
    touches = _followed_up(kickoff, rep, by, at)
    return Recorded(note, complete_touches(touches=touches, by=by, at=at))


@transaction.atomic
def tick_step(*, note: CoachingNote, done: bool, by: Person, at: datetime) -> CoachingNote:
    """
    Set the tick of a note's next step to what `done` says: by its rep or its manager. Twice is as
    once, and the first tick counts.

    :raises NoteRefused: the note has no next step
    """
    if not note.next_step:
        raise NoteRefused(_("This note has no next step."))
    if note.step_time is None or bool(note.step_done_at) == done:
        return note
    with _said_by_note():
        if done:
            settle(occurrence=note.step_time, answer=Answer("DONE"), by=by, at=at)
        else:
            reopen(occurrence=note.step_time, by=by, at=at)
    return CoachingNote.objects.with_step().get(pk=note.pk)


def keep_draft(
    *, kickoff: Kickoff, rep: Person, typed: Mapping[str, str], by: Person, at: datetime
) -> None:
    """Keep what a manager has typed so far; nothing typed forgets the draft."""
    of_talk: dict[str, Any] = {"kickoff": kickoff, "manager": by, "rep": rep}
    if any(text.strip() for text in typed.values()):
        NoteDraft.objects.update_or_create(
            **of_talk, defaults={"typed": dict(typed), "kept_at": at}
        )
    else:
        NoteDraft.objects.filter(**of_talk).delete()


def forget_old_drafts(at: datetime) -> dict[str, int]:
    """The part of the tick: delete what was typed 90 days ago and never saved."""
    old = NoteDraft.objects.filter(kept_at__lte=at - DRAFT_KEPT)
    return {"forgotten": old.delete()[0]}


@transaction.atomic
def nudge_report(*, kickoff: Kickoff, rep: Person, by: Person, at: datetime) -> int:
    """
    Remind a rep of what is late, in the name of their manager: one message a rep and day, with the
    things by their titles; return how many they are.

    :raises NoteRefused: nothing of theirs is late, or they were reminded today already
    """
    Person.objects.select_for_update().get(pk=by.pk)  # of two taps at once the second is refused
    late = [item for item in waiting_for_one(rep, at) if item.is_late(at) and not item.is_private]
    if not late:
        raise NoteRefused(_("Nothing of theirs is late any more."))
    name = {"name": rep.display_name}
    if rep.pk in nudged_today(by, [rep.pk], at):
        raise NoteRefused(_("You have reminded %(name)s today already.") % name)
    tell(drafts=[_nudge(rep, late, by, at)], at=at)
    record_entry(by=by, verb="coaching.nudged", at=at, subject=rep, object=kickoff)
    return len(late)


def shown_mails() -> Iterator[NoticeDraft]:
    """The mail of a manager who reminds somebody, for the page that shows it."""
    at = timezone.now()
    url = reverse("kickoff_home", args=["open-lanes-fy27"])
    title = _("Price three renewals with the new packaging")
    item = Waiting(person_id=0, kind="prework.open", title=title, url=url, since=at)
    yield _nudge(someone(), [item], someone("Søren Lindqvist-Ødegaard"), at)


def _step(
    before: CoachingNote | None, kickoff: Kickoff, rep: Person, talk: Talk, by: Person, at: datetime
) -> Commitment | None:
    """The promise of a note: the one before where its words are the same, else another."""
    words = talk.next_step.strip()
    said = Promise(words=words, by_date=talk.next_step_by)
    with _said_by_note():
        if before is not None and before.step is not None:
            if before.next_step == words:
                if before.next_step_by != talk.next_step_by:
                    reword(commitment=before.step, said=said, by=by, at=at)
                return before.step
            before.step.delete()
        if not words:
            return None
        return promise(
            kickoff=kickoff,
            person=rep,
            source=Source.ONE_TO_ONE,
            said=said,
            by=by,
            at=at,
            promised_to=by,
        )


@contextmanager
def _said_by_note() -> Iterator[None]:
    """What a promise refuses, its note refuses."""
    try:
        yield
    except CommitmentRefused as refusal:
        raise NoteRefused(str(refusal)) from refusal


def _nudge(rep: Person, late: Sequence[Waiting], by: Person, at: datetime) -> NoticeDraft:
    lines = [f"- {item.title}\n  {urljoin(settings.SITE_URL, item.url)}" for item in late]
    subject = ngettext(
        "%(manager)s reminds you of %(count)d thing",
        "%(manager)s reminds you of %(count)d things",
        len(late),
    ) % {"manager": by.display_name, "count": len(late)}
    hello = _("Hello %(name)s,") % {"name": rep.display_name}
    return NoticeDraft(
        kind=NUDGED,
        key=nudge_key(by, rep.pk, at),
        person=rep,
        subject=subject,
        body="\n\n".join([hello, _("this is late:"), *lines]),
    )


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
