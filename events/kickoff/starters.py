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


def register(part: Part) -> Part:
    """Add a part of the template: it fills a new kickoff, in the same transaction."""
    if part not in _parts:
        _parts.append(part)
    return part


def fill(kickoff: Kickoff, by: Person, at: datetime) -> None:
    """Give a new kickoff all that the Acceleration Summit template suggests."""
    for part in _parts:
        part(kickoff, by, at)
