"""Sessions as a calendar (RFC 5545)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from agenda.schedules.rules import OURS, Entry
from core.calendars import calendar_with, event_with


def calendar_of(title: str, entries: Sequence[Entry], zone: ZoneInfo, at: datetime) -> bytes:
    """Each session as an entry at its local time, with the time zone that it is in."""
    return calendar_with(
        (
            event_with(
                uid=f"{OURS}{entry.number}",
                dtstamp=at.astimezone(UTC),
                dtstart=entry.starts_at.astimezone(zone),
                dtend=entry.starts_at.astimezone(zone) + timedelta(minutes=entry.minutes),
                summary=entry.title,
                location=entry.room,
                categories=[entry.type],
                description=entry.description,
            )
            for entry in entries
        ),
        {"x-wr-calname": title},
    )
