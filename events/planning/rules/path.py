"""Which chain of tasks decides whether the event holds, and what time each task has left."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from events.planning.rules.offsets import settle, working_days_between
from events.planning.rules.schedule import Link, Step, in_order, schedule, start_of


@dataclass(frozen=True, slots=True)
class Path:
    """
    The chain of two linked tasks or more that leads to the event with the fewest days to spare; of
    several the longest. `spare` counts its working days, below zero where too few are left.

    `slack` counts for each task the working days that it may slip before the event, or a date set
    by hand, has to give way. What is due after the event has none to lose, and is left out.
    """

    chain: Sequence[int] = ()
    spare: int | None = None
    slack: Mapping[int, int] = field(default_factory=dict)

    @property
    def missing(self) -> int:
        """How many working days are too few."""
        return max(-(self.spare or 0), 0)

    @property
    def critical(self) -> frozenset[int]:
        """The chain where it has no day to spare; else nothing is critical."""
        return frozenset(self.chain if self.spare is not None and self.spare <= 0 else ())


@dataclass(frozen=True, slots=True)
class _Way:
    """From a task to the event: the next one, how many working days, the most slack on it."""

    next: int | None
    tasks: int
    length: int
    spare: int


def critical_path(steps: Sequence[Step], links: Sequence[Link], today: date, limit: date) -> Path:
    """
    What is still open of a plan, looked at from the day it has to be ready. What is late is over
    today at the earliest, and pushes what waits for it.
    """
    by_key = {step.key: step for step in steps}
    links = [link for link in links if link.task in by_key and link.predecessor in by_key]
    ends = _expected(steps, links, today)
    after: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        after[link.predecessor].append(link)
    latest: dict[int, date] = {}
    slack: dict[int, int] = {}
    ways: dict[int, _Way] = {}
    for key in reversed(in_order(by_key, links)):
        step = by_key[key]
        bounds: list[tuple[date, Link | None]] = [(limit, None)] if step.due <= limit else []
        for link in after[key]:
            following = by_key[link.task]
            if following.key in latest:
                end = following.due if following.wanted is None else latest[following.key]
                begins = start_of(end, following.length, following.calendar)
                gap = link.lag_days + (1 if following.length else 0)
                bounds.append((begins - timedelta(days=gap), link))
        if not bounds:
            continue
        bound = min(day for day, _link in bounds)
        latest[key] = settle(bound, step.calendar, -1)
        slack[key] = working_days_between(ends[key], latest[key], step.calendar)
        own = [_way(step, link, slack[key], ways) for day, link in bounds if day == bound]
        if found := [way for way in own if way is not None]:
            ways[key] = max(found, key=lambda way: (way.length, way.tasks))
    first = min(
        (key for key, way in ways.items() if way.tasks > 1),
        key=lambda key: (ways[key].spare, -ways[key].length, key),
        default=None,
    )
    if first is None:
        return Path(slack=slack)
    return Path(_chain(first, ways), ways[first].spare, slack)


def _expected(steps: Sequence[Step], links: Sequence[Link], today: date) -> Mapping[int, date]:
    return schedule([_from(step, max(step.due, today)) for step in steps], links)


def _from(step: Step, due: date) -> Step:
    if due == step.due and step.wanted in (None, due):
        return step
    return Step(step.key, due, step.length, None if step.wanted is None else due, step.calendar)


def _way(step: Step, link: Link | None, slack: int, ways: Mapping[int, _Way]) -> _Way | None:
    if link is None:
        return _Way(None, 1, step.length, slack)
    on = ways.get(link.task)
    if on is None:
        return None
    length = step.length + link.lag_days + on.length
    return _Way(link.task, on.tasks + 1, length, max(slack, on.spare))


def _chain(first: int, ways: Mapping[int, _Way]) -> list[int]:
    chain: list[int] = []
    key: int | None = first
    while key is not None:
        chain.append(key)
        key = ways[key].next
    return chain
