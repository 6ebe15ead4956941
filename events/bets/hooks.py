from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.hooks import Hook
from events.bets.models import BigBet
from events.kickoff.models import Kickoff


@dataclass(frozen=True, slots=True)
class Serving:
    """Something that serves a bet: `kind` says what it is, `url` is where planners change it."""

    bet_id: int
    kind: str
    title: str
    url: str


find_serving = Hook[[Kickoff], Iterable[Serving]](
    "events.bets.hooks.find_serving",
    """
    Tell what of a kickoff serves its big bets: sessions, pre-work, topics, activities.

    Takes the kickoff; gives one for each thing and bet. One query.
    """,
)


def serving(kickoff: Kickoff, bets: Sequence[BigBet]) -> dict[int, list[Serving]]:
    """What serves each of some bets, by their ids; an empty list where nothing does."""
    found: dict[int, list[Serving]] = {bet.pk: [] for bet in bets}
    for of_one in find_serving(kickoff):
        for one in of_one:
            if one.bet_id in found:
                found[one.bet_id].append(one)
    return found
