from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agenda.sessions.models import ReleasedSession, Session, SessionPerson
from agenda.sessions.queries.words import when
from events.kickoff.access import kickoff_or_404, kickoffs_seen_by, planner_or_404
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.search.hooks import Found, Search


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


def kickoff_of_speaker_or_404(person: Person, slug: str) -> Kickoff:
    """
    A kickoff for whoever sees it, and for whoever speaks or facilitates there, on the roster or not.

    :raises Http404: it is none of theirs
    """
    seen = Q(pk__in=kickoffs_seen_by(person).values("pk"))
    parts = SessionPerson.objects.filter(session__kickoff=OuterRef("pk"), person=person)
    led = Q(Exists(parts), pk__in=Kickoff.objects.shown_to_people().values("pk"))
    return get_object_or_404(Kickoff.objects.filter(seen | led), slug=slug)


_NAMES = ("people__person__full_name", "people__person__preferred_name")


def find_sessions(search: Search) -> Iterator[Found]:
    """
    Sessions by title, room, and who speaks or facilitates: for planners as the draft has them, for
    others as they were last released, in the kickoffs that they see. One query.
    """
    if search.person.is_planner:
        yield from _find_drafted(search)
    else:
        yield from _find_released(search)


def _find_drafted(search: Search) -> Iterator[Found]:
    sessions = Session.objects.select_related("kickoff", "room").order_by(
        "-kickoff__starts_date", F("starts_at").asc(nulls_last=True), "pk"
    )
    for one in search.among(sessions, "title", "room__name", *_NAMES):
        said = gettext("in the tray")
        if one.starts_at and one.ends_at:
            said = when(one.starts_at, one.ends_at, one.kickoff.zone)
        ids = {"slug": one.kickoff.slug, "session_id": one.pk}
        yield Found(
            kind=_("Sessions"),
            label=one.title,
            detail=_detail(one.kickoff, said),
            url=reverse("agenda:sessions:detail", kwargs=ids),
            icon="calendar-event",
        )


def _find_released(search: Search) -> Iterator[Found]:
    sessions = ReleasedSession.objects.latest_of(kickoffs_seen_by(search.person))
    sessions = sessions.select_related("release__kickoff").order_by(
        "-release__kickoff__starts_date", "starts_at", "pk"
    )
    for one in search.among(sessions, "title", "where", *_NAMES):
        kickoff = one.release.kickoff
        ids = {"slug": kickoff.slug, "session_id": one.session_id}
        yield Found(
            kind=_("Sessions"),
            label=one.title,
            detail=_detail(kickoff, when(one.starts_at, one.ends_at, kickoff.zone)),
            url=reverse("agenda:sessions:released", kwargs=ids),
            icon="calendar-event",
        )


def _detail(kickoff: Kickoff, said: str) -> str:
    return f"{said} · {kickoff.name}"
