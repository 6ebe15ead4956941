from django.http import Http404
from django.shortcuts import get_object_or_404

from events.kickoff.models import Kickoff
from people.accounts.models import Person


def kickoff_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff if the person may see it at all: planners, RevOps and executives see each one,
    others those on whose roster they are, once it is no draft.

    :raises Http404: there is none, or it is not theirs to see
    """
    kickoff = get_object_or_404(Kickoff, slug=slug)
    if person.is_planner or person.is_revops or person.is_executive:
        return kickoff
    if kickoff.is_shown_to_people and kickoff.attendees.filter(person=person).exists():
        return kickoff
    raise Http404


def kickoff_as_attendee_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody on its roster, once it is shown to people.

    :raises Http404: there is none, or the person is not on the roster
    """
    mine = Kickoff.objects.shown_to_people().filter(attendees__person=person)
    return get_object_or_404(mine, slug=slug)


def kickoff_to_plan_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who plans it.

    :raises Http404: there is none, or the person is no planner
    """
    planner_or_404(person)
    return get_object_or_404(Kickoff, slug=slug)


def planner_or_404(person: Person) -> None:
    """
    The gate of pages that plan without a kickoff: there is none yet.

    :raises Http404: the person is no planner
    """
    if not person.is_planner:
        raise Http404


def kickoff_to_watch_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who plans it, or watches it as executive sponsor.

    :raises Http404: there is none, or the person is neither
    """
    if not (person.is_planner or person.is_executive):
        raise Http404
    return get_object_or_404(Kickoff, slug=slug)
