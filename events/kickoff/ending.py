"""
What begins when a kickoff ends: the 30-60-90 campaign starts by itself.

A capability registers its part in `AppConfig.ready()`, so the kickoff knows none of them.
"""

from collections.abc import Callable
from datetime import datetime

from events.kickoff.models import Kickoff

OnEnd = Callable[[Kickoff, datetime], None]
_parts: list[OnEnd] = []


def register(on_end: OnEnd) -> OnEnd:
    """Add a part: it runs inside the transaction that ends the kickoff, so both hold or neither."""
    if on_end not in _parts:
        _parts.append(on_end)
    return on_end


def run(kickoff: Kickoff, at: datetime) -> None:
    """Do all that follows from the end of a kickoff."""
    for part in _parts:
        part(kickoff, at)
