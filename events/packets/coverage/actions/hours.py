"""In whose time zone the hours of a reminder count."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.packets.coverage.rules import reminders as rules
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Clock:
    """
    One moment, as the people of a kickoff have it: the venue's time for those who are there while
    the event is on, else their own.
    """

    kickoff: Kickoff
    at: datetime
    there: Collection[int]

    @classmethod
    def at_kickoff(cls, kickoff: Kickoff, at: datetime) -> Clock:
        """One query while the event is on, else none."""
        if not kickoff.starts_date <= kickoff.local_date(at) <= kickoff.ends_date:
            return cls(kickoff, at, ())
        coming = Attendee.objects.filter(kickoff=kickoff).taking_part(at)
        return cls(kickoff, at, set(coming.values_list("person_id", flat=True)))

    def zone(self, person: Person) -> ZoneInfo:
        return self.kickoff.zone if person.pk in self.there else ZoneInfo(person.time_zone)

    def today(self, person: Person) -> date:
        return self.at.astimezone(self.zone(person)).date()

    def is_in_hours(self, person: Person) -> bool:
        return rules.is_in_hours(self.at, self.zone(person))

    def leaves_at(self, person: Person) -> datetime:
        """When a mail to somebody may leave: now, or when their next day begins."""
        return rules.next_hours(self.at, self.zone(person))

    def mail_date(self, person: Person) -> date:
        """The day on which it reaches them."""
        return self.leaves_at(person).astimezone(self.zone(person)).date()
