from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.ui.figures import day
from events.attendance.models import Attendee, AttendeeQuerySet
from events.kickoff.access import (
    kickoff_as_attendee_or_404,
    kickoff_or_404,
    kickoff_to_plan_or_404,
    kickoffs_attended_by,
)
from events.kickoff.models import Kickoff
from events.prework import queries
from events.prework.models import Assignment, AssignmentFile, PreworkItem, PreworkItemQuerySet
from people.accounts.models import Person
from people.org.queries import is_in_line, line_of
from people.search.hooks import Found, Search


def assignment_or_404(person: Person, slug: str, assignment_id: int) -> Assignment:
    """
    An assignment of a kickoff that the person plans.

    :raises Http404: the person is no planner, or the assignment is not of this kickoff
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    assignments = Assignment.objects.select_related("bet", "segment_region")
    assignment = get_object_or_404(assignments, pk=assignment_id, kickoff=kickoff)
    assignment.kickoff = kickoff
    return assignment


def own_item_or_404(person: Person, slug: str, item_id: int) -> PreworkItem:
    """
    A person's own copy of an assignment, withdrawn ones too.

    :raises Http404: it is somebody else's, or the person does not see the kickoff
    """
    kickoff = kickoff_as_attendee_or_404(person, slug)
    item = get_object_or_404(_items(kickoff), pk=item_id, person=person)
    item.assignment.kickoff = kickoff
    return item


def line_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for a manager who follows their line's pre-work.

    :raises Http404: nobody below them takes part, or they do not see the kickoff
    """
    kickoff = kickoff_or_404(person, slug)
    line = Attendee.objects.filter(kickoff=kickoff, person__in=line_of(person))
    if not kickoff.is_shown_to_people or not line.exists():
        raise Http404
    return kickoff


def people_or_404(person: Person, slug: str, at: datetime) -> tuple[Kickoff, AttendeeQuerySet]:
    """
    The kickoff and those whose pre-work somebody may look through: everybody for a planner, their
    line for a manager.

    :raises Http404: the person is neither
    """
    if person.is_planner:
        kickoff = kickoff_to_plan_or_404(person, slug)
        return kickoff, queries.everybody_at(kickoff, at)
    kickoff = line_or_404(person, slug)
    return kickoff, queries.everybody_at(kickoff, at).filter(person__in=line_of(person))


def submission_or_404(person: Person, slug: str, item_id: int) -> PreworkItem:
    """
    What somebody handed in, for a planner and for the managers up their line.

    :raises Http404: it is neither the planner nor a manager of theirs
    """
    kickoff = kickoff_or_404(person, slug)
    item = get_object_or_404(_items(kickoff), pk=item_id)
    if not (person.is_planner or is_in_line(person, item.person_id)):
        raise Http404
    item.assignment.kickoff = kickoff
    return item


def file_or_404(person: Person, slug: str, file_id: int) -> AssignmentFile:
    """
    A file that comes with an assignment: for planners, whoever has it, and managers up their line.

    :raises Http404: the person is none of them
    """
    kickoff = kickoff_or_404(person, slug)
    files = AssignmentFile.objects.select_related("file", "assignment")
    held = get_object_or_404(files, pk=file_id, assignment__kickoff=kickoff)
    items = PreworkItem.objects.filter(assignment=held.assignment)
    theirs = Q(person=person) | Q(person__in=line_of(person))
    if not (person.is_planner or items.filter(theirs).exists()):
        raise Http404
    held.assignment.kickoff = kickoff
    return held


def file_to_plan_or_404(person: Person, slug: str, file_id: int) -> AssignmentFile:
    """
    A file that comes with an assignment, for a planner who takes it away.

    :raises Http404: the person is no planner, or it is of another kickoff
    """
    kickoff_to_plan_or_404(person, slug)
    return file_or_404(person, slug, file_id)


def thread_or_404(person: Person, slug: str, item_id: int) -> PreworkItem:
    """
    What somebody handed in, for all who may comment on it: they, a planner, managers up their line.

    :raises Http404: the person is none of them
    """
    kickoff = kickoff_or_404(person, slug)
    if not _items(kickoff).filter(pk=item_id, person=person).exists():
        return submission_or_404(person, slug, item_id)
    return own_item_or_404(person, slug, item_id)


def find_prework(search: Search) -> Iterator[Found]:
    """What a person has to do before a kickoff; then, for planners, what others have. Two queries."""
    mine = PreworkItem.objects.not_withdrawn().filter(
        person=search.person, assignment__kickoff__in=kickoffs_attended_by(search.person)
    )
    mine = mine.select_related("assignment__kickoff").order_by("-assignment__due_at", "pk")
    for item in search.among(mine, "assignment__title"):
        ids = {"slug": item.assignment.kickoff.slug, "item_id": item.pk}
        url = reverse("events:prework:item", kwargs=ids)
        yield _found(_("My pre-work"), item.assignment, item.get_state_display(), url)
    if not search.person.is_planner:
        return
    every = Assignment.objects.select_related("kickoff").order_by("-due_at", "pk")
    for assignment in search.among(every, "title"):
        page = "edit" if assignment.is_draft else "missing"
        ids = {"slug": assignment.kickoff.slug, "assignment_id": assignment.pk}
        url = reverse(f"events:prework:{page}", kwargs=ids)
        state = gettext("draft") if assignment.is_draft else ""
        yield _found(_("Pre-work"), assignment, state, url)


def _found(kind: object, assignment: Assignment, state: str, url: str) -> Found:
    due = gettext("due %(day)s") % {"day": day(assignment.due_date)}
    detail = " · ".join(said for said in (state, due, assignment.kickoff.name) if said)
    return Found(kind, assignment.title, detail, url, "book")


def _items(kickoff: Kickoff) -> PreworkItemQuerySet:
    return PreworkItem.objects.filter(assignment__kickoff=kickoff).select_related(
        "assignment__bet", "assignment__quiz_topic", "accepted", "file", "person"
    )
