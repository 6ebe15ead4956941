from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from agenda.insights.models import Insight, InsightQuerySet
from agenda.sessions.access import released_session_or_404
from agenda.sessions.models import ReleasedSession
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def session_to_report_or_404(
    person: Person, slug: str, session_id: int, at: datetime
) -> tuple[Kickoff, ReleasedSession]:
    """
    A released session from which somebody who sees the kickoff can send what they heard.

    :raises Http404: there is none, it has not begun, or the kickoff is archived
    """
    kickoff, session = released_session_or_404(person, slug, session_id)
    if session.starts_at > at or kickoff.status == Kickoff.Status.ARCHIVED:
        raise Http404
    return kickoff, session


def insights_read_by(person: Person) -> InsightQuerySet:
    """
    The insights that a person reads with all that was said of them: planners and executive sponsors
    each one, others those that they own, once the kickoff is shown to people.
    """
    if person.is_planner or person.is_executive:
        return Insight.objects.all()
    shown = Kickoff.objects.shown_to_people()
    return Insight.objects.heads().filter(owner=person, kickoff__in=shown)


def insight_or_404(person: Person, slug: str, insight_id: int) -> Insight:
    """
    An insight with its owner and kickoff, for whoever reads all of it.

    :raises Http404: there is none, or it is not theirs to read
    """
    found = insights_read_by(person).filter(kickoff__slug=slug)
    return get_object_or_404(
        found.select_related("kickoff", "owner", "merged_into__owner"), pk=insight_id
    )
