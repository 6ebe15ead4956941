"""A plan whose tasks wait for one another: dates forward, slack back, and cycles by their path."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.due.rules import Calendar
from events.planning.rules.offsets import settle, work_on


@dataclass(frozen=True, slots=True)
class Link:
    """A task begins once another is over, and so many days later; earlier where below zero."""

    task: int
    predecessor: int
    lag_days: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """
    What a plan has to know of a task. `wanted` is the day of its offset; who has none stays on
    `due`: what is done, and what has a date set by hand. It takes `length` working days, none
    where it is a moment.
    """

    key: int
    due: date
    length: int
    wanted: date | None = None
    calendar: Calendar = field(default_factory=Calendar)

    @property
    def starts(self) -> date:
        return start_of(self.due, self.length, self.calendar)


def start_of(due: date, length: int, calendar: Calendar) -> date:
    """The first working day of a task that ends on a day."""
    return work_on(due, -(length - 1), calendar) if length > 1 else due


def in_order(keys: Iterable[int], links: Iterable[Link]) -> list[int]:
    """Tasks so that each follows those that it waits for. Those of a cycle are left out."""
    after: dict[int, list[int]] = defaultdict(list)
    open_links = dict.fromkeys(keys, 0)
    for link in links:
        after[link.predecessor].append(link.task)
        open_links[link.task] += 1
    ready = [key for key, count in open_links.items() if not count]
    for key in ready:
        for following in after[key]:
            open_links[following] -= 1
            if not open_links[following]:
                ready.append(following)
    return ready


def path_between(first: int, last: int, links: Iterable[Link]) -> list[int]:
    """The tasks on a way from one to another that follows it, both included; empty if there is none."""
    after: dict[int, list[int]] = defaultdict(list)
    for link in links:
        after[link.predecessor].append(link.task)
    came_from = {first: first}
    reached = [first]
    for key in reached:
        if key == last:
            break
        for following in after[key]:
            if following not in came_from:
                came_from[following] = key
                reached.append(following)
    if last not in came_from:
        return []
    path = [last]
    while path[-1] != first:
        path.append(came_from[path[-1]])
    return path[::-1]


def schedule(steps: Sequence[Step], links: Sequence[Link]) -> dict[int, date]:
    """
    When each task is due: on the day of its offset, or as much later as what it waits for demands.
    What has a date set by hand, or is done, stays.
    """
    by_key = {step.key: step for step in steps}
    before = _before(links)
    due: dict[int, date] = {}
    for key in in_order(by_key, links):
        step = by_key[key]
        if step.wanted is None:
            due[key] = step.due
            continue
        earliest = [
            earliest_due(step, due[link.predecessor], link.lag_days) for link in before[key]
        ]
        due[key] = max([step.wanted, *earliest])
    return due


def earliest_due(step: Step, predecessor_due: date, lag_days: int) -> date:
    """The first day on which a task can be over that begins after another one, `lag_days` later."""
    if not step.length:
        return settle(predecessor_due + timedelta(days=lag_days), step.calendar)
    begins = settle(predecessor_due + timedelta(days=1 + lag_days), step.calendar)
    return work_on(begins, step.length - 1, step.calendar)


def too_early(steps: Sequence[Step], links: Sequence[Link]) -> list[Link]:
    """Links that do not hold: a date set by hand lies before what the task waits for allows."""
    by_key = {step.key: step for step in steps}
    return [
        link
        for link in links
        if by_key[link.task].due
        < earliest_due(by_key[link.task], by_key[link.predecessor].due, link.lag_days)
    ]


def _before(links: Iterable[Link]) -> Mapping[int, list[Link]]:
    before: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        before[link.task].append(link)
    return before
