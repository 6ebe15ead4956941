from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.once import once
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff
from events.planning.models import (
    PlanningTask,
    PlanningTaskQuerySet,
    Workstream,
    WorkstreamOwner,
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

    workstream: Workstream
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
    owners = _owners(kickoff)
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
        Strand(stream, owners.get(stream.value), counts.get(stream.value, none))
        for stream in Workstream
    ]


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


NOT_LATE = Check("planning.late", Phase.BEFORE, 3, gettext_lazy("Timeline: what comes after waits"))
OWNED = Check(
    "planning.owners", Phase.BEFORE, 3, gettext_lazy("Guide: workstreams with one owner each")
)


@checks(NOT_LATE, OWNED)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Late tasks, and workstreams that nobody answers for. A kickoff without tasks has neither."""
    url = reverse("events:planning:list", kwargs={"slug": kickoff.slug})
    found = strands(kickoff, kickoff.local_date(at))
    if not any(strand.counts.total for strand in found):
        yield Finding(
            NOT_LATE,
            Severity.IMPROVE,
            _("The timeline is empty."),
            why=_("What nobody wrote down is remembered too late."),
            mend_label=_("Add the first task"),
            mend_url=url,
        )
        return
    late, total = (
        sum(strand.counts.late for strand in found),
        sum(strand.counts.total for strand in found),
    )
    yield _late_tasks(late, total, url)
    orphans = [strand for strand in found if strand.owner is None]
    yield _orphan_workstreams(orphans, len(found), url)


@once
def _owners(kickoff: Kickoff) -> dict[str, Person]:
    rows = WorkstreamOwner.objects.filter(kickoff=kickoff).select_related("person")
    return {row.workstream: row.person for row in rows}


def _answered(kickoff: Kickoff, rows: PlanningTaskQuerySet) -> list[PlanningTask]:
    owners = _owners(kickoff)
    tasks = list(rows.select_related("owner"))
    for task in tasks:
        task.kickoff = kickoff
        task.workstream_owner = owners.get(task.workstream)
    return tasks


def _late_tasks(late: int, total: int, url: str) -> Finding:
    if not late:
        return Finding(NOT_LATE, Severity.MET, _("No planning task is late."))
    return Finding(
        NOT_LATE,
        Severity.IMPROVE,
        ngettext("%(count)d task is late.", "%(count)d tasks are late.", late) % {"count": late},
        why=_("What comes after it waits."),
        mend_label=_("Open the timeline"),
        mend_url=url,
        share=1 - late / total,
    )


def _orphan_workstreams(orphans: list[Strand], total: int, url: str) -> Finding:
    if not orphans:
        return Finding(OWNED, Severity.MET, _("Each workstream has an owner."))
    names = ", ".join(str(strand.workstream.label) for strand in orphans)
    return Finding(
        OWNED,
        Severity.IMPROVE,
        ngettext(
            "%(count)d workstream has no owner.",
            "%(count)d workstreams have no owner.",
            len(orphans),
        )
        % {"count": len(orphans)},
        why=_("%(names)s: one person has to answer for each.") % {"names": names},
        mend_label=_("Name an owner"),
        mend_url=url,
        share=1 - len(orphans) / total,
    )


def _counts(today: date) -> dict[str, Count]:
    return {
        "total": Count("pk"),
        "open": Count("pk", filter=Q(done_at=None)),
        "late": Count("pk", filter=Q(done_at=None, due_date__lt=today)),
    }
