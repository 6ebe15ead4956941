"""Moments and lengths as files write them."""

import re
from datetime import date, datetime, time, timedelta

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)(?::[0-5]\d)?")
_PARTS = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)")


def read_moment(text: str) -> datetime | time:
    """
    `2027-03-01T09:30`, also with a space, seconds or an offset; or `09:30` alone, of a day that
    stands in another column. Without an offset it is the time at the venue.

    :raises ValueError: it is neither
    """
    if found := _CLOCK.fullmatch(text):
        return time(int(found[1]), int(found[2]))
    return datetime.fromisoformat(text)


def read_length(text: str) -> int:
    """
    Minutes: `25`, or `0:25` and `01:30` for hours and minutes, or `1:00:00` with days before them.

    :raises ValueError: it is none of these
    """
    if text.isdecimal():
        return int(text)
    if not (found := _PARTS.fullmatch(text)):
        raise ValueError(text)
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return (days * 24 + hours) * 60 + minutes


def after_midnight(day: date, clock: time, day_change: time) -> datetime:
    """A clock time of a programme's day, of which what is before `day_change` is the night."""
    return datetime.combine(day + timedelta(days=clock < day_change), clock)
