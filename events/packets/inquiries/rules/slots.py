"""Times that a manager offers for reviews: a series of them, and where two overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHORTEST_MINUTES = 5
LONGEST_MINUTES = 180
MOST_AT_ONCE = 40


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From a moment to a moment, the end exclusive. Both are in UTC."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def series(day: date, begins: time, ends: time | None, minutes: int, zone: ZoneInfo) -> list[Span]:
    """
    Spans of some minutes, one after the other, from a time of day to another.

    Without an end there is one. The last one ends by the end; what is left over is no span.

    :raises ValueError: the length is out of bounds, or nothing fits, or more than 40 would
    """
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise ValueError("The length is out of bounds.")
    length = timedelta(minutes=minutes)
    start = _to_utc(day, begins, zone)
    last = start + length if ends is None else _to_utc(day, ends, zone)
    count = (last - start) // length
    if not 0 < count <= MOST_AT_ONCE:
        raise ValueError("None fits, or too many would.")
    return [Span(start + length * n, start + length * (n + 1)) for n in range(count)]


def first_clash(wanted: Iterable[Span], taken: Sequence[Span]) -> tuple[Span, Span] | None:
    """The first wanted span that overlaps a taken one, and the one that it overlaps."""
    in_order = sorted(taken)
    for span in sorted(wanted):
        for other in in_order:
            if span.overlaps(other):
                return span, other
    return None


def _to_utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
