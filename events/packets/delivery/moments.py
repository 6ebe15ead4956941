"""
The moments of a kickoff that a release can wait for: “Comp session, Wed 3 Feb, 14:00”.

The agenda registers its sessions in `AppConfig.ready()`, so packets know no agenda.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from events.kickoff.models import Kickoff


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that begins at a time, under a key that stays when the time is moved."""

    key: str
    label: str
    at: datetime


Source = Callable[[Kickoff], Iterable[Moment]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a source: a function of a kickoff that yields its moments."""
    if source not in _sources:
        _sources.append(source)
    return source


def moments(kickoff: Kickoff) -> list[Moment]:
    """Every moment of a kickoff, in order of time."""
    found = [moment for source in _sources for moment in source(kickoff)]
    return sorted(found, key=lambda moment: (moment.at, moment.label))


def moment_of(kickoff: Kickoff, key: str) -> Moment | None:
    """The moment under a key, where it stands now; None once it is gone."""
    return next((moment for moment in moments(kickoff) if moment.key == key), None)
