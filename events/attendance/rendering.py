"""A kickoff as a file that calendars read (RFC 5545)."""

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event


def calendar_file(
    *, uid: str, title: str, place: str, first: date, last: date, changed_at: datetime
) -> bytes:
    """The days of an event as one entry; a later `changed_at` takes the place of an earlier one."""
    event = Event()
    event.add("uid", uid)
    event.add("sequence", int(changed_at.timestamp()) // 60)
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))  # the end is not part of it
    event.add("summary", title)
    event.add("location", place)
    calendar = Calendar()
    calendar.add("prodid", "-//SKO Planner//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
