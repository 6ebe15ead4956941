"""Places and the waiting list as plain values: what is free, and by when an offer is taken."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(slots=True)
class Limit:
    """How many places a part of a roster has, everybody where it names none, and how many are taken."""

    kind: str
    region_id: int | None
    limit: int
    taken: int = 0

    def is_for(self, kind: str, region_id: int | None) -> bool:
        """Whether somebody needs a place of these."""
        return self.kind in ("", kind) and self.region_id in (None, region_id)


def take(limits: Iterable[Limit], kind: str, region_id: int | None) -> bool:
    """Take a place for somebody in each part that they are of, or none where one is full."""
    needed = [one for one in limits if one.is_for(kind, region_id)]
    if any(one.taken >= one.limit for one in needed):
        return False
    for one in needed:
        one.taken += 1
    return True


def take_by(
    at: datetime, hours: int, zone: ZoneInfo, works: Callable[[date], bool], latest: datetime
) -> datetime:
    """
    By when an offer is taken: so many hours on, those of days that are no working days of its person
    left out, and not after `latest`.
    """
    left, moment = timedelta(hours=hours), at.astimezone(zone)
    while left > timedelta(0) and moment.astimezone(latest.tzinfo) < latest:
        midnight = datetime.combine(moment.date() + timedelta(days=1), time(0), tzinfo=zone)
        of_day = midnight.astimezone(latest.tzinfo) - moment.astimezone(latest.tzinfo)
        if not works(moment.date()):
            moment = midnight
        elif of_day >= left:
            return min((moment.astimezone(latest.tzinfo) + left), latest)
        else:
            left, moment = left - of_day, midnight
    return min(moment.astimezone(latest.tzinfo), latest)
