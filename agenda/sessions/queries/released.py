"""What people see: the frozen sessions of the last release."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from agenda.sessions.models import Part as SessionPart
from agenda.sessions.models import (
    Release,
    ReleasedPart,
    ReleasedSession,
    Session,
    SessionPerson,
    audience_words,
)
from agenda.sessions.queries.types import Typed
from agenda.sessions.queries.words import when
from agenda.sessions.rules import UNCOUNTED_TYPES, day_bounds
from core.minute import for_a_minute
from events.attendance.hooks import Facts
from events.attendance.models import Attendee
from events.guests.hooks import Line, Part
from events.guests.models import Guest
from events.kickoff.models import Kickoff
from events.packets.inquiries.hooks import Busy
from events.packets.inquiries.rules.slots import Span
from people.accounts.models import Person


class Taking(NamedTuple):
    """
    Who speaks or facilitates in a session, with the name of the release's day. Whoever has no
    account has no id.
    """

    person_id: int | None
    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Shown(Typed):
    """One released session as a person sees it. Times are UTC; `id` is the session's own."""

    row_id: int
    id: int
    title: str
    type: str
    where: str
    starts_at: datetime
    ends_at: datetime
    outcome: str = ""
    audience: str = ""
    people: tuple[Taking, ...] = ()

    @property
    def names(self) -> list[str]:
        """Who speaks and facilitates, each once."""
        return list(dict.fromkeys(one.name for one in self.people))

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    def part_of(self, person: Person) -> str:
        """`SPEAKER`, `FACILITATOR`, or nothing."""
        return next((one.part for one in self.people if one.person_id == person.pk), "")


@dataclass(frozen=True, slots=True)
class NowNext:
    """What a person is in at a moment, and what comes next for them that day or later."""

    now: Shown | None
    next: Shown | None


@dataclass(frozen=True, slots=True)
class Summary:
    """How the agenda stands, for a home page. `number` is the released version, 0 before."""

    sessions: int
    in_the_tray: int
    number: int
    released_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Meant:
    """A released session with whom it is for: everybody, a kind on the roster, a function, a region."""

    shown: Shown
    has_places: bool
    kind: str
    function: str
    region_id: int | None

    def is_for(self, kind: str | None, function: str, region_id: int | None) -> bool:
        """Whether it is meant for a kind on the roster, None for nobody's, a function and a region."""
        return (
            self.kind in ("", kind)
            and self.function in ("", function)
            and self.region_id in (None, region_id)
        )


_COLUMNS = [
    "pk",
    "session_id",
    "title",
    "type",
    "where",
    "starts_at",
    "ends_at",
    "outcome",
    "capacity",
    "segment_kind",
    "segment_function",
    "segment_region",
    "segment_region__name",
    "named",
]


def day_for(person: Person, kickoff: Kickoff, day: date) -> list[Shown]:
    """What is meant for a person on a day at the venue and in its night, by time: one SQL query."""
    return _on([one.shown for one in _mine(kickoff, person)], kickoff, day)


def all_for(person: Person, kickoff: Kickoff) -> list[Shown]:
    """What is meant for a person, all days, by time: two SQL queries, once a minute."""
    return [one.shown for one in _mine(kickoff, person)]


def agendas_of(attendees: Sequence[Attendee], kickoff: Kickoff) -> dict[int, list[Shown]]:
    """What is meant for each of some people of a roster, by time: one SQL query for all."""
    last = Release.objects.filter(kickoff=kickoff).order_by("-number").values_list("pk", flat=True)
    meant = [one for pk in last[:1] for one in _released(pk)]
    return {
        seat.pk: [
            one.shown
            for one in meant
            if one.is_for(seat.kind, seat.person.function, seat.person.region_id)
            or one.shown.part_of(seat.person)
        ]
        for seat in attendees
    }


def whole_day(kickoff: Kickoff, day: date) -> list[Shown]:
    """Every released session of a day at the venue and its night, by time: one SQL query."""
    return _on(whole_agenda(kickoff), kickoff, day)


def whole_agenda(kickoff: Kickoff) -> list[Shown]:
    """Every released session, in order of time: one SQL query."""
    last = Release.objects.filter(kickoff=kickoff).order_by("-number").values_list("pk")
    return [one.shown for (pk,) in last[:1] for one in _released(pk)]


def last_end(kickoff: Kickoff) -> datetime | None:
    """When the last released session ends; None before the first release. One SQL query."""
    released = ReleasedSession.objects.current(kickoff)
    last: datetime | None = released.aggregate(last=Max("ends_at"))["last"]
    return last


def next_for(person: Person, kickoff: Kickoff, at: datetime) -> NowNext:
    """
    What a person is in now, and what comes next for them: one SQL query.

    Of several at one time, the one in which they speak or facilitate, else the first that began.
    A session that ends at the moment is over.
    """
    left = [one.shown for one in _mine(kickoff, person) if one.shown.ends_at > at]
    left.sort(key=lambda one: (one.starts_at, not one.part_of(person)))
    running = [one for one in left if one.starts_at <= at]
    running.sort(key=lambda one: (not one.part_of(person), one.starts_at))
    return NowNext(
        now=next(iter(running), None),
        next=next((one for one in left if one.starts_at > at), None),
    )


