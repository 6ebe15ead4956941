"""When a promise falls due, which week a day belongs to, and which sums say nothing of one person."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

Named = TypeVar("Named", bound=Hashable)

FRIDAY = 4
FIRST_AFTER = 4  # days: a week that has just begun is nobody's first
REVIEW_HOUR = time(8)  # where the person is: before the mail of the day, which tells of it
FEWEST, MOST = 2, 5  # actions of a plan
FEWEST_PEOPLE = 5  # of whom a sum is told
CARRIED_DAYS = 90  # the longest that a promise is carried in one step


def friday_of(day: date) -> date:
    """The Friday of the calendar week of a day, Monday to Sunday."""
    return day + timedelta(days=FRIDAY - day.weekday())


def due_days(cadence: str, adopted: date, until: date) -> list[date]:
    """
    The days on which a promise falls due, oldest first: once on its last day; else on Fridays, when
    people look back: each one, the last of a month, the last of a quarter. What would fall into the
    days right after it was adopted waits for the next. Where none is left, it is due on its last day.
    """
    if cadence == "ONCE":
        return [until]
    begins = adopted + timedelta(days=FIRST_AFTER)
    found = [day for day in _fridays(begins, until) if _counts(cadence, day)]
    return found or [until]


def _fridays(begins: date, until: date) -> Iterator[date]:
    day = begins + timedelta(days=(FRIDAY - begins.weekday()) % 7)
    while day <= until:
        yield day
        day += timedelta(days=7)


def _counts(cadence: str, day: date) -> bool:
    is_last_of_month = (day + timedelta(days=7)).month != day.month
    return cadence == "WEEKLY" or (
        is_last_of_month and (cadence == "MONTHLY" or day.month % 3 == 0)
    )


def start_of_week(day: date, zone: ZoneInfo) -> datetime:
    """The midnight before the Monday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return datetime.combine(monday, time(0), tzinfo=zone).astimezone(UTC)


def review_opens(week: date, zone: ZoneInfo) -> datetime:
    """When the review of a week opens: on its Friday in the morning."""
    return datetime.combine(friday_of(week), REVIEW_HOUR, tzinfo=zone).astimezone(UTC)


def week_in_review(at: datetime, zone: ZoneInfo) -> date | None:
    """The Friday whose review is open in a zone, from its morning to its Sunday; None before."""
    there = at.astimezone(zone)
    if there.weekday() < FRIDAY or (there.weekday() == FRIDAY and there.time() < REVIEW_HOUR):
        return None
    return friday_of(there.date())


def carry_days(today: date) -> list[date]:
    """The days to which people carry a promise: the next Wednesday, and the next two Fridays."""
    wednesday = today + timedelta(days=(2 - today.weekday() - 1) % 7 + 1)
    friday = today + timedelta(days=(FRIDAY - today.weekday() - 1) % 7 + 1)
    return sorted({wednesday, friday, friday + timedelta(days=7)})


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of the company kept of what fell due: of how many people, who are counted too."""

    people: int
    kept: int
    due: int

    @property
    def percent(self) -> int | None:
        """How much was kept; None where nothing fell due."""
        return round(100 * self.kept / self.due) if self.due else None


def tellable(parts: Sequence[Part]) -> list[bool]:
    """
    Which sums may be told to one who is in all of them, from the narrowest (a team) to the widest:
    those from which no fewer than five others are left when what else they know is taken away,
    their own figures first.
    """
    told, known = [], 1
    for part in parts:
        is_told = part.people - known >= FEWEST_PEOPLE
        told.append(is_told)
        known = part.people if is_told else known
    return told


def tellable_groups(people: Mapping[Named, int]) -> set[Named]:
    """
    Which groups may be told side by side: those of five people and more, as long as those that are
    left out have none or five together. Else the smallest is left out with them, or what all of
    them are together would tell of a few.
    """
    told = {one for one, count in people.items() if count >= FEWEST_PEOPLE}
    left = sum(count for one, count in people.items() if one not in told)
    for one in sorted(told, key=lambda one: (people[one], str(one))):
        if not 0 < left < FEWEST_PEOPLE:
            break
        told.discard(one)
        left += people[one]
    return told


def added(parts: Iterable[Part]) -> Part:
    """Several parts as one."""
    people = kept = due = 0
    for part in parts:
        people, kept, due = people + part.people, kept + part.kept, due + part.due
    return Part(people, kept, due)
