"""When a planning task is due, and how the timeline is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from django.utils.translation import gettext as _

from events.kickoff.rules import days_after, weeks_before

SOON = timedelta(days=7)
LONGEST_WEEKS_BEFORE = 52
LONGEST_DAYS_AFTER = 180
LONGEST_MOVE_DAYS = 365


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


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A task that the template suggests; `workstream` is a value of `models.Workstream`."""

    workstream: str
    title: str
    weeks_before: int | None = None
    days_after: int | None = None


def due_date(
    starts: date,
    ends: date,
    *,
    weeks: int | None,
    days: int | None,
    own_date: date | None,
) -> date:
    """
    When a task is due: a date of its own, else T−`weeks` or `days` days after the last day.

    :raises ValueError: there is nothing to count from
    """
    if own_date is not None:
        return own_date
    if weeks is not None:
        return weeks_before(starts, weeks)
    if days is not None:
        return days_after(ends, days)
    raise ValueError("A task needs a date, weeks before the first day or days after the last.")


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


def suggestions() -> list[Suggestion]:
    """The timeline of the Acceleration Summit template, T−26 weeks to T+90 days."""
    logistics, content, word = "LOGISTICS", "CONTENT", "COMMUNICATIONS"
    return [
        Suggestion(logistics, _("Write the brief: dates, headcount, budget"), 26),
        Suggestion(content, _("Name the two or three big bets with your sponsor"), 24),
        Suggestion(logistics, _("Send the venue request"), 22),
        Suggestion(content, _("Draw the agenda’s frame: days, pillars, experiential share"), 22),
        Suggestion(logistics, _("Visit the venues on the short list"), 17),
        Suggestion(word, _("Write the communication plan: who hears what, when, where"), 16),
        Suggestion(logistics, _("Sign the venue"), 13),
        Suggestion(logistics, _("Order AV, food and room blocks"), 13),
        Suggestion(content, _("Start the content: one owner and one outcome a session"), 13),
        Suggestion(word, _("Send the save-the-date"), 12),
        Suggestion(content, _("Book panel customers: a promoter, a neutral, a detractor"), 10),
        Suggestion(word, _("Open registration and invite people"), 9),
        Suggestion(content, _("Confirm every speaker and facilitator"), 8),
        Suggestion(content, _("Have the comp plan locked by CRO and CFO"), 8),
        Suggestion(content, _("Model the comp plan at 50, 100 and 150% attainment"), 7),
        Suggestion(content, _("Have the comp expense signed by the CFO"), 6),
        Suggestion(content, _("Write the comp documents"), 5),
        Suggestion(content, _("Choose two wins and one loss, and interview their customers"), 5),
        Suggestion(content, _("Audit performance and run the skills survey"), 4),
        Suggestion(content, _("Hand out packets, 30 days before the plan takes effect"), 4),
        Suggestion(word, _("Send pre-work with its due dates"), 4),
        Suggestion(content, _("Review every speaker’s draft, never on site"), 3),
        Suggestion(word, _("Send “What to expect”: travel, dress, what to bring"), 2),
        Suggestion(logistics, _("Give the hotel the final room list"), 2),
        Suggestion(content, _("Run the dry run with every speaker"), 1),
        Suggestion(logistics, _("Freeze the agenda and write the run of show"), 1),
        Suggestion(logistics, _("Walk through every room: doors, mic check, transitions"), 0),
        Suggestion(word, _("Send the wrap-up and the survey"), days_after=1),
        Suggestion(content, _("Day 30: read what people remember"), days_after=30),
        Suggestion(content, _("Day 60: read what people apply in their deals"), days_after=60),
        Suggestion(content, _("Day 90: report field results to the sponsor"), days_after=90),
    ]
