"""What people see: the frozen sessions of the last release."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery

from agenda.sessions.models import (
    Release,
    ReleasedPart,
    ReleasedSession,
    ReleasedSessionQuerySet,
    Session,
    SessionPerson,
    audience_words,
)
from agenda.sessions.queries.types import Typed
from agenda.sessions.rules import UNCOUNTED_TYPES, day_bounds
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.packets.inquiries.hooks import Busy
from events.packets.inquiries.rules.slots import Span
from people.accounts.models import Person


@dataclass(slots=True)
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
    people: list[tuple[int, str, str]] = field(default_factory=list)  # id, name, part

    @property
    def names(self) -> list[str]:
        """Who speaks and facilitates, each once."""
        return list(dict.fromkeys(name for _id, name, _part in self.people))

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    def part_of(self, person: Person) -> str:
        """`SPEAKER`, `FACILITATOR`, or nothing."""
        return next((part for pk, _name, part in self.people if pk == person.pk), "")


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


FEW = 40  # enough to hold whatever runs at one time, and what comes next

_COLUMNS = [
    "pk",
    "session_id",
    "title",
    "type",
    "where",
    "starts_at",
    "ends_at",
    "outcome",
    "segment_kind",
    "segment_function",
    "segment_region__name",
]


def day_for(person: Person, kickoff: Kickoff, day: date) -> list[Shown]:
    """What is meant for a person on a day at the venue and in its night, by time: two SQL queries."""
    return _shown(_on(_mine(kickoff, person), kickoff, day))


def whole_day(kickoff: Kickoff, day: date) -> list[Shown]:
    """Every released session of a day at the venue and its night, by time: two SQL queries."""
    return _shown(_on(ReleasedSession.objects.current(kickoff), kickoff, day))


def whole_agenda(kickoff: Kickoff) -> list[Shown]:
    """Every released session, in order of time: two SQL queries."""
    return _shown(ReleasedSession.objects.current(kickoff))


def last_end(kickoff: Kickoff) -> datetime | None:
    """When the last released session ends; None before the first release. One SQL query."""
    released = ReleasedSession.objects.current(kickoff)
    last: datetime | None = released.aggregate(last=Max("ends_at"))["last"]
    return last


def next_for(person: Person, kickoff: Kickoff, at: datetime) -> NowNext:
    """
    What a person is in now, and what comes next for them: two SQL queries.

    Of several at one time, the one in which they speak or facilitate, else the first that began.
    A session that ends at the moment is over.
    """
    shown = _shown(_mine(kickoff, person).filter(ends_at__gt=at)[:FEW])
    shown.sort(key=lambda one: (one.starts_at, not one.part_of(person)))
    running = [one for one in shown if one.starts_at <= at]
    running.sort(key=lambda one: (not one.part_of(person), one.starts_at))
    return NowNext(
        now=next(iter(running), None),
        next=next((one for one in shown if one.starts_at > at), None),
    )


def busy_of(kickoff: Kickoff, person: Person, span: Span) -> list[Busy]:
    """
    The sessions that a person leads, or that all of their kind are in, during a span, by time.

    One with places is theirs to choose, and meals and dinners leave time. One SQL query.
    """
    leads = Exists(ReleasedPart.objects.filter(session=OuterRef("pk"), person=person))
    for_all = Q(capacity=None) & ~Q(type__in=UNCOUNTED_TYPES)
    rows = _mine(kickoff, person).filter(
        Q(leads) | for_all, starts_at__lt=span.ends_at, ends_at__gt=span.starts_at
    )
    found = rows.order_by("starts_at", "pk").values_list("title", "starts_at", "ends_at")
    return [Busy(Span(starts_at, ends_at), title) for title, starts_at, ends_at in found]


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


def _mine(kickoff: Kickoff, person: Person) -> ReleasedSessionQuerySet:
    """What is meant for a person, or has a part for them."""
    on_roster = Attendee.objects.filter(kickoff=kickoff, person=person).values("kind")[:1]
    has_part = ReleasedPart.objects.filter(session=OuterRef("pk"), person=person)
    meant = (
        (Q(segment_kind="") | Q(segment_kind=F("my_kind")))
        & (Q(segment_function="") | Q(segment_function=person.function))
        & (Q(segment_region=None) | Q(segment_region=person.region_id))
    )
    current = ReleasedSession.objects.current(kickoff)
    return current.annotate(my_kind=Subquery(on_roster)).filter(Q(Exists(has_part)) | meant)


def _on(rows: ReleasedSessionQuerySet, kickoff: Kickoff, day: date) -> ReleasedSessionQuerySet:
    first, after = day_bounds(day, kickoff.zone)
    return rows.filter(starts_at__gte=first, starts_at__lt=after)


def _shown(rows: ReleasedSessionQuerySet) -> list[Shown]:
    """Rows with who speaks in them: two SQL queries."""
    found = {}
    ordered = rows if rows.query.is_sliced else rows.order_by("starts_at", "where", "pk")
    for row in ordered.values_list(*_COLUMNS):
        pk, session, title, kind, where, starts_at, ends_at, outcome, *segment = row
        attends, function, region = segment
        found[pk] = Shown(
            row_id=pk,
            id=session,
            title=title,
            type=kind,
            where=where,
            starts_at=starts_at,
            ends_at=ends_at,
            outcome=outcome,
            audience=audience_words(attends, function, region or ""),
        )
    parts = ReleasedPart.objects.filter(session__in=list(found))
    for row_id, person_id, name, part in parts.order_by("-part", "pk").values_list(
        "session_id", "person_id", "name", "part"
    ):
        found[row_id].people.append((person_id, name, part))
    return list(found.values())
