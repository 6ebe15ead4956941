"""The time zones that there are, read once: to look for them opens six hundred files."""

from functools import cache
from zoneinfo import available_timezones


@cache
def all_zones() -> frozenset[str]:
    """Each name of the IANA time zone database."""
    return frozenset(available_timezones())