def busy_of(kickoff: Kickoff, person: Person, span: Span) -> list[Busy]:
    """
    The sessions that a person leads, or that all of their kind are in, during a span, by time.

    One with places is theirs to choose, and meals and dinners leave time. One SQL query.
    """
    return [
        Busy(Span(one.shown.starts_at, one.shown.ends_at), one.shown.title)
        for one in _mine(kickoff, person)
        if one.shown.starts_at < span.ends_at and one.shown.ends_at > span.starts_at
        if one.shown.part_of(person) or not (one.has_places or one.shown.type in UNCOUNTED_TYPES)
    ]


def agenda_summary(kickoff: Kickoff) -> Summary:
    """How many sessions are planned and wait in the tray, and what went out: two SQL queries."""
    planned = Session.objects.filter(kickoff=kickoff).aggregate(
        all=Count("pk"), tray=Count("pk", filter=Q(starts_at=None))
    )
    last = Release.objects.filter(kickoff=kickoff).order_by("-number").first()
    return Summary(
        sessions=planned["all"],
        in_the_tray=planned["tray"],
        number=last.number if last else 0,
        released_at=last.released_at if last else None,
    )


def sessions_of_speaker(person: Person, kickoff: Kickoff | None = None) -> list[Session]:
    """
    The sessions in which a person speaks or facilitates, released or not, of kickoffs that
    are open or ended, in order of time: one SQL query.
    """
    mine = Session.objects.filter(
        Exists(SessionPerson.objects.filter(session=OuterRef("pk"), person=person))
    )
    if kickoff is not None:
        mine = mine.filter(kickoff=kickoff)
    else:
        mine = mine.exclude(kickoff__status__in=[Kickoff.Status.DRAFT, Kickoff.Status.ARCHIVED])
    return list(
        mine.select_related("kickoff", "room", "owner").order_by(
            F("starts_at").asc(nulls_last=True), "pk"
        )
    )


def _mine(kickoff: Kickoff, person: Person) -> list[_Meant]:
    """What is meant for a person, or has a part for them, by time. One SQL query."""
    on_roster = Attendee.objects.filter(kickoff=kickoff, person=person).values("kind")[:1]
    function, region_id = person.function, person.region_id
    last = Release.objects.filter(kickoff=kickoff).order_by("-number")
    return [
        one
        for pk, kind in last.values_list("pk", Subquery(on_roster))[:1]
        for one in _released(pk)
        if one.is_for(kind, function, region_id) or one.shown.part_of(person)
    ]


def _on(shown: list[Shown], kickoff: Kickoff, day: date) -> list[Shown]:
    first, after = day_bounds(day, kickoff.zone)
    return [one for one in shown if first <= one.starts_at < after]


@for_a_minute
def _released(release_id: int) -> tuple[_Meant, ...]:
    """The sessions of a release with who speaks in them, by time: two SQL queries, once a minute."""
    people = defaultdict(list)
    parts = ReleasedPart.objects.filter(session__release=release_id).order_by("-part", "pk")
    for row_id, *taking in parts.values_list("session_id", "person_id", "name", "part"):
        people[row_id].append(Taking._make(taking))
    rows = ReleasedSession.objects.filter(release=release_id).order_by("starts_at", "where", "pk")
    return tuple(_meant(row, tuple(people[row[0]])) for row in rows.values_list(*_COLUMNS))


def _meant(row: tuple[Any, ...], people: tuple[Taking, ...]) -> _Meant:
    pk, session, title, type_, where, starts_at, ends_at, outcome, capacity, *segment = row
    kind, function, region_id, region, named = segment
    others = tuple(Taking(None, name, SessionPart.SPEAKER) for name in named)
    shown = Shown(
        row_id=pk,
        id=session,
        title=title,
        type=type_,
        where=where,
        starts_at=starts_at,
        ends_at=ends_at,
        outcome=outcome,
        audience=audience_words(kind, function, region or ""),
        people=(*people, *others),
    )
    return _Meant(shown, capacity is not None, kind, function, region_id)


def facts_of(attendee: Attendee, reader: Person, at: datetime) -> Facts | None:
    """How many sessions somebody has, and in which they speak, for their page. Two queries."""
    mine = _mine(attendee.kickoff, attendee.person)
    speaks = sessions_of_speaker(attendee.person, attendee.kickoff)
    lines = [(_("Released for them"), str(len(mine)))] if mine else []
    lines += [(_("Speaks in"), session.title) for session in speaks]
    return Facts(_("Sessions"), lines) if lines else None


def of_guest(guest: Guest, at: datetime) -> Part | None:
    """The released sessions in which a guest has a part, and nothing of others. Two queries."""
    zone, person = guest.kickoff.zone, guest.person
    lines = [
        Line(one.title, " · ".join(said for said in _said_of(one, person, zone) if said))
        for one in whole_agenda(guest.kickoff)
        if one.part_of(person)
    ]
    return Part(_("Your sessions"), lines) if lines else None


def _said_of(one: Shown, person: Person, zone: ZoneInfo) -> tuple[str, ...]:
    others = dict.fromkeys(taking.name for taking in one.people if taking.person_id != person.pk)
    beside = _("with %(names)s") % {"names": ", ".join(others)} if others else ""
    return (when(one.starts_at, one.ends_at, zone), one.where, beside, one.outcome)
