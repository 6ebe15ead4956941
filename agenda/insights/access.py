from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agenda.insights.models import Insight, InsightQuerySet, State, Telling
from agenda.sessions.access import released_session_or_404
from agenda.sessions.models import ReleasedSession
from events.kickoff.access import kickoffs_attended_by
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.search.hooks import Found, Search


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


def kickoff_of_board_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff whose insights somebody plans, watches, or owns.

    :raises Http404: there is none, or none of its insights is theirs to read
    """
    if person.is_planner or person.is_executive:
        return get_object_or_404(Kickoff, slug=slug)
    mine = insights_read_by(person).filter(kickoff=OuterRef("pk"))
    return get_object_or_404(Kickoff.objects.filter(Exists(mine)), slug=slug)


def insight_or_404(person: Person, slug: str, insight_id: int) -> Insight:
    """
    An insight with its owner and kickoff, for whoever reads all of it.

    :raises Http404: there is none, or it is not theirs to read
    """
    found = insights_read_by(person).filter(kickoff__slug=slug)
    whole = found.select_related(
        "kickoff", "owner", "sender", "given_by", "answered_by", "commitment", "merged_into__owner"
    )
    return get_object_or_404(whole, pk=insight_id)


def insight_to_plan_or_404(person: Person, slug: str, insight_id: int) -> Insight:
    """
    An insight, for a planner to put together with others and to give.

    :raises Http404: there is none, or the person is no planner
    """
    if not person.is_planner:
        raise Http404
    return insight_or_404(person, slug, insight_id)


def insight_to_answer_or_404(person: Person, slug: str, insight_id: int) -> Insight:
    """
    A head, for its owner to answer, or for a planner on their behalf.

    :raises Http404: there is none, or the person is neither
    """
    found = insight_or_404(person, slug, insight_id)
    if not may_answer(person, found):
        raise Http404
    return found


def may_answer(person: Person, head: Insight) -> bool:
    """Whether somebody may answer, decline or say what was done: the owner, and planners for them."""
    return head.merged_into_id is None and (person.is_planner or head.owner_id == person.pk)


def answer_or_404(person: Person, slug: str, insight_id: int) -> Insight:
    """
    An insight that has its answer, for somebody whom the room's answer was told, or who reads all.

    :raises Http404: there is none, it has no answer, or the person is neither
    """
    told = Telling.objects.filter(insight=OuterRef("pk"), person=person)
    shown = Q(kickoff__in=Kickoff.objects.shown_to_people())
    found = Insight.objects.filter(
        Q(Exists(told)) & shown | Q(pk__in=insights_read_by(person).values("pk")),
        kickoff__slug=slug,
    ).exclude(state__in=[State.NEW, State.OPEN])
    return get_object_or_404(found.select_related("kickoff", "owner"), pk=insight_id)


def kickoff_of_room_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody on its roster, who reads what its rooms were told, or who watches it.

    :raises Http404: there is none, or the person is neither
    """
    if person.is_planner or person.is_executive:
        return get_object_or_404(Kickoff, slug=slug)
    return get_object_or_404(kickoffs_attended_by(person), slug=slug)


def find_insights(search: Search) -> Iterator[Found]:
    """Insights by what was heard, of whom, and by whom they are answered, that somebody reads. One query."""
    rows = insights_read_by(search.person).heads().select_related("kickoff", "owner")
    for one in search.among(rows.order_by("-heard_at", "pk"), "what", "deal", "owner__full_name"):
        yield Found(
            kind=_("Insights"),
            label=one.what,
            detail=f"{one.get_state_display()} · {one.kickoff.name}",
            url=reverse("agenda:insights:page", args=[one.kickoff.slug, one.pk]),
            icon="message-bolt",
        )
