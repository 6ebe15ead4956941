"""The home of a planner while the event is on: what runs, what comes next, who is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agenda.sessions.queries.released import Shown, whole_day
from agenda.sessions.rules import agenda_day
from core.minute import for_a_minute
from events.attendance.queries import Headcounts
from events.kickoff.models import Kickoff
from events.prework.queries import Summary


@dataclass(frozen=True, slots=True)
class Missing:
    """How many of those who take part are not there yet, and how much pre-work is not done."""

    checked_in: int
    prework: int


@dataclass(frozen=True, slots=True)
class Today:
    """The sessions that run now, in all rooms, and those that begin next, of one moment."""

    now: tuple[Shown, ...]
    next: tuple[Shown, ...]
    is_empty: bool  # nothing is released for the day


def today_of(kickoff: Kickoff, at: datetime) -> Today:
    """What runs at a moment and what begins next; after the last of a day, what the next begins with."""
    day = agenda_day(at, kickoff.zone)
    sessions = _sessions(kickoff, day)
    ahead = [one for one in sessions if one.starts_at > at]
    if not ahead and day < kickoff.ends_date:
        ahead = list(_sessions(kickoff, day + timedelta(days=1)))
    first = min((one.starts_at for one in ahead), default=None)
    return Today(
        now=tuple(one for one in sessions if one.starts_at <= at < one.ends_at),
        next=tuple(one for one in ahead if one.starts_at == first),
        is_empty=not sessions,
    )


def missing_of(people: Headcounts, prework: Summary) -> Missing:
    """Who and what is missing, from what was counted."""
    return Missing(people.taking_part - people.checked_in, prework.progress.missing)


@for_a_minute
def _sessions(kickoff: Kickoff, day: date) -> Sequence[Shown]:
    return whole_day(kickoff, day)
