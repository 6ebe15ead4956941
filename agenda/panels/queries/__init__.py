from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.panels import rules
from agenda.panels.models import (
    Answerer,
    AudienceQuestion,
    Consent,
    CustomerBase,
    FollowUp,
    Issue,
    Panelist,
    PanelQuestion,
    Quote,
    Where,
)
from agenda.sessions.hooks import Beside
from agenda.sessions.models import Part as Role
from agenda.sessions.models import Session, SessionQuerySet, SessionType
from events.commitments.models import Occurrence
from events.guests.hooks import Line, Part
from events.guests.models import Guest
from events.kickoff.models import Kickoff
from people.accounts.models import Person

HEARD_SHOWN = 15  # questions of the audience on a page
MISSING = {
    rules.PROMOTER: gettext_lazy("nobody who recommends us (9 or 10)"),
    rules.NEUTRAL: gettext_lazy("nobody who is neutral (7 or 8)"),
    rules.DETRACTOR: gettext_lazy("nobody who would not recommend us (0 to 6)"),
}


@dataclass(frozen=True, slots=True)
class Planned:
    """A question with the minute of the session in which it begins."""

    question: PanelQuestion
    begins: int

    @property
    def is_now(self) -> bool:
        return self.question.state == PanelQuestion.State.NOW

    @property
    def is_asked(self) -> bool:
        return self.question.state == PanelQuestion.State.ASKED

    @property
    def answerers(self) -> list[Answerer]:
        return list(self.question.answerers.all())


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel as planners and whoever facilitates see it."""

    session: Session
    panelists: Sequence[Panelist]
    issues: Sequence[Issue]
    questions: Sequence[Planned]

    @property
    def mix(self) -> rules.Mix:
        return rules.Mix.of(one.standing for one in self.panelists)

    @property
    def plan(self) -> rules.Plan:
        minutes = sum(one.question.minutes for one in self.questions)
        return rules.Plan(minutes, self.session.duration_minutes)

    @property
    def missing(self) -> str:
        """Of whom there is nobody, in words; empty where the panel holds all three."""
        return missing_words(self.mix)

    @property
    def now(self) -> Planned | None:
        return next((one for one in self.questions if one.is_now), None)

    @property
    def next(self) -> Planned | None:
        """The first question that was not asked yet."""
        waits = PanelQuestion.State.PLANNED
        return next((one for one in self.questions if one.question.state == waits), None)

    @property
    def calls_held(self) -> int:
        return sum(one.prep_held_date is not None for one in self.panelists)

    @property
    def asked_consent(self) -> int:
        return sum(one.consent_at is not None for one in self.panelists)

    def by_issue(self) -> list[tuple[Issue, list[Planned]]]:
        """The bank, issue by issue."""
        found: dict[int, list[Planned]] = defaultdict(list)
        for one in self.questions:
            found[one.question.issue_id].append(one)
        return [(issue, found[issue.pk]) for issue in self.issues]


def missing_words(mix: rules.Mix) -> str:
    """What a mix lacks, in words."""
    return ", ".join(str(MISSING[one]) for one in mix.missing)


def panel_sessions(kickoff: Kickoff) -> SessionQuerySet:
    """The sessions of the draft that are customer panels, in order of time."""
    return Session.objects.filter(kickoff=kickoff, type=SessionType.CUSTOMER_PANEL)


def led_by(sessions: SessionQuerySet, person: Person) -> SessionQuerySet:
    """Those of some sessions that a person facilitates."""
    return sessions.filter(people__person=person, people__part=Role.FACILITATOR)


def panels(sessions: Sequence[Session]) -> list[Panel]:
    """Some panels with all that is planned of them: four queries, for any number."""
    questions = PanelQuestion.objects.order_by("issue__number", "position", "pk")
    prefetch_related_objects(
        sessions,
        Prefetch("panelists", Panelist.objects.select_related("prep_by")),
        "panel_issues",
        Prefetch("panel_questions", questions),
        Prefetch("panel_questions__answerers", Answerer.objects.select_related("panelist")),
    )
    return [
        Panel(one, list(one.panelists.all()), list(one.panel_issues.all()), _planned(one))
        for one in sessions
    ]


def panel_of(session: Session) -> Panel:
    """One panel: four queries."""
    [found] = panels([session])
    return found


def _planned(session: Session) -> list[Planned]:
    questions = list(session.panel_questions.all())
    begins = rules.begins(one.minutes for one in questions)
    return [Planned(one, at) for one, at in zip(questions, begins, strict=True)]


def base_of(kickoff: Kickoff) -> CustomerBase | None:
    """The NPS of all customers, if a planner has said it. One query, none where it was read."""
    return getattr(kickoff, "customer_base", None)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the audience wants to ask and nobody has dealt with: as many as a page shows, of so many."""

    shown: Sequence[AudienceQuestion]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.shown)


