from django.http import Http404

from agenda.rooms.models import Room
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.models import Person


def room_or_404(person: Person, slug: str, room_id: int) -> Room:
    """
    A room of this kickoff, for somebody who plans it.

    :raises Http404: there is none under this kickoff, or the person is no planner
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    room = Room.objects.filter(kickoff=kickoff, pk=room_id).first()
    if room is None:
        raise Http404
    room.kickoff = kickoff
    return room
