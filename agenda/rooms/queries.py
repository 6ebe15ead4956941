from django.db.models import Count, QuerySet

from agenda.rooms.models import Room
from events.kickoff.models import Kickoff


def rooms_of(kickoff: Kickoff) -> QuerySet[Room]:
    """The kickoff's rooms in their order, each with `session_count`: one query."""
    return Room.objects.filter(kickoff=kickoff).annotate(session_count=Count("sessions"))