def waiting_questions(session: Session) -> Heard:
    """The first that wait. Two queries."""
    waits = _waiting(session)
    return Heard(list(waits.select_related("asker")[:HEARD_SHOWN]), waits.count())


def new_questions(session: Session, known: Sequence[str]) -> Heard:
    """Those that a page does not show yet, as many as it has room for. Two queries."""
    waits = _waiting(session)
    keys = {int(one) for one in known if one.isascii() and one.isdigit() and len(one) < 17}
    room = max(HEARD_SHOWN - len(keys), 0)
    fresh = waits.exclude(pk__in=keys).select_related("asker")[:room] if room else []
    return Heard(list(fresh), waits.count())


def _waiting(session: Session) -> QuerySet[AudienceQuestion]:
    return session.audience_questions.filter(state=AudienceQuestion.State.OPEN)


def left_open(session: Session) -> QuerySet[AudienceQuestion]:
    """What the audience asked that was never asked in the room, for after it. One query."""
    state = AudienceQuestion.State
    found = session.audience_questions.exclude(state=state.PASSED)
    return found.exclude(question__state=PanelQuestion.State.ASKED).exclude(
        question__state=PanelQuestion.State.NOW
    )


def quotes_of(session: Session, where: str) -> QuerySet[Quote]:
    """
    What may be quoted somewhere of a panel, at this moment, in the order in which it was said.

    Whoever shows a quote asks this; nothing of it is kept. One query.
    """
    allowed = Quote.objects.allowed(where).filter(panelist__session=session)
    return allowed.select_related("panelist")


def quotes_anywhere(session: Session) -> QuerySet[Quote]:
    """What may be quoted anywhere at all of a panel, for whoever works on it. One query."""
    return (
        Quote.objects.allowed_anywhere()
        .filter(panelist__session=session)
        .select_related("panelist")
    )


def quotes_by_panelist(sessions: Sequence[Session]) -> Mapping[int, list[str]]:
    """The same of several panels, the words alone, by the id of who said them. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    quotes = Quote.objects.allowed_anywhere().filter(panelist__session__in=sessions)
    for panelist_id, words in quotes.values_list("panelist_id", "words"):
        found[panelist_id].append(words)
    return found


def quotes_for_campaign(kickoff: Kickoff) -> QuerySet[Quote]:
    """What may be quoted in the 90 days, of all panels of a kickoff. One query."""
    allowed = Quote.objects.allowed(Where.CAMPAIGN).filter(panelist__session__kickoff=kickoff)
    return allowed.select_related("panelist__session")


@dataclass(frozen=True, slots=True)
class Promised:
    """What was promised to a customer: by whom, until when, and whether it was done."""

    panelist: Panelist
    owner: Person
    words: str
    by_date: date | None
    is_done: bool
    is_dropped: bool


def promised(session: Session) -> list[Promised]:
    """What was promised to the customers of a panel, in order. One query."""
    times = "commitment__occurrences"
    state = Occurrence.State
    found: Any = (  # annotated
        FollowUp.objects.filter(panelist__session=session)
        .select_related("panelist", "commitment__person")
        .annotate(
            open=Count(times, filter=Q(**{f"{times}__state": state.OPEN})),
            dropped=Count(times, filter=Q(**{f"{times}__state": state.DROPPED})),
        )
    )
    return [
        Promised(
            panelist=one.panelist,
            owner=one.commitment.person,
            words=one.commitment.words,
            by_date=one.commitment.by_date,
            is_done=not (one.open or one.dropped or one.commitment.is_dropped),
            is_dropped=bool(one.dropped) or one.commitment.is_dropped,
        )
        for one in found
    ]


def agreed_questions(panelist: Panelist) -> list[PanelQuestion]:
    """What a panelist agreed to be asked, in order: the words alone are theirs to see. One query."""
    mine = PanelQuestion.objects.filter(answerers__panelist=panelist, answerers__agreed=True)
    return list(mine.order_by("issue__number", "position", "pk"))


def consents_of(panelist: Panelist) -> QuerySet[Consent]:
    """When they allowed what, and who noted it, the newest first. One query."""
    return panelist.consents.select_related("noted_by")


def token_of(panelist: Panelist) -> str:
    """The signed part of a panelist's own link: a new key makes the links before it worthless."""
    token: str = _signer().sign_object([panelist.pk, panelist.link_key])
    return token


