from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.minute import for_a_minute
from core.once import once
from events.attendance.hooks import Facts
from events.attendance.models import Attendee, AttendeeQuerySet
from events.kickoff.models import Kickoff
from events.prework import rules
from events.prework.models import (
    Assignment,
    AssignmentQuerySet,
    ItemComment,
    PreworkItem,
    PreworkItemQuerySet,
)
from events.prework.rules import Progress
from people.accounts.models import Person
from people.org.queries import line_of


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One assignment and how far everybody has come with it."""

    assignment: Assignment
    progress: Progress
    is_over: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """All pre-work of a kickoff, the earliest due first, and the one that holds it back."""

    rows: Sequence[BoardRow]
    progress: Progress
    slowest: BoardRow | None


@for_a_minute
def board(kickoff: Kickoff, at: datetime) -> list[BoardRow]:
    """Every assignment of a kickoff, drafts and withdrawn ones too. One query."""
    return _rows(Assignment.objects.all(), kickoff, at)


@once
def prework_summary(kickoff: Kickoff, at: datetime) -> Summary:
    """What is assigned and how much of it is done, for a home. One query."""
    owed = Assignment.objects.assigned().filter(is_optional=False)
    return summary_of(_rows(owed, kickoff, at))


def summary_of(rows: Sequence[BoardRow]) -> Summary:
    """How far everybody has come with all of some assignments, the optional ones left out."""
    rows = [one for one in rows if one.assignment.is_assigned and not one.assignment.is_optional]
    told = [row for row in rows if row.progress.total]
    place = rules.slowest([row.progress.share for row in told])
    return Summary(
        rows=rows,
        progress=Progress(
            total=sum(row.progress.total for row in rows),
            done=sum(row.progress.done for row in rows),
            late=sum(row.progress.late for row in rows),
        ),
        slowest=None if place is None else told[place],
    )


def prework_for(person: Person, kickoff: Kickoff) -> list[PreworkItem]:
    """What one person has to do, what is not done first, then by due time. One query."""
    items = (
        PreworkItem.objects.of_people(kickoff, [person.pk])
        .select_related("assignment__bet")
        .order_by("assignment__due_at", "pk")
    )
    return sorted(items, key=lambda item: item.is_done)


def prework_counts(
    kickoff: Kickoff, person_ids: Iterable[int], at: datetime
) -> dict[int, Progress]:
    """How far each of some people has come; whoever has nothing to do is left out. One query."""
    is_done = Q(state=PreworkItem.State.DONE)
    rows = (
        PreworkItem.objects.of_people(kickoff, person_ids)
        .filter(assignment__is_optional=False)
        .order_by()
        .values("person_id")
        .annotate(
            total=Count("pk"),
            done=Count("pk", filter=is_done),
            late=Count("pk", filter=~is_done & Q(assignment__due_at__lte=at)),
        )
    )
    return {
        row["person_id"]: Progress(total=row["total"], done=row["done"], late=row["late"])
        for row in rows
    }


def items_of(assignment: Assignment, at: datetime) -> PreworkItemQuerySet:
    """The copies of an assignment of all who take part, with what a list says of a person."""
    items = PreworkItem.objects.filter(assignment=assignment).of_roster(assignment.kickoff, at)
    # What a line says and no more: the database sorts all of them for one page
    return items.select_related("person__region", "person__team", "person__manager").only(
        "assignment",
        "state",
        "done_at",
        "text",
        "link",
        "person__full_name",
        "person__job_title",
        "person__region__name",
        "person__team__name",
        "person__manager__full_name",
    )


def thread_of(item: PreworkItem) -> list[ItemComment]:
    """What was said about what somebody handed in, the first first. One query."""
    return list(item.comments.select_related("author"))


def line_at(kickoff: Kickoff, manager: Person, at: datetime) -> AttendeeQuerySet:
    """Those below a manager who take part in a kickoff."""
    return (
        Attendee.objects.filter(kickoff=kickoff, person__in=line_of(manager))
        .taking_part(at)
        .select_related("person")
    )


def table(
    kickoff: Kickoff, people: AttendeeQuerySet
) -> tuple[list[Assignment], Iterator[tuple[Attendee, list[PreworkItem | None]]]]:
    """
    What is assigned, and each of some people with their item of each, None where they have none:
    for an export. Three queries.
    """
    assigned = list(Assignment.objects.assigned().filter(kickoff=kickoff))
    items = PreworkItem.objects.filter(assignment__in=assigned, person__in=people.values("person"))
    found = {
        (item.person_id, item.assignment_id): item
        for item in items.only("person_id", "assignment_id", "state", "done_at")
    }
    rows = ((one, [found.get((one.person_id, each.pk)) for each in assigned]) for one in people)
    return assigned, rows


def _rows(assignments: AssignmentQuerySet, kickoff: Kickoff, at: datetime) -> list[BoardRow]:
    there = Attendee.objects.filter(kickoff=kickoff).taking_part(at)
    items = PreworkItem.objects.filter(assignment=OuterRef("pk"), person__in=there.values("person"))
    counted = items.order_by().values("assignment")
    counts: Any = {
        "total": Subquery(counted.values(number=Count("pk"))),
        # What is done has a time, and nothing else has
        "done": Subquery(counted.values(number=Count("done_at"))),
    }
    found: Iterable[Any] = (
        assignments.filter(kickoff=kickoff)
        .select_related("bet", "segment_region", "segment_team")
        .annotate(**counts)
    )
    rows = []
    for assignment in found:
        total, done = assignment.total or 0, assignment.done or 0
        is_over = assignment.is_assigned and assignment.is_over(at) and not assignment.is_optional
        progress = Progress(total, done, late=total - done if is_over else 0)
        rows.append(BoardRow(assignment, progress, is_over))
    return rows


def facts_of(attendee: Attendee, reader: Person, at: datetime) -> Facts | None:
    """How far somebody is with their pre-work, for their page for planners. One query."""
    items = prework_for(attendee.person, attendee.kickoff)
    done = sum(item.state == PreworkItem.State.DONE for item in items)
    said = _("%(done)d of %(total)d done") % {"done": done, "total": len(items)}
    return Facts(_("Pre-work"), [(_("Assigned"), said)]) if items else None


def what_follows(
    kickoff: Kickoff, people: Collection[int], is_leaving: bool, at: datetime
) -> list[str]:
    """What becomes of the pre-work of people who go from a roster. One query."""
    items = PreworkItem.objects.filter(
        assignment__kickoff=kickoff, person__in=people, assignment__withdrawn_at=None
    )
    count = items.exclude(state=PreworkItem.State.DONE).count()
    said = ngettext(
        "%(count)d piece of pre-work is open: it goes if it is not begun, and is kept if it is.",
        "%(count)d pieces of pre-work are open: what is not begun goes, what is begun is kept.",
        count,
    )
    return [said % {"count": count}] if count else []
