"""A month of a calendar: its weeks from Monday, and who rests on which of its days."""

from calendar import Calendar as Months
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.due import rules as due_rules
from core.due.rules import Calendar

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Rests:
    """A day on which somebody rests who would work on it: in which countries, and what it is called."""

    countries: tuple[str, ...]
    name: str


def weeks_of(month: date) -> list[list[date]]:
    """The days of a month in weeks from Monday, filled up with those of its neighbours."""
    return Months().monthdatescalendar(month.year, month.month)


def before_and_after(month: date) -> tuple[date, date]:
    """The first days of the months beside it."""
    before = (month - timedelta(days=1)).replace(day=1)
    return before, (month + timedelta(days=31)).replace(day=1)


def rests_in(days: Iterable[date], calendars: Iterable[Calendar]) -> Mapping[date, list[Rests]]:
    """Public holidays and closing days on weekdays where some people work, by day."""
    by_country = {calendar.country: calendar for calendar in calendars}
    found: dict[date, list[Rests]] = {}
    for day in days:
        if day.weekday() >= SATURDAY:
            continue
        names: dict[str, list[str]] = {}
        for country, calendar in sorted(by_country.items()):
            if not due_rules.is_working_day(day, calendar):
                names.setdefault(due_rules.holiday_name(day, calendar), []).append(country)
        if names:
            found[day] = [Rests(tuple(countries), name) for name, countries in names.items()]
    return found
