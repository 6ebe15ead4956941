"""A plan as a Gantt chart: rows of a table, each with its bar, in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.urls import reverse

from events.kickoff.models import Kickoff
from events.planning import rules
from events.planning.models import PlanningTask, workstream_name
from events.planning.queries.plan import Plan, plan_of
from events.planning.rules import gantt
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Said:
    """What a row and its bar say, in plain values: drawn once, and again only when one differs."""

    title: str
    owner: str
    starts: date
    due: date
    seen: str
    slip: str
    is_moment: bool
    is_done: bool
    is_late: bool
    is_critical: bool
    is_crossed: bool
    edit_url: str
    shift_url: str
    bar_id: str
    bar: gantt.Box | None
    ghost: gantt.Box | None


@dataclass(frozen=True, slots=True)
class Row:
    """One task: its dates, and where its bar and that of the baseline stand, if they are shown."""

    task: PlanningTask
    starts: date
    bar: gantt.Box | None
    ghost: gantt.Box | None
    slip: int | None  # in working days of who does it; None where nothing was frozen
    is_late: bool
    is_critical: bool
    is_crossed: bool  # set by hand to a day before what it waits for is over

    @property
    def said_slip(self) -> str:
        """+3 or −2; empty where nothing slipped."""
        return f"{'+' if self.slip > 0 else '−'}{abs(self.slip)}" if self.slip else ""

    @property
    def said(self) -> Said:
        task = self.task
        # One address for all of them, with the number put in: hundreds of look-ups are slow
        edit, shift = (f"{head}/{task.pk}/{tail}" for head, tail in _addresses(task.kickoff.slug))
        return Said(
            title=task.title,
            owner=task.answerable.full_name if task.answerable else "",
            starts=self.starts,
            due=task.due_date,
            seen=str(task.seen),
            slip=self.said_slip,
            is_moment=not task.takes_days,
            is_done=task.is_done,
            is_late=self.is_late,
            is_critical=self.is_critical,
            is_crossed=self.is_crossed,
            edit_url=edit,
            shift_url=shift,
            bar_id=f"bar-{task.pk}",
            bar=self.bar,
            ghost=self.ghost,
        )


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one workstream, and where its heading stands."""

    name: str
    owner: Person | None
    top: int
    rows: Sequence[Row]

    @property
    def open(self) -> int:
        return sum(not row.task.is_done for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.is_late for row in self.rows)


@dataclass(frozen=True, slots=True)
class Week:
    """A Monday with a label: weeks before the first day, as planners say it."""

    x: int
    day: date
    mark: str


@dataclass(frozen=True)
class Gantt:
    """All that the page shows. Paths are those of an SVG."""

    plan: Plan
    window: gantt.Window
    groups: Sequence[Group]
    weeks: Sequence[Week]
    height: int
    weekends: str
    holidays: str
    links: str
    critical_links: str
    event: gantt.Box
    today_x: int | None
    hidden: int  # tasks that these weeks do not show

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def late(self) -> int:
        return sum(row.is_late for row in self.rows)

    @property
    def critical(self) -> int:
        return sum(row.is_critical for row in self.rows)

    @property
    def slipped(self) -> list[Row]:
        return [row for row in self.rows if row.slip is not None and row.slip > 0]

    @property
    def slipped_days(self) -> int:
        return sum(row.slip or 0 for row in self.slipped)

    @property
    def fit(self) -> int:
        return gantt.fit(self.window.width, self.height)


@lru_cache(maxsize=64)
def _addresses(slug: str) -> list[tuple[str, str]]:
    """Of a task's page and of what moves it: what stands before and after its number."""
    urls = [reverse(f"events:planning:{name}", args=[slug, 0]) for name in ("edit", "shift")]
    return [(head, tail) for head, _zero, tail in (url.rpartition("/0/") for url in urls)]


