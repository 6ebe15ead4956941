from django.shortcuts import get_object_or_404

from agenda.rooms.models import Room
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.models import Person


def room_or_404(person: Person, slug: str, room_id: int) -> Room:
    """
    A room of this kickoff, for somebody who plans it.

    :raises Http404: there is none under this kickoff, or the person is no planner
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    room = get_object_or_404(Room, kickoff=kickoff, pk=room_id)
    room.kickoff = kickoff
    return room