def link_of(panelist: Panelist) -> str:
    """That link, whole."""
    path = reverse("agenda:panelist_by_link", args=[token_of(panelist)])
    return f"{settings.SITE_URL}{path}"


def panelist_of(token: str) -> Panelist | None:
    """
    Whose link it is; None where there is a newer one, or they are on no panel any more.

    :raises BadSignature: it was not signed here
    """
    pk, key = _signer().unsign_object(token)
    shown = Kickoff.objects.shown_to_people()
    found = Panelist.objects.filter(pk=pk, link_key=key, session__kickoff__in=shown)
    return found.select_related("session__kickoff", "session__room").first()


def _signer() -> signing.Signer:
    return signing.Signer(salt="agenda.panels.panelist")


def of_guest(guest: Guest, at: datetime) -> Part | None:
    """The panels on which a guest sits, by the address that they were invited at. One query."""
    mine = Panelist.objects.filter(
        session__kickoff=guest.kickoff,
        session__type=SessionType.CUSTOMER_PANEL,
        email__iexact=guest.person.email,
    ).select_related("session")
    lines = [
        Line(
            one.session.title,
            _("When, who else sits there, your questions, and what may be quoted"),
            reverse("agenda:panelist_by_link", args=[token_of(one)]),
        )
        for one in mine
    ]
    return Part(_("Your panel"), lines) if lines else None


def own_data(person: Person) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """What a person asked customers under their name, for the file of theirs. One query."""
    asked = AudienceQuestion.objects.filter(asker=person).order_by("session", "pk")
    yield (
        "questions_to_customers",
        list(asked.values("session__kickoff__name", "session__title", "words", "state")),
    )


def beside_session(
    kickoff: Kickoff, session_id: int, kind: str, person: Person
) -> Iterator[Beside]:
    """From the page of a session to its panel. Two queries of a panel, none of other sessions."""
    if kind != SessionType.CUSTOMER_PANEL:
        return
    session = panel_sessions(kickoff).filter(pk=session_id).first()
    if session is None:
        return
    where = [kickoff.slug, session_id]
    is_led = session.people.filter(person=person, part=Role.FACILITATOR).exists()
    if person.is_planner or (is_led and kickoff.is_shown_to_people):
        missing = missing_words(rules.Mix.of(session.panelists.values_list("standing", flat=True)))
        yield Beside(
            label=_("Open the panel"),
            url=reverse("agenda:panels:panel", args=where),
            icon="users-group",
            heading=_("This panel does not hear everybody.") if missing else "",
            warns=_("There is %(missing)s.") % {"missing": missing} if missing else "",
        )
    if kickoff.is_shown_to_people and kickoff.attendees.filter(person=person).exists():
        yield Beside(
            label=_("Ask these customers"),
            url=reverse("agenda:panels:room", args=where),
            icon="message-question",
        )


def is_open_for_questions(session: Session, at: datetime) -> bool:
    """Whether the audience may ask: until the session is over."""
    return session.ends_at is None or at < session.ends_at
