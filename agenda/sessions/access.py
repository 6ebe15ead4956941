from django.shortcuts import get_object_or_404

from agenda.sessions.models import ReleasedSession, Session
from events.kickoff.access import kickoff_or_404, planner_or_404
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def session_to_plan_or_404(person: Person, slug: str, session_id: int) -> Session:
    """
    A session of this kickoff's draft, for somebody who plans it.

    :raises Http404: there is none under this kickoff, or the person is no planner
    """
    planner_or_404(person)
    return get_object_or_404(
        Session.objects.select_related("kickoff", "room", "owner", "segment_region"),
        kickoff__slug=slug,
        pk=session_id,
    )


def released_session_or_404(
    person: Person, slug: str, session_id: int
) -> tuple[Kickoff, ReleasedSession]:
    """
    A session as the last release of this kickoff has it, for whoever sees the kickoff.

    :raises Http404: the kickoff is not theirs to see, or the session was not released in it
    """
    kickoff = kickoff_or_404(person, slug)
    found = get_object_or_404(
        ReleasedSession.objects.current(kickoff).select_related("segment_region"),
        session_id=session_id,
    )
    return kickoff, found
