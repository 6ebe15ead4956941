"""
What follows when the dates or the time zone of a kickoff change: due dates that count from them.

A capability registers its part in `AppConfig.ready()`, so the kickoff knows none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from events.kickoff.models import Kickoff


@dataclass(frozen=True, slots=True)
class Before:
    """What the kickoff said until now."""

    starts_date: date
    ends_date: date
    time_zone: str


OnMove = Callable[[Kickoff, Before, datetime], None]
_parts: list[OnMove] = []


def register(on_move: OnMove) -> OnMove:
    """Add a part: it runs inside the transaction that moves the kickoff."""
    if on_move not in _parts:
        _parts.append(on_move)
    return on_move


def run(kickoff: Kickoff, before: Before, at: datetime) -> None:
    """Do all that follows from new dates or another zone."""
    for part in _parts:
        part(kickoff, before, at)
