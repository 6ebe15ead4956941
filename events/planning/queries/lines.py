"""What every view of a timeline says of its tasks: plain values, worked out in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.urls import reverse

from core.folding import alphabetical
from events.planning import rules
from events.planning.models import PlanningTask, workstream_name
from events.planning.queries.page import Marks, marks_of
from events.planning.queries.plan import Plan
from events.planning.queries.tasks import Strand, TaskCounts


@dataclass(frozen=True, slots=True)
class Line:
    """
    One task. `slack` counts working days that it may slip before the event, or before a date set by
    hand, has to give way; below zero there are too few left. None where nothing limits it.
    """

    key: int
    row: str
    title: str
    workstream: str
    stream: str
    owner_id: int | None
    owner: str
    is_mine: bool
    starts: date
    due: date
    mark: str
    state: rules.State
    is_by_hand: bool
    is_done: bool
    is_late: bool
    waits: str  # what it waits for and is still open, the first of them
    slack: int | None
    is_critical: bool
    steps: str  # 2/5: how many are done, of how many; empty where it has none
    comments: int
    slug: str  # of its kickoff
    is_ticked: bool = False

    def __hash__(self) -> int:
        # Hundreds are looked up at a time: all that a planner changes is in it already
        return hash(self.row)

    @property
    def due_date(self) -> date:
        return self.due

    # Addresses are asked for only when a row is drawn, which it is once
    @property
    def url(self) -> str:
        return self.at("task")

    @property
    def tick_url(self) -> str:
        return self.at("toggle")

    @property
    def place_url(self) -> str:
        return self.at("place")

    def at(self, name: str) -> str:
        """Where something of this task is, by the name of its address."""
        head, tail = address(name, self.slug)
        return f"{head}{self.key}{tail}"

    @property
    def seen(self) -> str:
        """The mark of what planners change (`PlanningTask.seen`)."""
        return self.row.partition("-")[2]

    @property
    def slack_days(self) -> str:
        """The slack as a page says it: 3, or −2."""
        return "" if self.slack is None else str(self.slack).replace("-", "−")


@dataclass(frozen=True)
class Lines:
    """The lines of a whole plan, the earliest due first, with its critical path."""

    plan: Plan
    today: date
    every: Sequence[Line]
    path: rules.Path
    steps: Sequence[rules.Step]

    @property
    def streams(self) -> list[tuple[str, str]]:
        """All workstreams with their names."""
        return [(stream, workstream_name(stream)) for stream in self.plan.workstreams]

    @property
    def owners(self) -> list[tuple[int, str]]:
        """Whoever answers for a task, in the order of their names."""
        people = {line.owner_id: line.owner for line in self.every if line.owner_id is not None}
        return sorted(people.items(), key=lambda pair: alphabetical(pair[1]))


def lines_of(plan: Plan, today: date, person_id: int | None, ticked: Collection[int] = ()) -> Lines:
    """All tasks as `person_id` sees them. One query, and that of the plan's working days."""
    marks, nothing = marks_of(PlanningTask.objects.filter(kickoff=plan.kickoff)), Marks()
    steps = {step.key: step for step in plan.standing}
    done = {key for key, task in plan.tasks.items() if task.is_done}
    still_open = [step for key, step in steps.items() if key not in done]
    path = rules.critical_path(still_open, plan.links, today, plan.kickoff.starts_date)
    waits, critical = _waits(plan, done), path.critical
    names = {stream: workstream_name(stream) for stream in plan.workstreams}
    every = []
    for key, task in plan.tasks.items():
        owner, marked = task.answerable, marks.get(key, nothing)
        owner_id = owner.pk if owner else None
        starts = steps[key].starts
        is_late = key not in done and task.due_date < today
        every.append(
            Line(
                key=key,
                row=task.row,
                title=task.title,
                workstream=task.workstream,
                stream=names[task.workstream],
                owner_id=owner_id,
                owner=owner.full_name if owner else "",
                is_mine=owner_id is not None and owner_id == person_id,
                starts=starts,
                due=task.due_date,
                mark=task.mark,
                state=rules.state_of(key in done, starts, task.due_date, today),
                is_by_hand=task.is_by_hand,
                is_done=key in done,
                is_late=is_late,
                waits=waits.get(key, ""),
                slack=path.slack.get(key),
                is_critical=key in critical,
                steps=f"{marked.items - marked.open_items}/{marked.items}" if marked.items else "",
                comments=marked.comments,
                slug=plan.kickoff.slug,
                is_ticked=key in ticked,
            )
        )
    return Lines(plan, today, every, path, list(steps.values()))


def strands_of(lines: Lines) -> list[Strand]:
    """Every workstream with its owner and counts, as `strands`, of tasks that are read already."""
    counted: dict[str, Counter[str]] = {stream: Counter() for stream in lines.plan.workstreams}
    for line in lines.every:
        counted[line.workstream].update(total=1, open=not line.is_done, late=line.is_late)
    return [
        Strand(
            stream,
            workstream_name(stream),
            lines.plan.owners.get(stream),
            TaskCounts(counts["total"], counts["open"], counts["late"]),
        )
        for stream, counts in counted.items()
    ]


@lru_cache(maxsize=512)
def address(name: str, slug: str) -> tuple[str, str]:
    """What stands before and after a task's number in an address: hundreds of look-ups are slow."""
    head, _zero, tail = reverse(f"events:planning:{name}", args=[slug, 0]).rpartition("/0/")
    return f"{head}/", f"/{tail}"


def _waits(plan: Plan, done: Collection[int]) -> Mapping[int, str]:
    waits: dict[int, str] = {}
    for one in plan.dependencies:
        if one.predecessor_id not in done and one.task_id not in done:
            waits.setdefault(one.task_id, plan.tasks[one.predecessor_id].title)
    return waits
