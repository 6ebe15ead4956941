"""What waits for somebody at one kickoff, on top of their home there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.waiting.queries import waiting_for_one
from people.waiting.rules import Row, row_of, tally

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Waits:
    """The first things that wait, how many more do here, and how many at other kickoffs."""

    rows: Sequence[Row]
    total: int
    more: int
    elsewhere: int


def waits_at(kickoff: Kickoff, person: Person, at: datetime) -> Waits:
    """What waits for a person here, and what comes first wherever it is. The queries of the truth."""
    items = waiting_for_one(person, at)
    here = [item for item in items if item.comes_first or item.place_key == kickoff.slug]
    zone = ZoneInfo(person.time_zone)
    total = tally(here, at).total
    return Waits(
        rows=[row_of(item, at, zone) for item in here[:SHOWN]],
        total=total,
        more=total - tally(here[:SHOWN], at).total,
        elsewhere=tally(items, at).total - total,
    )