def gantt_of(kickoff: Kickoff, today: date, *, everything: bool = False) -> Gantt:
    """
    The chart of a kickoff: ten weeks around today, with what is late, or all of it. Five queries.
    """
    plan = plan_of(kickoff)
    steps = plan.steps
    spans, frozen = {}, {}
    for key, task in plan.tasks.items():
        calendar = plan.calendar_of(task)
        starts = rules.start_of(task.due_date, task.takes_days, calendar)
        spans[key] = gantt.Span(starts, task.due_date, not task.takes_days)
        if task.baseline_date is not None and task.baseline_days is not None:
            began = rules.start_of(task.baseline_date, task.baseline_days, calendar)
            frozen[key] = gantt.Span(began, task.baseline_date, not task.baseline_days)
    window = gantt.near(today)
    shown = {
        key
        for key, span in spans.items()
        if everything
        or window.shows(span.starts, span.ends)
        or rules.is_late(plan.tasks[key], today)
    }
    if everything:
        window = gantt.whole([*spans.values(), *frozen.values()], today)
    tight = _critical(plan, steps, today)
    crossed = {link.task for link in rules.too_early(steps, plan.links)}
    groups, boxes, tops = [], {}, []
    top = gantt.HEAD
    for stream in plan.workstreams:
        tasks = [task for key, task in plan.tasks.items() if task.workstream == stream]
        tasks = [task for task in tasks if task.pk in shown]
        if not tasks:
            continue
        heading, rows = top, []
        top += gantt.GROUP
        for task in tasks:
            key, calendar = task.pk, plan.calendar_of(task)
            bar = gantt.place(spans[key], window, top)
            if bar is not None:
                boxes[key] = bar
            ghost, slip = None, None
            if key in frozen:
                slip = rules.working_days_between(frozen[key].ends, task.due_date, calendar)
                ghost = gantt.place(frozen[key], window, top) if slip else None
            rows.append(
                Row(
                    task,
                    spans[key].starts,
                    bar,
                    ghost,
                    slip,
                    rules.is_late(task, today),
                    key in tight,
                    key in crossed and task.is_by_hand,
                )
            )
            tops.append((top, calendar))
            top += gantt.ROW
        name = workstream_name(stream)
        groups.append(Group(name, plan.owners.get(stream), heading, rows))
    lines = {True: "", False: ""}
    for link in plan.links:
        if link.task in boxes and link.predecessor in boxes:
            both = link.task in tight and link.predecessor in tight
            lines[both] += gantt.arrow(boxes[link.predecessor], boxes[link.task])
    event = window.x(kickoff.starts_date)
    event_width = window.x(kickoff.ends_date + timedelta(days=1)) - event
    return Gantt(
        plan=plan,
        window=window,
        groups=groups,
        weeks=[Week(x, day, _mark(kickoff, day)) for x, day in gantt.weeks(window)],
        height=top,
        weekends=gantt.weekends(window, top),
        holidays=gantt.holidays(tops, window),
        links=lines[False],
        critical_links=lines[True],
        event=gantt.Box(event, gantt.HEAD, event_width),
        today_x=window.x(today) + window.day // 2 if window.shows(today, today) else None,
        hidden=len(plan.tasks) - len(shown),
    )


def _critical(plan: Plan, steps: Sequence[rules.Step], today: date) -> set[int]:
    """Open tasks that cannot slip by a day before the event begins, or a date set by hand."""
    latest = rules.latest_dates(steps, plan.links, plan.kickoff.starts_date)
    return {
        key
        for key, day in latest.items()
        if day <= max(plan.tasks[key].due_date, today) and not plan.tasks[key].is_done
    }


def _mark(kickoff: Kickoff, day: date) -> str:
    """The week of a Monday, counted from that of the first day."""
    begins = kickoff.starts_date - timedelta(days=kickoff.starts_date.weekday())
    number = (day - begins).days // 7
    return f"T{'−' if number < 0 else '+'}{abs(number)}" if number else "T"
