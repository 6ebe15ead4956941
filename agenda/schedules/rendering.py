"""A programme as a calendar (RFC 5545)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from agenda.schedules.rules import OURS, Entry


def calendar_of(title: str, entries: Sequence[Entry], zone: ZoneInfo, at: datetime) -> bytes:
    """Each session as an entry at its local time, with the time zone that it is in."""
    calendar = Calendar()
    calendar.add("prodid", "-//SKO Planner//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    for entry in entries:
        event = Event()
        event.add("uid", f"{OURS}{entry.number}")
        event.add("dtstamp", at.astimezone(UTC))
        event.add("dtstart", entry.starts_at.astimezone(zone))
        event.add("dtend", entry.starts_at.astimezone(zone) + timedelta(minutes=entry.minutes))
        event.add("summary", entry.title)
        event.add("location", entry.room)
        event.add("categories", [entry.type])
        event.add("description", entry.description)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
