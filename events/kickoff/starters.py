"""
What a new kickoff starts with: the *Acceleration Summit* template, or nothing.

A capability registers its part in `AppConfig.ready()`: big bets, agenda, timeline, 30-60-90 plan.
"""

from collections.abc import Callable
from datetime import datetime

from events.kickoff.models import Kickoff
from people.accounts.models import Person

Part = Callable[[Kickoff, Person, datetime], None]
_parts: list[Part] = []
_after: dict[Part, Part] = {}


def register(part: Part, *, after: Part | None = None) -> Part:
    """
    Add a part of the template: it fills a new kickoff, in the same transaction.

    A part that points at what another one makes names it as `after`.
    """
    if part not in _parts:
        _parts.append(part)
    if after is not None:
        _after[part] = after
    return part


def fill(kickoff: Kickoff, by: Person, at: datetime) -> None:
    """Give a new kickoff all that the Acceleration Summit template suggests."""
    done: set[Part] = set()
    while waiting := [part for part in _parts if part not in done]:
        for part in waiting:
            after = _after.get(part)
            if after not in _parts or after in done:
                part(kickoff, by, at)
                done.add(part)
