"""Whom an answer is for: those who were in the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from agenda.insights.models import Insight
from agenda.presence.queries import were_there
from agenda.sessions.queries.released import agendas_of
from events.attendance.models import Attendee
from people.accounts.models import Person
from people.org.queries import here


@dataclass(frozen=True, slots=True)
class RoomOf:
    """The people of the rooms of an insight; `is_counted` where all of them were seen there."""

    people: frozenset[int]
    is_counted: bool


def room_of(head: Insight, at: datetime) -> RoomOf:
    """
    Who is told of an insight: everybody who was in its session, or in that of one that was put
    together with it. Where nobody was counted, those for whom the session was meant; without a session,
    everybody who takes part. Six queries at most.
    """
    group = Insight.objects.filter(Q(pk=head.pk) | Q(merged_into=head)).order_by()
    sessions = set(group.values_list("session_id", flat=True).distinct())
    there = were_there(head.kickoff)
    people = {pk for session in sessions for pk in (there.get(session, ()) if session else ())}
    uncounted = {session for session in sessions if session is None or not there.get(session)}
    if uncounted:
        seats = list(
            Attendee.objects.filter(kickoff=head.kickoff).taking_part(at).select_related("person")
        )
        meant = agendas_of(seats, head.kickoff)
        people |= {
            seat.person_id
            for seat in seats
            if None in uncounted or any(one.id in uncounted for one in meant[seat.pk])
        }
    still_here = Person.objects.filter(here(at), pk__in=people)
    return RoomOf(frozenset(still_here.values_list("pk", flat=True)), not uncounted)
