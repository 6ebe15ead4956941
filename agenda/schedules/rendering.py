"""Sessions as a calendar (RFC 5545)."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from agenda.schedules.rules import OURS, Entry


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


def calendar_with(events: Iterable[Event], said: dict[str, Any]) -> bytes:
    """A calendar of events that says more of itself, with the time zones that they are in."""
    calendar = Calendar()
    for name, value in {"prodid": "-//SKO Planner//EN", "version": "2.0", **said}.items():
        calendar.add(name, value)
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def event_with(**said: Any) -> Event:
    """An event with these properties; `_` in a name stands for its hyphen."""
    event = Event()
    for name, value in said.items():
        event.add(name.replace("_", "-"), value)
    return event
