"""Files that calendars read (RFC 5545)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from icalendar import Calendar, Event


def event_with(**said: Any) -> Event:
    """An event with these properties; `_` in a name stands for its hyphen."""
    event = Event()
    for name, value in said.items():
        event.add(name.replace("_", "-"), value)
    return event


def calendar_with(events: Iterable[Event], said: Mapping[str, Any]) -> bytes:
    """
    A calendar of events that says more of itself, with the time zones that they are in, as these
    are in the years of the events.
    """
    calendar = Calendar()
    for name, value in {"prodid": "-//SKO Planner//EN", "version": "2.0", **said}.items():
        calendar.add(name, value)
    for event in events:
        calendar.add_component(event)
    if years := [event.decoded("dtstart").year for event in calendar.events]:
        first, after = date(min(years), 1, 1), date(max(years) + 1, 1, 1)
        calendar.add_missing_timezones(first_date=first, last_date=after)
    return bytes(calendar.to_ical())
