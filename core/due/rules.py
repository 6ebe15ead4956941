"""When something that waits is due: local hours, working days, and the pause before a retry."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

MAX_TRIES = 6
FIRST_PAUSE_SECONDS = 60
LONGEST_PAUSE_SECONDS = 6 * 60 * 60
_SATURDAY = 5


def local_due_at(date: date, hour: int, zone: ZoneInfo) -> datetime:
    """
    The moment, in UTC, of a full hour on a date in a zone.

    An hour that the clocks skip moves later by the length of the gap; an hour that they repeat
    is the first of the two.
    """
    return datetime.combine(date, time(hour), tzinfo=zone).astimezone(UTC)


def is_working_day(date: date, country: str) -> bool:
    """
    Whether people in a country (ISO 3166, two letters) work on a date.

    Knows weekends, public holidays and the weekend days that are worked instead. A country that
    is blank or unknown works Monday to Friday.
    """
    calendar = _calendar(country.upper(), date.year)
    if calendar is None:
        return date.weekday() < _SATURDAY
    return bool(calendar.is_working_day(date))


def next_working_day(date: date, country: str) -> date:
    """The date itself if it is a working day of the country, else the first one after it."""
    while not is_working_day(date, country):
        date += timedelta(days=1)
    return date


def backoff_seconds(tries: int, jitter: float) -> float:
    """
    How long to wait after a failure: min(60·2ⁿ s, 6 h), n being the failed tries so far.

    `jitter` is the share added to it, 0 to 1, so that rows that failed together do not come back
    together.
    """
    doubled = FIRST_PAUSE_SECONDS * 2 ** min(tries, 16)
    return float(min(doubled * (1 + jitter), LONGEST_PAUSE_SECONDS))


@lru_cache(maxsize=1024)
def _calendar(country: str, year: int) -> holidays.HolidayBase | None:
    # One calendar a year, never expanded later: a shared one fills itself while others read it
    try:
        return holidays.country_holidays(country, years=[year], expand=False)
    except NotImplementedError:
        return None
