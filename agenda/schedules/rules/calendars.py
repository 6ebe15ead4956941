"""Calendars (iCalendar, RFC 5545) as rows."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Component

from agenda.schedules.rules.columns import Unreadable

# What no entry says is no column: who speaks, and what for
CALENDAR_HEADERS = ("id", "title", "type", "room", "starts", "minutes", "description")


def calendar_rows(data: bytes) -> list[Sequence[str]]:
    """
    The entries of a calendar as rows under `CALENDAR_HEADERS`. A time without a zone is that of the venue.

    :raises Unreadable: it is torn; or an entry lasts whole days, repeats, or has no end
    """
    try:
        calendar = Calendar.from_ical(data)
    except (ValueError, IndexError) as error:
        raise Unreadable(_("This calendar is torn: %(error)s.") % {"error": error}) from error
    return [
        _row(entry) for entry in calendar.walk("VEVENT") if str(entry.get("STATUS")) != "CANCELLED"
    ]


def _row(entry: Component) -> Sequence[str]:
    title = str(entry.get("SUMMARY", ""))
    starts, length = _span(entry, title)
    kinds = entry.get("CATEGORIES")
    return (
        str(entry.get("UID", "")),
        title,
        str(kinds.cats[0]) if kinds is not None and not isinstance(kinds, list) else "",
        str(entry.get("LOCATION", "")),
        starts.isoformat(),
        str(int(length.total_seconds() // 60)),
        str(entry.get("DESCRIPTION", "")),
    )


def _span(entry: Component, title: str) -> tuple[datetime, timedelta]:
    starts = entry.decoded("DTSTART", None)
    ends = entry.decoded("DTEND", None)
    length = ends - starts if ends and starts else entry.decoded("DURATION", None)
    if not isinstance(starts, datetime) or not isinstance(length, timedelta):
        said = _("“%(title)s” has no start and end at a time of day, so no place in an agenda.")
        raise Unreadable(said % {"title": title})
    if entry.get("RRULE") is not None:
        said = _("“%(title)s” repeats. Write each time as an entry of its own.")
        raise Unreadable(said % {"title": title})
    return starts, length
