"""How the timeline is told: late, soon, by month, after the event, done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

SOON = timedelta(days=7)


class Part(StrEnum):
    """Where a task stands on the timeline."""

    LATE = "late"
    SOON = "soon"
    LATER = "later"
    AFTER = "after"
    DONE = "done"


class Dated(Protocol):
    """What the timeline needs to know of a task."""

    due_date: date

    @property
    def is_done(self) -> bool: ...


Task = TypeVar("Task", bound=Dated)


@dataclass(frozen=True, slots=True)
class Group(Generic[Task]):
    """Tasks of one part; `month` is the first of the month where the part is told by months."""

    part: Part
    tasks: Sequence[Task]
    month: date | None = None


def is_late(task: Dated, today: date) -> bool:
    """Whether it is not done and its day is over; the day itself is not late yet."""
    return not task.is_done and task.due_date < today


def part_of(task: Dated, today: date, ends: date) -> Part:
    """The part of the timeline where a task belongs, `ends` being the last day of the event."""
    if task.is_done:
        return Part.DONE
    if is_late(task, today):
        return Part.LATE
    if task.due_date <= today + SOON:
        return Part.SOON
    return Part.AFTER if task.due_date > ends else Part.LATER


def timeline(tasks: Iterable[Task], today: date, ends: date) -> list[Group[Task]]:
    """Tasks in groups: late, the next seven days, then month by month, after the event, done."""
    parts: dict[tuple[int, date | None], list[Task]] = {}
    order = list(Part)
    for task in sorted(tasks, key=lambda task: task.due_date):
        part = part_of(task, today, ends)
        month = task.due_date.replace(day=1) if part == Part.LATER else None
        parts.setdefault((order.index(part), month), []).append(task)
    ranked = sorted(parts, key=lambda key: (key[0], key[1] or date.min))
    return [Group(order[rank], parts[rank, month], month) for rank, month in ranked]
