from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.crypto import constant_time_compare

from agenda.presence import queries, rules
from agenda.rooms.models import Room
from agenda.sessions.access import released_session_or_404
from agenda.sessions.models import ReleasedSession
from events.attendance.access import own_attendance_or_404
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def screen_or_404(person: Person, slug: str, session_id: int) -> tuple[Kickoff, ReleasedSession]:
    """
    A released session for whoever puts its code on the screen: planners, and who speaks or
    facilitates in it.

    :raises Http404: there is none, or the person is none of these
    """
    kickoff, session = released_session_or_404(person, slug, session_id)
    if not (person.is_planner or session.people.filter(person=person).exists()):
        raise Http404
    return kickoff, session


def room_or_404(person: Person, slug: str, room_id: int, code: str) -> tuple[Attendee, Room]:
    """
    A room for somebody on the roster who read the code on its wall, with their place there.

    :raises Http404: the person is not on the roster, or the code is not that of the room
    """
    attendee = own_attendance_or_404(person, slug)
    room = get_object_or_404(Room, kickoff=attendee.kickoff, pk=room_id)
    if not constant_time_compare(code, rules.room_code(queries.secret(), room.pk)):
        raise Http404
    room.kickoff = attendee.kickoff
    return attendee, room
