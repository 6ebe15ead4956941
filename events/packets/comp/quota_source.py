"""
Where comp learns somebody's quota from: only plans that pay a share of revenue need it.

Quotas stand above comp, so that they register here in `AppConfig.ready()`.
"""

from collections.abc import Callable, Collection
from decimal import Decimal

from events.kickoff.models import Kickoff

# The quotas of some people at a kickoff in the currency of their pay, by person
Source = Callable[[Kickoff, Collection[int]], dict[int, Decimal]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let quotas come from here; registering twice is once."""
    if source not in _sources:
        _sources.append(source)


def is_there() -> bool:
    """Whether anybody knows quotas."""
    return bool(_sources)


def quotas_of(kickoff: Kickoff, person_ids: Collection[int]) -> dict[int, Decimal]:
    """The quotas that are known, by person; nothing where no source is registered."""
    found: dict[int, Decimal] = {}
    for source in _sources:
        found.update(source(kickoff, person_ids))
    return found
