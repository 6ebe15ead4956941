"""When a wave goes out, when it reminds and when its answers are due; plain values alone."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SENT_AT = time(9)
MOST_REMINDERS = 5
LONGEST_BEFORE = 60
SUGGESTED_BEFORE = timedelta(weeks=3)
CHECKED_BEFORE = timedelta(days=3)  # of a deadline: from then on few answers are few


def goes_at(day: date, zone: ZoneInfo) -> datetime:
    """Nine in the morning of a day at the venue, in UTC."""
    return datetime.combine(day, SENT_AT, tzinfo=zone).astimezone(UTC)


def suggested_deadline(starts: date) -> date:
    """Three weeks before a kickoff: rooms and flights are booked by the answers."""
    return starts - SUGGESTED_BEFORE


def read_days(text: str) -> list[int]:
    """
    Days before the deadline, as somebody writes them: “7, 2”; the largest first.

    :raises ValueError: one is no whole number from 1 to 60, or there are more than five
    """
    days = {int(part) for part in text.replace(";", ",").split(",") if part.strip()}
    if len(days) > MOST_REMINDERS or not all(1 <= one <= LONGEST_BEFORE for one in days):
        raise ValueError
    return sorted(days, reverse=True)


def due_reminder(days: Iterable[int], deadline: date, today: date, sent: date) -> int | None:
    """
    Which reminder is due on a day: the nearest to the deadline whose day has come, None where none
    has, the deadline is past, or the wave went out later than that.
    """
    if today > deadline:
        return None
    come = [n for n in days if sent < deadline - timedelta(days=n) <= today]
    return min(come, default=None)
