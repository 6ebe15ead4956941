from collections.abc import Iterator

from django.core.signing import BadSignature
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agenda.panels import queries
from agenda.panels.models import AudienceQuestion, Issue, Panelist, PanelQuestion, Quote
from agenda.sessions.access import released_session_or_404
from agenda.sessions.models import Part, ReleasedSession, Session, SessionQuerySet, SessionType
from events.kickoff.access import kickoff_as_attendee_or_404, kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.search.hooks import Found, Search


def panels_or_404(person: Person, slug: str) -> tuple[Kickoff, SessionQuerySet]:
    """
    A kickoff with its panels that a person may open: all for planners, their own for whoever
    facilitates one.

    :raises Http404: there is none for them
    """
    if person.is_planner:
        kickoff = kickoff_to_plan_or_404(person, slug)
        return kickoff, queries.panel_sessions(kickoff)
    kickoff = get_object_or_404(Kickoff.objects.shown_to_people(), slug=slug)
    led = queries.led_by(queries.panel_sessions(kickoff), person)
    if not led.exists():
        raise Http404
    return kickoff, led


def panel_or_404(person: Person, slug: str, session_id: int) -> Session:
    """
    A panel for planners and whoever facilitates it.

    :raises Http404: there is none, or the person is neither
    """
    sessions = Session.objects.select_related("kickoff__customer_base", "room")
    sessions = sessions.filter(type=SessionType.CUSTOMER_PANEL, kickoff__slug=slug)
    if not person.is_planner:
        sessions = queries.led_by(sessions, person)
        sessions = sessions.filter(kickoff__in=Kickoff.objects.shown_to_people())
    return get_object_or_404(sessions, pk=session_id)


def panelist_or_404(person: Person, slug: str, session_id: int, panelist_id: int) -> Panelist:
    """
    Somebody on a panel, for planners and whoever facilitates it.

    :raises Http404: there is none, or the person is neither
    """
    session = panel_or_404(person, slug, session_id)
    return _panelist(session, panelist_id)


def prep_or_404(
    person: Person, slug: str, session_id: int, panelist_id: int
) -> tuple[Panelist, bool]:
    """
    A panelist for whoever holds the call with them, and for planners and whoever facilitates.
    With it, whether the person is one of the latter, who alone read what is sensitive.

    :raises Http404: there is none, or the person is none of these
    """
    try:
        return panelist_or_404(person, slug, session_id, panelist_id), True
    except Http404:
        mine = Panelist.objects.select_related("session__kickoff", "session__room", "prep_by")
        shown = Kickoff.objects.shown_to_people().filter(slug=slug)
        mine = mine.filter(prep_by=person, session=session_id, session__kickoff__in=shown)
        of_panels = mine.filter(session__type=SessionType.CUSTOMER_PANEL)
        return get_object_or_404(of_panels, pk=panelist_id), False


def issue_or_404(person: Person, slug: str, session_id: int, issue_id: int) -> Issue:
    """
    An issue of a panel, for planners and whoever facilitates it.

    :raises Http404: there is none, or the person is neither
    """
    session = panel_or_404(person, slug, session_id)
    found = get_object_or_404(Issue, session=session, pk=issue_id)
    found.session = session
    return found


def question_or_404(person: Person, slug: str, session_id: int, question_id: int) -> PanelQuestion:
    """
    A question of a panel, for planners and whoever facilitates it.

    :raises Http404: there is none, or the person is neither
    """
    session = panel_or_404(person, slug, session_id)
    questions = PanelQuestion.objects.select_related("issue")
    found = get_object_or_404(questions, session=session, pk=question_id)
    found.session = session
    return found


def heard_or_404(person: Person, slug: str, session_id: int, heard_id: int) -> AudienceQuestion:
    """
    A question of the audience, for planners and whoever facilitates.

    :raises Http404: there is none, or the person is neither
    """
    session = panel_or_404(person, slug, session_id)
    found = get_object_or_404(AudienceQuestion, session=session, pk=heard_id)
    found.session = session
    return found


def quote_or_404(person: Person, slug: str, session_id: int, quote_id: int) -> Quote:
    """
    A quote that may be read in the room, for planners and whoever facilitates.

    :raises Http404: there is none, it is not allowed any more, or the person is neither
    """
    session = panel_or_404(person, slug, session_id)
    quotes = Quote.objects.select_related("panelist").filter(panelist__session=session)
    return get_object_or_404(quotes, pk=quote_id)


def room_or_404(person: Person, slug: str, session_id: int) -> tuple[ReleasedSession, Session]:
    """
    A released panel for somebody on the roster, as it was released and as it is prepared.

    :raises Http404: they are not on it, or no such panel was released
    """
    kickoff = kickoff_as_attendee_or_404(person, slug)
    _kickoff, released = released_session_or_404(person, slug, session_id)
    session = get_object_or_404(queries.panel_sessions(kickoff), pk=session_id)
    session.kickoff = kickoff
    return released, session


def link_or_404(token: str) -> Panelist | None:
    """
    Whose link it is, for whoever holds it; None where it holds no more.

    :raises Http404: it was not signed here
    """
    try:
        return queries.panelist_of(token)
    except (BadSignature, ValueError, TypeError) as error:
        raise Http404 from error


def find_panelists(search: Search) -> Iterator[Found]:
    """Panelists by name and company, for planners and whoever facilitates their panel. One query."""
    panelists = Panelist.objects.filter(session__type=SessionType.CUSTOMER_PANEL)
    panelists = panelists.select_related("session__kickoff").order_by(
        "-session__kickoff__starts_date", "name", "pk"
    )
    if not search.person.is_planner:
        led = Q(session__people__person=search.person, session__people__part=Part.FACILITATOR)
        shown = Kickoff.objects.shown_to_people()
        panelists = panelists.filter(led, session__kickoff__in=shown)
    for one in search.among(panelists, "name", "company"):
        kickoff = one.session.kickoff
        yield Found(
            kind=_("Panelists"),
            label=one.name,
            detail=f"{one.company} · {kickoff.name}",
            url=reverse("agenda:panels:panelist", args=[kickoff.slug, one.session_id, one.pk]),
            icon="users-group",
        )


def _panelist(session: Session, panelist_id: int) -> Panelist:
    panelists = Panelist.objects.select_related("prep_by", "account")
    found = get_object_or_404(panelists, session=session, pk=panelist_id)
    found.session = session
    return found
