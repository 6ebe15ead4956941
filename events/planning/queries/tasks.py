from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from core.once import once
from events.kickoff.models import Kickoff
from events.planning.models import (
    PlanningTask,
    PlanningTaskQuerySet,
    Workstream,
    WorkstreamOwner,
    workstream_name,
)
from people.accounts.models import Person
from people.org.queries import here


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How many tasks a kickoff has; late ones are open too."""

    total: int
    open: int
    late: int

    @property
    def done(self) -> int:
        return self.total - self.open


@dataclass(frozen=True, slots=True)
class Strand:
    """One workstream with its owner, if it has one, and how it stands."""

    workstream: str
    name: str
    owner: Person | None
    counts: TaskCounts


def tasks_of(kickoff: Kickoff) -> list[PlanningTask]:
    """The tasks of a kickoff with who answers for them, the earliest due first. Two queries."""
    return _answered(kickoff, PlanningTask.objects.filter(kickoff=kickoff))


def next_tasks(kickoff: Kickoff, limit: int = 5) -> list[PlanningTask]:
    """The open tasks that are due first, late ones before all. Two queries."""
    return _answered(kickoff, PlanningTask.objects.filter(kickoff=kickoff).open()[:limit])


def task_of(kickoff: Kickoff, task_id: int) -> PlanningTask | None:
    """One task of a kickoff with who answers for it, if there is one. Two queries."""
    return next(
        iter(_answered(kickoff, PlanningTask.objects.filter(kickoff=kickoff, pk=task_id))), None
    )


def task_counts(kickoff: Kickoff, today: date) -> TaskCounts:
    """How many tasks there are, are open and are late on a date at the venue. One query."""
    found = PlanningTask.objects.filter(kickoff=kickoff).aggregate(**_counts(today))
    return TaskCounts(**found)


def strands(kickoff: Kickoff, today: date) -> list[Strand]:
    """Every workstream, with its owner and its counts. Two queries."""
    owners = owners_of(kickoff)
    rows: Any = (
        PlanningTask.objects.filter(kickoff=kickoff)
        .order_by()
        .values("workstream")
        .annotate(**_counts(today))
    )
    counts = {
        row["workstream"]: TaskCounts(total=row["total"], open=row["open"], late=row["late"])
        for row in rows
    }
    none = TaskCounts(0, 0, 0)
    return [
        Strand(stream, workstream_name(stream), owners.get(stream), counts.get(stream, none))
        for stream in dict.fromkeys([*Workstream.values, *sorted(owners), *sorted(counts)])
    ]


def workstreams_of(kickoff: Kickoff) -> list[tuple[str, str]]:
    """The workstreams of a kickoff with their names: the four, then those that were added. One query."""
    values = dict.fromkeys([*Workstream.values, *sorted(owners_of(kickoff))])
    return [(value, workstream_name(value)) for value in values]


def possible_owners(kickoff: Kickoff, at: datetime) -> QuerySet[Person]:
    """Who may be asked to own planning work: everybody still here but those who sell or visit."""
    busy = [
        Person.Function.SALES,
        Person.Function.SALES_ENGINEERING,
        Person.Function.CUSTOMER_SUCCESS,
        Person.Function.GUEST,
    ]
    owning = Q(planning_tasks__kickoff=kickoff)
    people: QuerySet[Person] = Person.objects.filter(here(at))
    return people.filter(~Q(function__in=busy) | ~Q(role="") | owning).distinct()


def owner_options(kickoff: Kickoff, at: datetime) -> tuple[tuple[int, str], ...]:
    """Those who may own planning work, as a list to choose from says them. One query."""
    people = possible_owners(kickoff, at).order_by("full_name", "pk")
    return tuple(people.values_list("pk", "full_name"))


@once
def owners_of(kickoff: Kickoff) -> dict[str, Person | None]:
    """Who answers for each workstream that is owned or was added. One query."""
    rows = WorkstreamOwner.objects.filter(kickoff=kickoff).select_related("person")
    return {row.workstream: row.person for row in rows}


def _answered(kickoff: Kickoff, rows: PlanningTaskQuerySet) -> list[PlanningTask]:
    owners = owners_of(kickoff)
    tasks = list(rows.select_related("owner"))
    for task in tasks:
        task.kickoff = kickoff
        task.workstream_owner = owners.get(task.workstream)
    return tasks


def _counts(today: date) -> dict[str, Count]:
    return {
        "total": Count("pk"),
        "open": Count("pk", filter=Q(done_at=None)),
        "late": Count("pk", filter=Q(done_at=None, due_date__lt=today)),
    }
