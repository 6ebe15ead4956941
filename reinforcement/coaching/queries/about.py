"""What waits about reports, and what their manager has done about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.urls import reverse

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.notices.models import Notice
from people.waiting.rules import Waiting, When, when
from reinforcement.coaching.models import CoachingNote, NoteDraft


@dataclass(frozen=True, slots=True)
class About:
    """
    What waits about one rep at any kickoff, in order: what their manager does themselves, and what
    is the rep's. What only the rep may know of is left out.
    """

    own: list[Waiting]
    theirs: list[Waiting]

    @property
    def all(self) -> list[Waiting]:
        """Both, the manager's own first."""
        return [*self.own, *self.theirs]

    def late(self, at: datetime) -> list[Waiting]:
        """What is late."""
        return [item for item in self.all if item.is_late(at)]

    def due(self, at: datetime, zone: ZoneInfo) -> list[Waiting]:
        """What is due by the end of this week and not late, by the manager's calendar."""
        return [item for item in self.all if when(item, at, zone) in (When.TODAY, When.WEEK)]


def waiting_about(
    truth: Mapping[int, list[Waiting]], manager: Person, reports: Sequence[Person]
) -> dict[int, About]:
    """What waits about each of some reports, from what waits for them and their manager."""
    own: dict[int, list[Waiting]] = {person.pk: [] for person in reports}
    for item in truth[manager.pk]:
        if item.about_id in own:
            own[item.about_id].append(item)
    return {
        person.pk: About(own[person.pk], [item for item in truth[person.pk] if not item.is_private])
        for person in reports
    }


def last_talks(manager: Person, rep_ids: Collection[int]) -> dict[int, date]:
    """The day of the last 1:1 with each of some reps, at any kickoff. One query."""
    notes = CoachingNote.objects.written_by(manager).filter(rep__in=rep_ids).order_by()
    return dict(notes.values_list("rep_id").annotate(last=Max("happened_on")))


def nudge_key(manager: Person, rep_id: int, at: datetime) -> str:
    """What makes a reminder the only one of a rep and day, where the manager is."""
    return f"nudge:{manager.pk}:{rep_id}:{manager.local_date(at)}"


def nudged_today(manager: Person, rep_ids: Collection[int], at: datetime) -> set[int]:
    """Whom of some reps a manager has reminded today, as their bells know it. One query."""
    keys = {nudge_key(manager, rep_id, at): rep_id for rep_id in rep_ids}
    sent = Notice.objects.filter(key__in=keys).values_list("key", flat=True)
    return {keys[key] for key in sent}


def nudges_at(
    kickoff: Kickoff, manager: Person, person_ids: Sequence[int], at: datetime
) -> dict[int, str]:
    """
    Where a manager reminds each of some people of what is late: their own reports, once a day. Two
    queries.
    """
    if not kickoff.is_shown_to_people:
        return {}
    seats = Attendee.objects.filter(kickoff=kickoff, person__in=person_ids, person__manager=manager)
    reports = list(seats.values_list("person_id", flat=True))
    done = nudged_today(manager, reports, at) if reports else set()
    return {
        pk: reverse("reinforcement:coaching:nudge", args=[kickoff.slug, pk])
        for pk in reports
        if pk not in done
    }


def draft_of(manager: Person, rep: Person, kickoff: Kickoff) -> NoteDraft | None:
    """What a manager has typed about a rep and not saved yet. One query."""
    return NoteDraft.objects.filter(manager=manager, rep=rep, kickoff=kickoff).first()
