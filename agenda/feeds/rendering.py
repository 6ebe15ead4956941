"""Sessions as a calendar (RFC 5545) that Outlook, Google and Apple read alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Event

from core.calendars import calendar_with, event_with


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
    said = {"method": "PUBLISH"}
    if name:
        said |= {
            "x-wr-calname": name,
            "refresh-interval;value=duration": "PT1H",
            "x-published-ttl": "PT1H",
        }
    return calendar_with(map(_event, entries), said)


def _event(entry: Entry) -> Event:
    said_at = entry.said_at.astimezone(UTC)
    more = {"description": entry.about, "url": entry.url}
    return event_with(
        uid=entry.uid,
        sequence=entry.number,
        dtstamp=said_at,
        last_modified=said_at,
        dtstart=entry.starts_at.astimezone(entry.zone),
        dtend=entry.ends_at.astimezone(entry.zone),
        summary=entry.title,
        location=entry.where,
        status="CANCELLED" if entry.is_cancelled else "CONFIRMED",
        **{name: value for name, value in more.items() if value},
    )
