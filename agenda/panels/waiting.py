from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.panels import rules
from agenda.panels.models import AudienceQuestion, Panelist
from agenda.panels.queries import missing_words
from agenda.sessions.models import Part, Session, SessionPerson, SessionType
from core.due.rules import end_of
from core.guards.watching import Watch
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from people.accounts.models import Person
from people.waiting.rules import Waiting

MIX_BEGINS = timedelta(weeks=8)  # before the first day: when speakers are confirmed
MIX_DUE = timedelta(weeks=4)
CONSENT_DUE = timedelta(days=3)

_LEADS = (
    "SELECT person_id FROM agenda_sessionperson WHERE part = 'FACILITATOR'"
    " AND session_id = {row}.session_id"
)
_OWNER = (
    "SELECT events_kickoff.owner_id FROM events_kickoff JOIN agenda_session"
    " ON agenda_session.kickoff_id = events_kickoff.id WHERE agenda_session.id = {row}.session_id"
)
WATCHED = (
    Watch("agenda_panelist", "{row}.prep_by_id"),
    Watch("agenda_panelist", _OWNER),
    Watch("agenda_audiencequestion", _LEADS),
    Watch("agenda_sessionperson", "{row}.person_id"),
    Watch(
        "agenda_session",
        "SELECT owner_id FROM events_kickoff WHERE id = {row}.kickoff_id",
    ),
    Watch(
        "agenda_session",
        "SELECT person_id FROM agenda_sessionperson WHERE session_id = {row}.id",
    ),
    Watch("agenda_session", "SELECT prep_by_id FROM agenda_panelist WHERE session_id = {row}.id"),
    Watch("events_kickoff", "{row}.owner_id"),
    Watch(
        "events_kickoff",
        "SELECT person_id FROM agenda_sessionperson JOIN agenda_session"
        " ON agenda_session.id = session_id WHERE kickoff_id = {row}.id",
    ),
    Watch(
        "events_kickoff",
        "SELECT prep_by_id FROM agenda_panelist JOIN agenda_session"
        " ON agenda_session.id = session_id WHERE kickoff_id = {row}.id",
    ),
)


def find_calls(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    Calls that somebody holds with a panelist, then what the panelist allows to be quoted, until
    the session is over. One query.
    """
    running = Kickoff.objects.shown_to_people().under_way()
    found = Panelist.objects.filter(
        Q(prep_held_date=None) | Q(consent_at=None),
        prep_by__in=people,
        forgotten_at=None,
        session__type=SessionType.CUSTOMER_PANEL,
        session__kickoff__in=running,
    ).select_related("session__kickoff")
    for one in found:
        session, kickoff = one.session, one.session.kickoff
        ends_at = session.ends_at or kickoff.closes_at
        if at >= ends_at or one.prep_by_id is None:
            continue
        if one.prep_held_date is None:
            kind, title = "panels.call", _("Hold the prep call with %(name)s")
            day = one.prep_date
        else:
            kind, title = "panels.consent", _("Ask %(name)s what may be quoted")
            day = kickoff.starts_date - CONSENT_DUE
        due_at = None
        if day is not None:
            due_at = min(end_of(day, kickoff.zone), ends_at)
        yield Waiting(
            person_id=one.prep_by_id,
            kind=kind,
            title=title % {"name": one.name},
            url=reverse("agenda:panels:prep", args=[kickoff.slug, session.pk, one.pk]),
            note=one.company,
            since=one.added_at,
            due_at=due_at,
            day=day if due_at else None,
            until=ends_at,
            place=place_of(kickoff),
            is_private=True,
        )


def find_panels(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    A mix that lacks somebody, for whoever owns the kickoff, from eight weeks before it; questions
    of the audience that wait, for whoever facilitates, until the panel is over. Two queries.
    """
    by_id = {person.pk: person for person in people}
    leads = SessionPerson.objects.filter(part=Part.FACILITATOR, person__in=by_id)
    sessions: Any = (  # annotated
        Session.objects.filter(
            Q(kickoff__owner__in=by_id) | Q(pk__in=leads.values("session")),
            type=SessionType.CUSTOMER_PANEL,
            kickoff__in=Kickoff.objects.under_way(),
        )
        .select_related("kickoff")
        .annotate(
            promoters=_of(rules.PROMOTER),
            neutrals=_of(rules.NEUTRAL),
            detractors=_of(rules.DETRACTOR),
            asked=Count(
                "audience_questions",
                filter=Q(audience_questions__state=AudienceQuestion.State.OPEN),
                distinct=True,
            ),
        )
        .prefetch_related(Prefetch("people", leads, to_attr="leading"))
        .order_by("starts_at", "pk")
    )
    for session in sessions:
        kickoff = session.kickoff
        ends_at = session.ends_at or kickoff.closes_at
        if at >= ends_at:
            continue
        mix = rules.Mix(session.promoters, session.neutrals, session.detractors)
        owner = by_id.get(kickoff.owner_id or 0)
        if mix.missing and owner is not None and owner.is_planner:
            yield _mix(session, mix, owner, ends_at)
        if session.asked and kickoff.is_shown_to_people:
            for one in session.leading:
                yield _asked(session, session.asked, one.person_id, ends_at)


def _of(standing: str) -> Count:
    return Count("panelists", filter=Q(panelists__standing=standing), distinct=True)


def _mix(session: Session, mix: rules.Mix, owner: Person, ends_at: datetime) -> Waiting:
    kickoff = session.kickoff
    opens_at = kickoff.doors_open_at
    return Waiting(
        person_id=owner.pk,
        kind="panels.mix",
        title=_("Complete the panel “%(title)s”") % {"title": session.title},
        url=reverse("agenda:panels:panel", args=[kickoff.slug, session.pk]),
        note=missing_words(mix),
        since=opens_at - MIX_BEGINS,
        begins_at=opens_at - MIX_BEGINS,
        due_at=opens_at - MIX_DUE,
        until=ends_at,
        place=place_of(kickoff),
        is_private=True,
    )


def _asked(session: Session, count: int, person_id: int, ends_at: datetime) -> Waiting:
    title = ngettext(
        "Look at %(count)d question from the audience",
        "Look at %(count)d questions from the audience",
        count,
    )
    return Waiting(
        person_id=person_id,
        kind="panels.asked",
        title=title % {"count": count},
        url=reverse("agenda:panels:run", args=[session.kickoff.slug, session.pk]),
        note=session.title,
        since=session.kickoff.created_at,
        due_at=ends_at,
        until=ends_at,
        count=count,
        place=place_of(session.kickoff),
        is_private=True,
    )
