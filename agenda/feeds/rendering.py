"""Sessions as a calendar (RFC 5545) that Outlook, Google and Apple read alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One session of a person's calendar. `number` is the release that says so, and `said_at` when it
    went out: a later one takes the place of an earlier.
    """

    uid: str
    title: str
    where: str
    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo
    number: int
    said_at: datetime
    about: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar_of(entries: Iterable[Entry], name: str = "") -> bytes:
    """
    A calendar with the time zones that its entries are in. What was cancelled stays in it as that,
    since calendars keep what merely vanished.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//SKO Planner//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval;value=duration", "PT1H")
        calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.number)
    event.add("dtstamp", entry.said_at.astimezone(UTC))
    event.add("last-modified", entry.said_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(entry.zone))
    event.add("dtend", entry.ends_at.astimezone(entry.zone))
    event.add("summary", entry.title)
    event.add("location", entry.where)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.about:
        event.add("description", entry.about)
    if entry.url:
        event.add("url", entry.url)
    return event
