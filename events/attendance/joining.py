"""
What follows when a roster changes: whoever joins later gets what the others got.

A capability registers its part in `AppConfig.ready()`, so the roster knows none of them.
"""

from collections.abc import Callable
from datetime import datetime

from events.kickoff.models import Kickoff

OnJoin = Callable[[Kickoff, datetime], None]
_parts: list[OnJoin] = []


def register(on_join: OnJoin) -> OnJoin:
    """Add a part: it runs inside the transaction that changes the roster."""
    if on_join not in _parts:
        _parts.append(on_join)
    return on_join


def run(kickoff: Kickoff, at: datetime) -> None:
    """
    Do all that follows from a changed roster: people joined, left, answered, or changed kind.

    Called once after all changes, however many people they touch.
    """
    for part in _parts:
        part(kickoff, at)
