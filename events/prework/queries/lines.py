"""Rows of long lists, as the plain values that a page draws them by: a model would be drawn anew."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.ui.figures import moment
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.prework.models import Assignment, PreworkItem
from events.prework.rules import Progress


@dataclass(frozen=True, slots=True)
class State:
    """How far something is, as the shape and the word of a page."""

    shape: str
    word: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One thing that somebody has to do; `url` leads to what they handed in, or is empty."""

    title: str
    state: State
    url: str
    is_optional: bool  # so it is not among those that are counted


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person, how far they have come, and with what."""

    key: int
    name: str
    note: str
    done: int
    total: int
    items: tuple[ItemLine, ...]
    nudge_url: str  # where their manager reminds them of what is late; else empty


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One person's copy of an assignment."""

    name: str
    note: str
    url: str
    region: str
    team: str
    manager: str
    state: State
    done: str


def state_of(item: PreworkItem, at: datetime) -> State:
    """How far an item is. Asks nothing where its assignment is at hand."""
    if item.is_done:
        return State("done", _("Done late") if item.was_late else _("Done"))
    if item.state == PreworkItem.State.RETURNED:
        return State("soon", _("Asked again"))
    if item.is_late(at):
        return State("late", _("Overdue"))
    return State("wait", _("Not done"))


def person_lines(
    kickoff: Kickoff,
    attendees: Sequence[Attendee],
    at: datetime,
    nudges: Mapping[int, str],
) -> list[PersonLine]:
    """
    Some people with what each has to do, in the order of due times, and where who is late can be
    reminded. Two queries.
    """
    by_person = items_by_person(kickoff, [one.person_id for one in attendees])
    return [
        _person_line(kickoff, one, by_person.get(one.person_id, ()), at, nudges)
        for one in attendees
    ]


def items_by_person(kickoff: Kickoff, person_ids: Iterable[int]) -> dict[int, list[PreworkItem]]:
    """What some people have to do, by person, each in the order of due times. Two queries."""
    assigned = {
        one.pk: one
        for one in Assignment.objects.assigned()
        .filter(kickoff=kickoff)
        .select_related("kickoff")
        .defer("body", "instructions")
    }
    found: dict[int, list[PreworkItem]] = defaultdict(list)
    items = PreworkItem.objects.filter(person_id__in=list(person_ids), assignment__in=assigned)
    for item in items.order_by().only("person_id", "assignment_id", "state", "done_at"):
        item.assignment = assigned[item.assignment_id]
        found[item.person_id].append(item)
    for theirs in found.values():
        theirs.sort(key=lambda item: (item.assignment.due_at, item.pk))
    return dict(found)


def copy_lines(
    assignment: Assignment, items: QuerySet[PreworkItem] | Sequence[PreworkItem], at: datetime
) -> list[CopyLine]:
    """Copies of one assignment, with their people, regions, teams and managers. Asks nothing."""
    slug, zone = assignment.kickoff.slug, assignment.kickoff.zone
    lines = []
    for item in items:
        person, item.assignment = item.person, assignment
        is_begun = item.is_done or item.text or item.link
        lines.append(
            CopyLine(
                name=person.full_name,
                note=person.job_title,
                url=reverse("events:prework:submission", args=[slug, item.pk]) if is_begun else "",
                region=person.region.name if person.region else "–",
                team=person.team.name if person.team else "–",
                manager=person.manager.full_name if person.manager else "–",
                state=state_of(item, at),
                done=moment(item.done_at, zone) if item.done_at else "",
            )
        )
    return lines


def _person_line(
    kickoff: Kickoff,
    attendee: Attendee,
    items: Sequence[PreworkItem],
    at: datetime,
    nudges: Mapping[int, str],
) -> PersonLine:
    owed = [item for item in items if not item.assignment.is_optional]
    progress = Progress(len(owed), sum(item.is_done for item in owed))
    return PersonLine(
        key=attendee.person_id,
        name=attendee.person.full_name,
        note=attendee.person.job_title,
        done=progress.done,
        total=progress.total,
        items=tuple(
            ItemLine(
                title=item.assignment.title,
                state=state_of(item, at),
                url=reverse("events:prework:submission", args=[kickoff.slug, item.pk])
                if item.is_done
                else "",
                is_optional=item.assignment.is_optional,
            )
            for item in items
        ),
        nudge_url=nudges.get(attendee.person_id, "")
        if any(item.is_late(at) for item in items)
        else "",
    )
