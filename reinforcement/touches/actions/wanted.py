"""What the plan asks of whom, from the roster and the people as they are now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import blake2b
from zoneinfo import ZoneInfo

from core.due.rules import Calendar
from events.attendance.models import Attendee
from people.accounts.models import Person
from people.calendar.queries import calendars_of
from people.org.queries import is_here
from reinforcement.campaigns import rules as clock
from reinforcement.campaigns.models import Activity, Campaign

Key = tuple[int, int | None, int | None]  # activity; whose it is, if it is about nobody; about whom


@dataclass(frozen=True, slots=True)
class Wanted:
    """A touch that the plan asks for."""

    activity: Activity
    person: Person
    about: Person | None
    path_starts: date

    @property
    def key(self) -> Key:
        """What makes it the only one. One about a rep stays it, whoever their manager is."""
        if self.about is not None:
            return (self.activity.pk, None, self.about.pk)
        return (self.activity.pk, self.person.pk, None)


class Roster:
    """Who takes part in a campaign and is still here, and the managers above them: four queries."""

    def __init__(self, campaign: Campaign, at: datetime) -> None:
        self.campaign = campaign
        self.at = at
        attendees = Attendee.objects.filter(kickoff=campaign.kickoff_id)
        self.attendees = list(
            attendees.followed_up(at)
            .select_related("person")
            .prefetch_related("person__manager")
            .order_by("pk")
        )
        self.people: dict[int, Person] = {one.person.pk: one.person for one in self.attendees}
        for attendee in self.attendees:
            if manager := self.manager_of(attendee.person):
                self.people.setdefault(manager.pk, manager)
        self.calendars = calendars_of(self.people.values())

    def manager_of(self, person: Person) -> Person | None:
        """The manager whose duty a person is: one who is still here."""
        manager = person.manager
        return manager if manager is not None and is_here(manager, self.at) else None

    @cached_property
    def taking_part(self) -> set[int]:
        """The people of the roster, without the managers above it."""
        return {attendee.person_id for attendee in self.attendees}

    def digests(self) -> dict[int, str]:
        """
        By person, all that their touches are planned from: when they work, what part they take,
        and whom they lead. Whoever differs from before is to be planned again.
        """
        parts: dict[int, tuple[object, ...]] = {}
        led: dict[int, set[tuple[object, ...]]] = defaultdict(set)
        for attendee in self.attendees:
            manager, segment = self.manager_of(attendee.person), _segment_of(attendee)
            leader = manager.pk if manager else None
            parts[attendee.person_id] = (*segment, self.path_starts(attendee), leader)
            if leader:
                led[leader].add(segment)
        return {
            pk: _digest(
                (
                    person.time_zone,
                    _facts(self.calendars[pk]),
                    parts.get(pk),
                    sorted(led.get(pk, ()), key=repr),
                )
            )
            for pk, person in self.people.items()
        }

    def path_starts(self, attendee: Attendee) -> date:
        """Day 0 of one person."""
        campaign = self.campaign
        return clock.path_starts(
            day_zero=campaign.day_zero,
            hire_date=attendee.person.hire_date,
            added_date=campaign.kickoff.local_date(attendee.added_at),
            on_time=campaign.started_at is None or attendee.added_at <= campaign.started_at,
        )

    def wanted(self, activities: Iterable[Activity], people: Collection[int]) -> Iterator[Wanted]:
        """The touches of activities that are some people's, or about them."""
        near = [
            attendee
            for attendee in self.attendees
            if attendee.person_id in people or attendee.person.manager_id in people
        ]
        for activity in activities:
            for attendee in near:
                if activity.is_for(attendee):
                    yield from self._wanted_of(activity, attendee, people)

    def _wanted_of(
        self, activity: Activity, attendee: Attendee, people: Collection[int]
    ) -> Iterator[Wanted]:
        person, manager = attendee.person, self.manager_of(attendee.person)
        starts, kinds = self.path_starts(attendee), Activity.Kind
        if person.pk in people and activity.kind != kinds.MANAGER_FOLLOW_UP:
            yield Wanted(activity, person, None, starts)
        if manager is None:
            return
        if activity.setting == Activity.Setting.TEAM_MEETING:
            if manager.pk in people:  # once for each report: it is one meeting all the same
                yield Wanted(activity, manager, None, self.campaign.day_zero)
        elif activity.kind in (kinds.MANAGER_FOLLOW_UP, kinds.CERTIFICATION):
            yield Wanted(activity, manager, person, starts)


class Times:
    """When touches are due and overdue. People share zones and calendars, so each is kept."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self._due: dict[tuple[object, ...], datetime] = {}
        self._overdue: dict[tuple[object, ...], datetime] = {}

    def planned_at(self, row: Wanted) -> datetime:
        """When the plan has it, however long ago that is."""
        return self._due_at(row, None)

    def due_at(self, row: Wanted) -> datetime:
        """When it is due if it is planned now: one that is just over waits for its next hour."""
        return self._due_at(row, self.roster.at)

    def _due_at(self, row: Wanted, not_before: datetime | None) -> datetime:
        calendar, zone = self._place(row)
        key = (row.activity.pk, row.path_starts, zone.key, calendar, not_before)
        if key not in self._due:
            self._due[key] = clock.due_at(
                day_zero=row.path_starts,
                offset_days=row.activity.day_offset,
                hour=row.activity.local_hour,
                zone=zone,
                calendar=calendar,
                not_before=not_before,
            )
        return self._due[key]

    def next_hour(self, row: Wanted) -> datetime:
        """The first of its hours on a working day from now on."""
        calendar, zone = self._place(row)
        return clock.next_hour(
            self.roster.at, hour=row.activity.local_hour, zone=zone, calendar=calendar
        )

    def overdue_at(self, row: Wanted, due: datetime) -> datetime:
        calendar, zone = self._place(row)
        key = (row.activity.pk, due, zone.key, calendar)
        if key not in self._overdue:
            self._overdue[key] = clock.overdue_at(
                due, days_to_do=row.activity.days_to_do, zone=zone, calendar=calendar
            )
        return self._overdue[key]

    def end_of(self, day: date, row: Wanted) -> datetime:
        """The moment at which a day is over where its person is."""
        return clock.end_of(day, ZoneInfo(row.person.time_zone))

    def _place(self, row: Wanted) -> tuple[Calendar, ZoneInfo]:
        calendar = self.roster.calendars[row.person.pk]
        if row.about is not None:
            calendar = calendar.beside(self.roster.calendars[row.about.pk])
        return calendar, ZoneInfo(row.person.time_zone)


def _segment_of(attendee: Attendee) -> tuple[object, ...]:
    return (attendee.kind, attendee.person.function, attendee.person.region_id)


def _facts(calendar: Calendar) -> tuple[object, ...]:
    return (
        calendar.country,
        calendar.subdivision,
        sorted(calendar.closed),
        sorted(calendar.away),
    )


def _digest(facts: tuple[object, ...]) -> str:
    return blake2b(repr(facts).encode(), digest_size=16).hexdigest()
