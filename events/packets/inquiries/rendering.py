"""A review of a packet as a file that calendars read (RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.calendars import calendar_with, event_with

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """
    One talk in somebody's calendar. `uid` is the same for the talk whatever changes of it, and a
    later `changed_at` takes the place of an earlier one. Says nothing of the packet itself.
    """

    uid: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    zone: ZoneInfo
    url: str
    is_cancelled: bool = False


def calendar_file(entry: CalendarEntry) -> bytes:
    """The entry as an iCalendar file; of one that is cancelled, the file that takes it out."""
    event = event_with(
        uid=entry.uid,
        # Rises with each change, and needs no counter
        sequence=int((entry.changed_at - BEGINNING).total_seconds()),
        dtstamp=entry.changed_at.astimezone(UTC),
        dtstart=entry.starts_at.astimezone(entry.zone),
        dtend=entry.ends_at.astimezone(entry.zone),
        summary=entry.title,
        location=entry.place,
        url=entry.url,
        status="CANCELLED" if entry.is_cancelled else "CONFIRMED",
    )
    return calendar_with([event], {"method": "CANCEL" if entry.is_cancelled else "PUBLISH"})
