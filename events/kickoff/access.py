from django.http import Http404
from django.shortcuts import get_object_or_404

from events.kickoff.models import Kickoff, KickoffQuerySet
from people.accounts.models import Person


def kickoffs_seen_by(person: Person) -> KickoffQuerySet:
    """
    The kickoffs that a person may see at all: planners, RevOps and executives see each one,
    others those on whose roster they are, once it is no draft.
    """
    if person.is_planner or person.is_revops or person.is_executive:
        return Kickoff.objects.all()
    return kickoffs_attended_by(person)


def kickoffs_attended_by(person: Person) -> KickoffQuerySet:
    """The kickoffs on whose roster a person is, once they are shown to people."""
    return Kickoff.objects.shown_to_people().filter(attendees__person=person)


def kickoff_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff if the person may see it at all.

    :raises Http404: there is none, or it is not theirs to see
    """
    return get_object_or_404(kickoffs_seen_by(person), slug=slug)


def kickoff_as_attendee_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody on its roster, once it is shown to people.

    :raises Http404: there is none, or the person is not on the roster
    """
    return get_object_or_404(kickoffs_attended_by(person), slug=slug)


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
