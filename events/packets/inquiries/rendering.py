"""A review of a packet as a file that calendars read (RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

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
    event = Event()
    event.add("uid", entry.uid)
    # Rises with each change, and needs no counter
    event.add("sequence", int((entry.changed_at - BEGINNING).total_seconds()))
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(entry.zone))
    event.add("dtend", entry.ends_at.astimezone(entry.zone))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//SKO Planner//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.is_cancelled else "PUBLISH")
    calendar.add_component(event)
    year = entry.starts_at.year
    calendar.add_missing_timezones(first_date=date(year, 1, 1), last_date=date(year + 1, 1, 1))
    return bytes(calendar.to_ical())
