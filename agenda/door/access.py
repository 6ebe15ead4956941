from django.shortcuts import get_object_or_404

from agenda.door.models import BadgeRun, Doorkeeper
from agenda.door.queries import runs_of
from events.attendance.models import Attendee
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def door_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who has its door: planners, and whom a planner named, while
    it is open. One query.

    :raises Http404: there is none, it is a draft, or the door is not theirs
    """
    shown = Kickoff.objects.shown_to_people()
    if not person.is_planner:
        shown = shown.filter(doorkeepers__person=person, status=Kickoff.Status.OPEN)
    return get_object_or_404(shown, slug=slug)


def keeper_or_404(kickoff: Kickoff, keeper_id: int) -> Doorkeeper:
    """:raises Http404: nobody of this number has the door of this kickoff"""
    return get_object_or_404(
        Doorkeeper.objects.select_related("person"), kickoff=kickoff, pk=keeper_id
    )


def attendee_at_door_or_404(person: Person, slug: str, attendee_id: int) -> Attendee:
    """
    Somebody on the roster, for whoever has the door.

    :raises Http404: the door is not theirs, or nobody on this roster is meant
    """
    kickoff = door_or_404(person, slug)
    attendees = Attendee.objects.select_related("person", "kickoff")
    return get_object_or_404(attendees, kickoff=kickoff, pk=attendee_id)


def badge_run_or_404(person: Person, slug: str, run_id: int) -> BadgeRun:
    """
    A file of badges that was asked for, for planners.

    :raises Http404: the person is no planner, or it is of another kickoff
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    run = get_object_or_404(runs_of(kickoff), pk=run_id)
    run.kickoff = kickoff
    return run
