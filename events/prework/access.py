from django.http import Http404
from django.shortcuts import get_object_or_404

from events.attendance.models import Attendee
from events.kickoff.access import (
    kickoff_as_attendee_or_404,
    kickoff_or_404,
    kickoff_to_plan_or_404,
)
from events.kickoff.models import Kickoff
from events.prework.models import Assignment, PreworkItem, PreworkItemQuerySet
from people.accounts.models import Person
from people.org.queries import is_in_line, line_of


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


def item_to_return_or_404(person: Person, slug: str, item_id: int) -> PreworkItem:
    """
    What somebody handed in, for a planner who asks for it again.

    :raises Http404: the person is no planner, or the item is of another kickoff
    """
    kickoff_to_plan_or_404(person, slug)
    return submission_or_404(person, slug, item_id)


def _items(kickoff: Kickoff) -> PreworkItemQuerySet:
    return PreworkItem.objects.filter(assignment__kickoff=kickoff).select_related(
        "assignment__bet", "person"
    )
