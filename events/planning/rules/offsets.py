"""When a task is due by itself: weeks or days from the event or from the plan, on a working day."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from core.due import rules as due_rules
from core.due.rules import Calendar

LONGEST_OFFSET = 365
LONGEST_TASK_DAYS = 120
LONGEST_LAG_DAYS = 120
LONGEST_MOVE_DAYS = 365


class CountsFrom(StrEnum):
    """What the date of a task counts from, and in which direction."""

    BEFORE_EVENT = "BEFORE_EVENT"  # before the first day
    AFTER_EVENT = "AFTER_EVENT"  # after the last day
    BEFORE_PLAN = "BEFORE_PLAN"  # before the comp plan takes effect
    AFTER_PLAN = "AFTER_PLAN"

    @property
    def is_before(self) -> bool:
        return self in (CountsFrom.BEFORE_EVENT, CountsFrom.BEFORE_PLAN)

    @property
    def is_of_plan(self) -> bool:
        return self in (CountsFrom.BEFORE_PLAN, CountsFrom.AFTER_PLAN)


class Unit(StrEnum):
    """In what an offset is counted; weeks and days are the calendar's."""

    WEEKS = "WEEKS"
    WORKING_DAYS = "WORKING_DAYS"
    DAYS = "DAYS"


@dataclass(frozen=True, slots=True)
class Offset:
    """So many weeks or days before or after something."""

    number: int
    unit: Unit = Unit.WEEKS
    counts_from: CountsFrom = CountsFrom.BEFORE_EVENT

    @property
    def mark(self) -> str:
        """How planners say it: T−8, T−3 wd, T+30 d; E for the day on which the plan takes effect."""
        start = "E" if self.counts_from.is_of_plan else "T"
        sign = "−" if self.counts_from.is_before else "+"
        unit = ""
        if self.unit is Unit.WORKING_DAYS:
            unit = _(" wd")  # working days
        elif self.unit is Unit.WEEKS and not self.counts_from.is_before:
            unit = _(" wk")  # weeks
        elif self.unit is Unit.DAYS and self.counts_from is not CountsFrom.AFTER_EVENT:
            unit = _(" d")  # days; T+30, T+60 and T+90 are days everywhere
        return f"{start}{sign}{self.number}{unit}"


@dataclass(frozen=True, slots=True)
class Frame:
    """The days that a timeline counts from; `plan` is the day on which the comp plan takes effect."""

    starts: date
    ends: date
    plan: date | None = None


class NoPlanDateError(ValueError):
    """A task counts from the comp plan, and nobody said when that takes effect."""


def wanted_date(offset: Offset, frame: Frame, calendar: Calendar) -> date:
    """
    The day on which a task is due by its offset: a working day of whoever does it. What counts
    back moves to the working day before, what counts on to the one after.

    :raises NoPlanDateError: it counts from the plan, whose date is not known
    """
    return why(offset, frame, calendar).due


@dataclass(frozen=True, slots=True)
class Rest:
    """A day on which nobody works: a public holiday by its name, a closing day, a weekend."""

    day: date
    name: str = ""
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Why:
    """
    Why an offset leads to a day: what it counts from, the day that the calendar gives, and the
    working day nearest to it. `counted` and `due` are the same where nothing is in the way.
    """

    anchor: date
    counted: date
    due: date

    def rest(self, calendar: Calendar) -> Rest | None:
        """What kept it from the day that was counted."""
        if self.counted == self.due:
            return None
        name = due_rules.holiday_name(self.counted, calendar)
        return Rest(self.counted, name, self.counted in calendar.closed)


def why(offset: Offset, frame: Frame, calendar: Calendar) -> Why:
    """
    As `wanted_date`, with the way there.

    :raises NoPlanDateError: it counts from the plan, whose date is not known
    """
    anchor = {
        CountsFrom.BEFORE_EVENT: frame.starts,
        CountsFrom.AFTER_EVENT: frame.ends,
        CountsFrom.BEFORE_PLAN: frame.plan,
        CountsFrom.AFTER_PLAN: frame.plan,
    }[offset.counts_from]
    if anchor is None:
        raise NoPlanDateError
    step = -1 if offset.counts_from.is_before else 1
    if offset.unit is Unit.WORKING_DAYS:
        counted = work_on(anchor, step * offset.number, calendar)
    else:
        days = offset.number * (7 if offset.unit is Unit.WEEKS else 1)
        counted = anchor + timedelta(days=step * days)
    return Why(anchor, counted, settle(counted, calendar, step))


@lru_cache(maxsize=50_000)
def is_working_day(day: date, calendar: Calendar) -> bool:
    """As `core.due.rules`, remembered: a plan of 400 tasks asks of the same days again and again."""
    return due_rules.is_working_day(day, calendar)


def settle(day: date, calendar: Calendar, step: int = 1) -> date:
    """The day itself if it is a working day, else the next one in the direction of `step`."""
    while not is_working_day(day, calendar):
        day += timedelta(days=step)
    return day


@lru_cache(maxsize=50_000)
def work_on(day: date, count: int, calendar: Calendar) -> date:
    """The day after so many working days, or before them where `count` is below zero."""
    step = 1 if count >= 0 else -1
    for _step in range(abs(count)):
        day = settle(day + timedelta(days=step), calendar, step)
    return day


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """How many working days lie after `first` up to `last`; below zero where `last` is earlier."""
    if last <= first:
        return -working_days_between(last, first, calendar) if last < first else 0
    count = -_worked(first, calendar)
    for year in range(first.year, last.year):
        count += _year(year, calendar).worked[-1]
    return count + _worked(last, calendar)


def _worked(day: date, calendar: Calendar) -> int:
    """How many working days a year has up to a day, that one included."""
    year = _year(day.year, calendar)
    return year.worked[day.toordinal() - year.first]


class _Year(NamedTuple):
    """The ordinal of a year's first day, and of each day how many working days the year has seen."""

    first: int
    worked: tuple[int, ...]


@lru_cache(maxsize=512)
def _year(year: int, calendar: Calendar) -> _Year:
    """A year as somebody works it: slips are asked of again and again."""
    first, worked, counts = date(year, 1, 1), 0, []
    for number in range((date(year, 12, 31) - first).days + 1):
        worked += is_working_day(first + timedelta(days=number), calendar)
        counts.append(worked)
    return _Year(first.toordinal(), tuple(counts))
