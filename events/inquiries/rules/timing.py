"""When an answer is due, and when a question that stays open is taken further."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.due.rules import is_working_day, local_due_at

DUE_HOUR = 17  # where the rep is
# After a reminder they have this long before the question is taken further
DAYS_TO_ESCALATION = 1
# Whoever gets a question from somebody else has this long at least
DAYS_AFTER_REROUTE = 1


def answer_due_at(
    at: datetime, working_days: int, *, zone: ZoneInfo, countries: Collection[str]
) -> datetime:
    """
    The moment, in UTC, by which an answer is promised: 17:00 where the rep is.

    Counted are the days after today that people work in every one of `countries`: the rep's, and
    that of a manager who answers. A blank country works Monday to Friday.
    """
    day = at.astimezone(zone).date()
    for _n in range(working_days):
        day = _next_shared_working_day(day, countries)
    return local_due_at(day, DUE_HOUR, zone)


def due_after_reroute(
    due_at: datetime, at: datetime, *, zone: ZoneInfo, countries: Collection[str]
) -> datetime:
    """The promise stands, but whoever gets the question now has one working day at least."""
    shortest = answer_due_at(at, DAYS_AFTER_REROUTE, zone=zone, countries=countries)
    return max(due_at, shortest)


def escalates_at(reminded_at: datetime, *, zone: ZoneInfo, countries: Collection[str]) -> datetime:
    """When a question that was reminded of is taken further: counted from the reminder."""
    return answer_due_at(reminded_at, DAYS_TO_ESCALATION, zone=zone, countries=countries)


def _next_shared_working_day(day: date, countries: Collection[str]) -> date:
    while True:
        day += timedelta(days=1)
        if all(is_working_day(day, country) for country in countries or ("",)):
            return day
