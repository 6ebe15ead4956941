"""
When people leave: the end of what happens last, as far as anybody knows it.

The agenda registers the end of its last session in `AppConfig.ready()`, so the kickoff knows no
agenda.
"""

from collections.abc import Callable
from datetime import datetime

from events.kickoff.models import Kickoff

Source = Callable[[Kickoff], datetime | None]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a source: a function of a kickoff that gives when its own last thing ends, if any."""
    if source not in _sources:
        _sources.append(source)
    return source


def leaving_at(kickoff: Kickoff) -> datetime:
    """
    When the last thing ends that is known; midnight after the last day where nothing is, and
    where what is known ends on an earlier day.
    """
    known = [moment for source in _sources if (moment := source(kickoff)) is not None]
    last = max(known, default=kickoff.closes_at)
    return last if kickoff.local_date(last) == kickoff.ends_date else kickoff.closes_at
