"""One task on its page: why it is due when it is, what stands around it, who may talk about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Value

from core.due.rules import Calendar
from events.kickoff.models import Kickoff
from events.planning import rules
from events.planning.models import (
    Dependency,
    PlanningTask,
    TaskComment,
    TaskFile,
    TaskItem,
    Timeline,
    WorkstreamOwner,
)
from events.planning.queries.plan import place_of_work
from people.accounts.models import Person
from people.calendar.queries import calendars_at
from people.org.queries import here


@dataclass(frozen=True, slots=True)
class Marks:
    """How much stands on a task: steps that are open, all of them, and comments."""

    open_items: int = 0
    items: int = 0
    comments: int = 0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A task on the other end of a link; `holds` where it is why this one is later than its offset."""

    task: PlanningTask
    lag_days: int
    holds: bool = False


@dataclass(frozen=True, slots=True)
class TaskPage:
    """What the page of a task shows beside the task itself."""

    why: rules.Why | None  # None where its date was set by hand, or the plan's is not known
    rest: rules.Rest | None
    slip: int | None  # working days since the baseline; None where it has none
    waits_for: Sequence[Neighbour]
    holds_up: Sequence[Neighbour]
    items: Sequence[TaskItem]
    comments: Sequence[TaskComment]
    files: Sequence[TaskFile]

    @property
    def open_items(self) -> int:
        return sum(not item.is_done for item in self.items)


def marks_of(tasks: Iterable[PlanningTask]) -> Mapping[int, Marks]:
    """
    What stands on some tasks, by id; those with nothing are left out. One query. Of a whole plan a
    queryset is asked: hundreds of numbers are slow to put into a statement.
    """
    # Any, since a lookup takes a queryset or numbers
    ids: Any = [one.pk for one in tasks] if not isinstance(tasks, QuerySet) else tasks.order_by()
    none = Value(0, IntegerField())
    items = (
        TaskItem.objects.filter(task__in=ids)
        .order_by()
        .values_list("task")
        .annotate(open=Count("pk", filter=Q(done_at=None)), all=Count("pk"), said=none)
    )
    comments = (
        TaskComment.objects.filter(task__in=ids)
        .order_by()
        .values_list("task")
        .annotate(open=none, all=none, said=Count("pk"))
    )
    found: dict[int, Marks] = {}
    for task, open_items, every, said in items.union(comments, all=True):
        before = found.get(task, Marks())
        found[task] = Marks(
            before.open_items + open_items, before.items + every, before.comments + said
        )
    return found


def page_of(task: PlanningTask) -> TaskPage:
    """The page of a task: at most six queries, however much stands on it."""
    calendar = _calendar_of(task)
    why = _why(task, calendar)
    slip = None
    if task.baseline_date is not None:
        slip = rules.working_days_between(task.baseline_date, task.due_date, calendar)
    links = list(
        Dependency.objects.filter(Q(task=task) | Q(predecessor=task))
        .select_related("predecessor__owner", "task__owner")
        .order_by("pk")
    )
    before = sorted(
        (one for one in links if one.task_id == task.pk), key=lambda one: one.predecessor.due_date
    )
    after = sorted(
        (one for one in links if one.task_id != task.pk), key=lambda one: one.task.due_date
    )
    return TaskPage(
        why=why,
        rest=why.rest(calendar) if why else None,
        slip=slip,
        waits_for=[
            Neighbour(one.predecessor, one.lag_days, _holds(one, task, why, calendar))
            for one in before
        ],
        holds_up=[Neighbour(one.task, one.lag_days) for one in after],
        items=list(task.items.all()),
        comments=list(task.comments.select_related("author")),
        files=list(task.files.select_related("file__added_by")),
    )


def mentionable(kickoff: Kickoff, at: datetime) -> QuerySet[Person]:
    """Who may be mentioned on tasks: planners, and whoever answers for something of the plan."""
    people: QuerySet[Person] = Person.objects.filter(here(at))
    allowed = _owners(kickoff) | Q(role=Person.Role.PLANNER)
    return people.filter(allowed).order_by("full_name", "pk")


def digest_readers(kickoff: Kickoff, at: datetime) -> QuerySet[Person]:
    """Who gets the weekly digest: whoever answers for something of the plan, and the sponsors."""
    people: QuerySet[Person] = Person.objects.filter(here(at))
    wanted = _owners(kickoff) | Q(pk=kickoff.owner_id) | Q(role=Person.Role.EXECUTIVE)
    return people.filter(wanted).order_by("pk")


def reads_whole_plan(person: Person) -> bool:
    """Whether somebody may read of every task how it stands; others read of their own."""
    return person.is_planner or person.is_executive


def own_data(person: Person) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """What somebody said on tasks, for the file that they may take with them. One query."""
    said = TaskComment.objects.filter(author=person).order_by("pk")
    yield (
        "task_comments",
        list(said.values("task__kickoff__name", "task__title", "text", "written_at", "edited_at")),
    )


def answers_for_some(kickoff: Kickoff, person: Person) -> bool:
    """Whether somebody answers for a task or a workstream of a kickoff. One query."""
    found: bool = Person.objects.filter(_owners(kickoff), pk=person.pk).exists()
    return found


def _owners(kickoff: Kickoff) -> Q:
    tasks = PlanningTask.objects.filter(kickoff=kickoff, owner__isnull=False)
    streams = WorkstreamOwner.objects.filter(kickoff=kickoff, person__isnull=False)
    return Q(pk__in=tasks.values("owner")) | Q(pk__in=streams.values("person"))


def _calendar_of(task: PlanningTask) -> Calendar:
    place = place_of_work(task.answerable)
    return calendars_at([place])[place]


def _why(task: PlanningTask, calendar: Calendar) -> rules.Why | None:
    if task.is_by_hand or task.counts is None:
        return None
    plan: date | None = None
    if task.counts.counts_from.is_of_plan:
        timeline = Timeline.objects.filter(kickoff=task.kickoff).first()
        plan = timeline.plan_date if timeline else None
        if plan is None:
            return None
    frame = rules.Frame(task.kickoff.starts_date, task.kickoff.ends_date, plan)
    return rules.why(task.counts, frame, calendar)


def _holds(link: Dependency, task: PlanningTask, why: rules.Why | None, calendar: Calendar) -> bool:
    if why is None or task.is_done or task.due_date <= why.due:
        return False
    step = rules.Step(task.pk, task.due_date, task.takes_days, why.due, calendar)
    return rules.earliest_due(step, link.predecessor.due_date, link.lag_days) >= task.due_date
