"""A kickoff as a file that calendars read (RFC 5545)."""

from datetime import UTC, date, datetime, timedelta

from core.calendars import calendar_with, event_with


def calendar_file(
    *, uid: str, title: str, place: str, first: date, last: date, changed_at: datetime
) -> bytes:
    """The days of an event as one entry; a later `changed_at` takes the place of an earlier one."""
    event = event_with(
        uid=uid,
        sequence=int(changed_at.timestamp()) // 60,
        dtstamp=changed_at.astimezone(UTC),
        dtstart=first,
        dtend=last + timedelta(days=1),  # the end is not part of it
        summary=title,
        location=place,
    )
    return calendar_with([event], {"method": "PUBLISH"})
