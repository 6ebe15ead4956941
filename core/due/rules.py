"""When something that waits is due: local hours, working days, and the pause before a retry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

MAX_TRIES = 6
FIRST_PAUSE_SECONDS = 60
LONGEST_PAUSE_SECONDS = 6 * 60 * 60
SUBDIVISION_LENGTH = 3
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6

# Weekends that `holidays` 0.109 has otherwise, by country or by country and part. Libya: Unicode
# CLDR, supplemental `weekData`. Palestine: the Authority's working week, Sunday to Thursday.
# Mauritania: Saturday and Sunday since October 2014. Hong Kong: the five-day week of its
# government since 2007. Venezuela: two days of rest by article 173 of the LOTTT of 2012.
# Malaysia: Kedah, Kelantan and Terengganu rest on Friday and Saturday.
_WEEKENDS = {
    "LY": {_FRIDAY, _SATURDAY},
    "PS": {_FRIDAY, _SATURDAY},
    "MR": {_SATURDAY, _SUNDAY},
    "HK": {_SATURDAY, _SUNDAY},
    "VE": {_SATURDAY, _SUNDAY},
    "MY-02": {_FRIDAY, _SATURDAY},
    "MY-03": {_FRIDAY, _SATURDAY},
    "MY-11": {_FRIDAY, _SATURDAY},
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """
    On which days somebody works.

    `country` is ISO 3166, two letters, and `subdivision` ISO 3166-2 without the country: ON, ENG.
    One that is blank or unknown works by its country, a country that is blank or unknown Monday
    to Friday. `closed` are days on which the company rests, `away` the first and last days of
    one's own leave.
    """

    country: str = ""
    subdivision: str = ""
    closed: frozenset[date] = frozenset()
    away: tuple[tuple[date, date], ...] = ()
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Plans ask of the same few calendars thousands of times a page
        told = hash((self.country, self.subdivision, self.closed, self.away))
        object.__setattr__(self, "_hash", told)

    def __hash__(self) -> int:
        return self._hash

    def beside(self, other: "Calendar") -> "Calendar":
        """This calendar, where the leave of somebody else counts too: a talk needs both."""
        away = (*self.away, *other.away)
        return Calendar(self.country, self.subdivision, self.closed, away)


def local_due_at(date: date, hour: int, zone: ZoneInfo) -> datetime:
    """
    The moment, in UTC, of a full hour on a date in a zone.

    An hour that the clocks skip moves later by the length of the gap; an hour that they repeat
    is the first of the two.
    """
    return datetime.combine(date, time(hour), tzinfo=zone).astimezone(UTC)


def end_of(day: date, zone: tzinfo) -> datetime:
    """
    The moment, in UTC, when a day is over in a zone: midnight after it.

    Exclusive: what is done at this very moment is late.
    """
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone).astimezone(UTC)


def is_working_day(date: date, calendar: Calendar) -> bool:
    """
    Whether somebody works on a date.

    Knows weekends, the public holidays of a country and its parts, and the weekend days that are
    worked instead; days on which the company is closed, and leave.
    """
    if date in calendar.closed or any(first <= date <= last for first, last in calendar.away):
        return False
    public = _public(calendar.country.upper(), calendar.subdivision.upper(), date.year)
    if public is None:
        return date.weekday() < _SATURDAY
    return bool(public.is_working_day(date))


def holiday_name(date: date, calendar: Calendar) -> str:
    """What a public holiday is called where somebody works; empty on any other day."""
    public = _public(calendar.country.upper(), calendar.subdivision.upper(), date.year)
    return str(public.get(date, "")) if public is not None else ""


def next_working_day(date: date, calendar: Calendar) -> date:
    """The date itself if it is a working day of the calendar, else the first one after it."""
    return next_shared_working_day(date, [calendar])


def next_shared_working_day(date: date, calendars: Iterable[Calendar]) -> date:
    """The date itself if it is a working day of all the calendars, else the first one after it."""
    every = list(calendars)
    while not all(is_working_day(date, calendar) for calendar in every):
        date += timedelta(days=1)
    return date


@lru_cache(maxsize=512)
def subdivisions(country: str) -> Mapping[str, tuple[str, ...]]:
    """
    The parts of a country that have holidays of their own: ISO 3166-2 codes without the country,
    each with the names that it goes by. None for a country that is blank or unknown.
    """
    try:
        calendar = holidays.country_holidays(country.upper(), expand=False)
    except NotImplementedError:
        return {}
    names: dict[str, list[str]] = {
        code: [] for code in calendar.subdivisions if len(code) <= SUBDIVISION_LENGTH
    }
    for name, code in calendar.subdivisions_aliases.items():
        if code in names:
            names[code].append(name)
    return {code: tuple(known) for code, known in names.items()}


def backoff_seconds(tries: int, jitter: float) -> float:
    """
    How long to wait after a failure: min(60·2ⁿ s, 6 h), n being the failed tries so far.

    `jitter` is the share added to it, 0 to 1, so that rows that failed together do not come back
    together.
    """
    doubled = FIRST_PAUSE_SECONDS * 2 ** min(tries, 16)
    return float(min(doubled * (1 + jitter), LONGEST_PAUSE_SECONDS))


@lru_cache(maxsize=2048)
def _public(country: str, subdivision: str, year: int) -> holidays.HolidayBase | None:
    part = subdivision if subdivision in subdivisions(country) else None
    # One calendar a year, never expanded later: a shared one fills itself while others read it. In
    # the language of pages, since names are else in that of the machine's environment
    try:
        calendar = holidays.country_holidays(
            country, subdiv=part, years=[year], language="en_US", expand=False
        )
    except NotImplementedError:
        return None
    weekend = _WEEKENDS.get(f"{country}-{part}") or _WEEKENDS.get(country)
    if weekend:
        calendar.weekend = weekend
    return calendar
