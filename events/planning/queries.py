from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from events.kickoff.models import Kickoff
from events.planning.models import (
    PlanningTask,
    PlanningTaskQuerySet,
    Workstream,
    WorkstreamOwner,
)
from people.accounts.models import Person


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

    workstream: Workstream
    owner: Person | None
    counts: TaskCounts


def tasks_of(kickoff: Kickoff) -> PlanningTaskQuerySet:
    """The tasks of a kickoff with their owners, the earliest due first."""
    return PlanningTask.objects.filter(kickoff=kickoff).select_related("owner")


def next_tasks(kickoff: Kickoff, limit: int = 5) -> list[PlanningTask]:
    """The open tasks that are due first, late ones before all. One query."""
    return list(tasks_of(kickoff).open()[:limit])


def task_counts(kickoff: Kickoff, today: date) -> TaskCounts:
    """How many tasks there are, are open and are late on a date at the venue. One query."""
    found = PlanningTask.objects.filter(kickoff=kickoff).aggregate(**_counts(today))
    return TaskCounts(**found)


def strands(kickoff: Kickoff, today: date) -> list[Strand]:
    """Every workstream, with its owner and its counts. Two queries."""
    owners = {
        row.workstream: row.person
        for row in WorkstreamOwner.objects.filter(kickoff=kickoff).select_related("person")
    }
    rows = (
        PlanningTask.objects.filter(kickoff=kickoff)
        .order_by()
        .values("workstream")
        .annotate(**_counts(today))
    )
    counts = {row.pop("workstream"): TaskCounts(**row) for row in rows}
    none = TaskCounts(0, 0, 0)
    return [
        Strand(stream, owners.get(stream.value), counts.get(stream.value, none))
        for stream in Workstream
    ]


def possible_owners(kickoff: Kickoff) -> QuerySet[Person]:
    """Who may be asked to own planning work: everybody active but those who sell or visit."""
    busy = [
        Person.Function.SALES,
        Person.Function.SALES_ENGINEERING,
        Person.Function.CUSTOMER_SUCCESS,
        Person.Function.GUEST,
    ]
    owning = Q(planning_tasks__kickoff=kickoff)
    return Person.objects.active().filter(~Q(function__in=busy) | ~Q(role="") | owning).distinct()


def _counts(today: date) -> dict[str, Count]:
    return {
        "total": Count("pk"),
        "open": Count("pk", filter=Q(done_at=None)),
        "late": Count("pk", filter=Q(done_at=None, due_date__lt=today)),
    }
