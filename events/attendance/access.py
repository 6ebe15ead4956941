from datetime import datetime

from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import get_object_or_404

from events.attendance import queries
from events.attendance.models import Attendee, SeatRequest
from events.kickoff.access import kickoff_or_404, kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.org.access import sees_everybody


def roster_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who may read its whole roster: planners, RevOps, executives.

    :raises Http404: there is none, or the person is none of these
    """
    if not sees_everybody(person):
        raise Http404
    return kickoff_or_404(person, slug)


def attendee_to_plan_or_404(person: Person, slug: str, attendee_id: int) -> Attendee:
    """
    Somebody on a roster, for a planner.

    :raises Http404: the person is no planner, or nobody on this roster is meant
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    attendees = Attendee.objects.select_related("person", "kickoff")
    return get_object_or_404(attendees, kickoff=kickoff, pk=attendee_id)


def own_attendance_or_404(person: Person, slug: str) -> Attendee:
    """
    A person's own place on a roster.

    :raises Http404: they have none, or the kickoff is a draft still
    """
    kickoff = kickoff_or_404(person, slug)
    attendees = Attendee.objects.select_related("person", "kickoff")
    found = get_object_or_404(attendees, kickoff=kickoff, person=person)
    if not kickoff.is_shown_to_people:
        raise Http404
    return found


def link_or_404(token: str, at: datetime) -> Attendee | None:
    """
    Whose link to answer by it is, for whoever holds it; None where it holds no more.

    :raises Http404: it was not signed here
    """
    try:
        return queries.attendee_of(token, at)
    except (BadSignature, ValueError) as error:
        raise Http404 from error


def seat_request_to_decide_or_404(person: Person, slug: str, request_id: int) -> SeatRequest:
    """
    Somebody's wish for a place by a forwarded link, for a planner.

    :raises Http404: the person is no planner, or there is none here
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    asked = SeatRequest.objects.select_related("person", "attendee__kickoff")
    return get_object_or_404(asked, attendee__kickoff=kickoff, pk=request_id)
