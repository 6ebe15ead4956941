"""Who is still here, until the end of their last day where they are; and who is above whom."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.zones import kept_zones

_STEP = timedelta(minutes=15)  # no zone has its midnight between two quarters of an hour


def last_day_is_over(*, leave_date: date | None, time_zone: str, at: datetime) -> bool:
    """Whether somebody's last day has ended in their own zone. Without one it never does."""
    return leave_date is not None and leave_date < at.astimezone(ZoneInfo(time_zone)).date()


def zones_by_date(at: datetime) -> Mapping[date, frozenset[str]]:
    """The two or three dates that it is on earth at a moment, with the time zones of each."""
    return _zones_by_date(int(at.timestamp() // _STEP.total_seconds()))


@lru_cache(maxsize=8)
def _zones_by_date(step: int) -> Mapping[date, frozenset[str]]:
    found: dict[date, set[str]] = defaultdict(set)
    seconds = step * _STEP.total_seconds()
    for zone in kept_zones():
        found[datetime.fromtimestamp(seconds, zone).date()].add(zone.key)
    return {day: frozenset(names) for day, names in sorted(found.items())}


def is_above(tree: Mapping[int, int | None], above_id: int, person_id: int) -> bool:
    """
    Whether somebody is above a person in a tree of managers by id. A cycle that slipped in ends
    the walk; in one, everybody is above themselves.
    """
    seen: set[int] = set()
    at = tree.get(person_id)
    while at is not None and at not in seen:
        if at == above_id:
            return True
        seen.add(at)
        at = tree.get(at)
    return False
