"""
What follows when a person finishes a quiz: a certificate that was waiting for the score.

A capability registers its part in `AppConfig.ready()`, so that learning knows none of them.
"""

from collections.abc import Callable
from datetime import datetime

from reinforcement.learning.models import Attempt

OnFinish = Callable[[Attempt, datetime], None]
_parts: list[OnFinish] = []


def register(on_finish: OnFinish) -> OnFinish:
    """Add a part: it runs inside the transaction that finishes the attempt."""
    if on_finish not in _parts:
        _parts.append(on_finish)
    return on_finish


def run(attempt: Attempt, at: datetime) -> None:
    """Do all that follows from a finished attempt."""
    for part in _parts:
        part(attempt, at)
