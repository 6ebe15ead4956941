"""When an answer is due, and when a question that stays open is taken further."""

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.due.rules import Calendar, local_due_at, next_shared_working_day

DUE_HOUR = 17  # where the rep is
# After a reminder they have this long before the question is taken further
DAYS_TO_ESCALATION = 1
# Whoever gets a question from somebody else has this long at least
DAYS_AFTER_REROUTE = 1


def answer_due_at(
    at: datetime, working_days: int, *, zone: ZoneInfo, calendars: Collection[Calendar]
) -> datetime:
    """
    The moment, in UTC, by which an answer is promised: 17:00 where the rep is.

    Counted are the days after today on which all of `calendars` work: the rep's, and that of a
    manager who answers. None at all works Monday to Friday.
    """
    day = at.astimezone(zone).date()
    for _n in range(working_days):
        tomorrow = day + timedelta(days=1)
        day = next_shared_working_day(tomorrow, calendars or [Calendar()])
    return local_due_at(day, DUE_HOUR, zone)


def due_after_reroute(
    due_at: datetime, at: datetime, *, zone: ZoneInfo, calendars: Collection[Calendar]
) -> datetime:
    """The promise stands, but whoever gets the question now has one working day at least."""
    shortest = answer_due_at(at, DAYS_AFTER_REROUTE, zone=zone, calendars=calendars)
    return max(due_at, shortest)


def escalates_at(
    reminded_at: datetime, *, zone: ZoneInfo, calendars: Collection[Calendar]
) -> datetime:
    """When a question that was reminded of is taken further: counted from the reminder."""
    return answer_due_at(reminded_at, DAYS_TO_ESCALATION, zone=zone, calendars=calendars)
