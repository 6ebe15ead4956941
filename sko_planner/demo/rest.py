"""When Meridane rests beside holidays, and who is away: all of it ahead, so nothing past moves."""

import random
from datetime import date, datetime, timedelta

from people.calendar.models import ClosingDay, Leave
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_FIRST = timedelta(days=21)  # until the first that is away
_AN_AWAY = 12  # one person in as many is away


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Close the company on three days, and send some of it on leave."""
    today = now.date()
    ClosingDay.objects.bulk_create(
        [
            ClosingDay(date=_next(today, 12, 24), name="Christmas Eve, all offices"),
            ClosingDay(date=_next(today, 12, 31), name="New Year’s Eve, all offices"),
            ClosingDay(date=_friday(_next(today, 5, 15)), country="FR", name="Bridge day, Lyon"),
        ]
    )
    away = [company["aicha"], company["soren"], *company.reps[::_AN_AWAY]]
    Leave.objects.bulk_create(
        _leave(person.pk, today, rng) for person in sorted(set(away), key=lambda one: one.pk)
    )


def _next(today: date, month: int, day: int) -> date:
    found = date(today.year, month, day)
    return found if found >= today + _FIRST else found.replace(year=today.year + 1)


def _friday(day: date) -> date:
    return day + timedelta(days=(4 - day.weekday()) % 7)


def _leave(person_id: int, today: date, rng: random.Random) -> Leave:
    """One or two weeks, from a Monday to a Friday."""
    monday = today + _FIRST - timedelta(days=today.weekday()) + timedelta(weeks=rng.randint(0, 9))
    until = monday + timedelta(days=rng.choice((4, 11)))
    return Leave(person_id=person_id, starts_date=monday, ends_date=until)
