"""Reads of packets. Only `letter_of` and whoever calls `PacketVersion.read` sees figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Literal

from django.db.models import (
    Case,
    Count,
    IntegerField,
    Max,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.figures import day, moment
from events.attendance.models import Attendee, AttendeeQuerySet
from events.kickoff.models import Kickoff
from events.kickoff.readiness import Finding, Phase, Severity
from events.packets.models import Packet, PacketVersion, PacketVersionQuerySet
from events.packets.rules import words
from events.packets.rules.content import Identity
from events.packets.rules.coverage import Cover, Coverage, totalled
from events.packets.rules.letters import Letter, Signature
from events.packets.rules.rows import Rep, Roster
from events.packets.rules.states import NO_PACKET
from people.accounts.models import Person
from people.activity.models import Entry

State = PacketVersion.State
NOTICE = timedelta(days=30)  # a plan is in the hands of its rep this long before it starts
READ_VERBS = ("packet.viewed", "packet.previewed", "packet.downloaded")
GROUPS = {
    "region": "person__region__name",
    "team": "person__team__name",
    "manager": "person__manager__full_name",
}
GroupBy = Literal["region", "team", "manager"]
# What needs somebody first
_RANK = {
    State.DECLINED: 0,
    State.DRAFT: 1,
    State.APPROVED: 2,
    NO_PACKET: 3,
    State.RELEASED: 4,
    State.VIEWED: 5,
    State.RECEIVED: 6,
    State.ACCEPTED: 7,
}


@dataclass(frozen=True, slots=True)
class PacketState:
    """Where one rep's packet stands: the version that they hold. No figures."""

    packet_id: int
    number: int
    state: str
    effective_from: date
    released_at: datetime
    viewed_at: datetime | None
    received_at: datetime | None

    @property
    def is_signed(self) -> bool:
        return self.received_at is not None


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody else's look at a packet: who, when last, how often."""

    person: Person
    last_at: datetime
    times: int


def coverage(kickoff: Kickoff, by: GroupBy = "region") -> Coverage:
    """How many reps have signed, opened, not opened, not been given a packet. One query."""
    group = GROUPS[by]
    rows = (
        _reps(kickoff)
        .annotate(standing=_standing(kickoff, "state"))
        .order_by()
        .values_list(group, "standing")
        .annotate(count=Count("pk"))
    )
    counts: dict[str, dict[str, int]] = {}
    for name, state, count in rows:
        part = counts.setdefault(name or "", {})
        part[_kind(state)] = part.get(_kind(state), 0) + count
    nameless = {"region": _("No region"), "team": _("No team"), "manager": _("No manager")}[by]
    return totalled(
        Cover(name or nameless, **part)
        for name, part in sorted(counts.items(), key=lambda item: (not item[0], item[0]))
    )


def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """What the planner's home says of packets: who has none, who has not signed. Two queries."""
    total = coverage(kickoff).all
    if not total.total:
        return
    where = {
        "mend_label": _("See who"),
        "mend_url": reverse("events:packets:coverage", kwargs={"slug": kickoff.slug}),
    }
    if total.not_released:
        starts = next_start(kickoff)
        due = _("30 days' notice ends %(day)s.") % {"day": day(starts - NOTICE)} if starts else ""
        text = ngettext(
            "%(count)d rep has no packet.", "%(count)d reps have no packet.", total.not_released
        )
        yield Finding(
            Phase.BEFORE,
            Severity.BLOCKS,
            text % {"count": total.not_released},
            why=f"{due} {_('Ask RevOps to release.')}".strip(),
            **where,
        )
    waiting = total.released - total.signed
    if waiting:
        text = ngettext(
            "%(count)d released packet has no signed receipt.",
            "%(count)d released packets have no signed receipt.",
            waiting,
        )
        why = _("The receipt says that they got it. Nobody leaves the event without one.")
        yield Finding(Phase.BEFORE, Severity.IMPROVE, text % {"count": waiting}, why=why, **where)
    elif not total.not_released:
        text = _("All %(count)d packets are released and signed for.") % {"count": total.total}
        yield Finding(Phase.BEFORE, Severity.MET, text)


def my_packet_state(person: Person, kickoff: Kickoff) -> PacketState | None:
    """Where a rep's own packet stands; None while none is released. One query."""
    return packet_states(kickoff, [person.pk]).get(person.pk)


def packet_states(kickoff: Kickoff, person_ids: Collection[int]) -> dict[int, PacketState]:
    """Where the packets of some reps stand, by person; those with none are absent. One query."""
    rows = (
        PacketVersion.objects.of(kickoff)
        .standing()
        .filter(packet__rep__in=person_ids)
        .values_list(
            "packet__rep_id",
            "packet_id",
            "number",
            "state",
            "effective_from",
            "released_at",
            "viewed_at",
            "received_at",
        )
    )
    return {
        rep_id: PacketState(packet_id, number, state, starts, released_at, viewed, received)
        for rep_id, packet_id, number, state, starts, released_at, viewed, received in rows
        if released_at is not None
    }


def roster(kickoff: Kickoff) -> Roster:
    """The reps of a kickoff, to be found by what a file calls them. One query."""
    reps = _reps(kickoff).select_related("person__manager", "person__region")
    return Roster(
        Rep(
            attendee.person_id,
            attendee.person.email,
            attendee.person.employee_id,
            Identity(
                name=attendee.person.full_name,
                job_title=attendee.person.job_title,
                manager=attendee.person.manager.full_name if attendee.person.manager else "",
                region=attendee.person.region.name if attendee.person.region else "",
            ),
        )
        for attendee in reps
    )


def desk_rows(kickoff: Kickoff) -> AttendeeQuerySet:
    """
    One row a rep on the roster, with the latest version of their packet: `packet_id`,
    `version_id`, `number`, `packet_state` (NONE without a packet), `last_at`, `rank`.
    """
    latest = (
        PacketVersion.objects.of(kickoff).filter(packet__rep=OuterRef("person")).order_by("-number")
    )
    return (
        _reps(kickoff)
        .select_related("person__region")
        .annotate(
            packet_id=Subquery(latest.values("packet_id")[:1]),
            version_id=Subquery(latest.values("pk")[:1]),
            number=Subquery(latest.values("number")[:1]),
            packet_state=Coalesce(Subquery(latest.values("state")[:1]), Value(NO_PACKET)),
            last_at=Subquery(
                latest.values_list(
                    Coalesce("received_at", "viewed_at", "released_at", "approved_at", "drafted_at")
                )[:1]
            ),
        )
        .annotate(
            rank=Case(
                *(When(packet_state=state, then=Value(rank)) for state, rank in _RANK.items()),
                default=Value(9),
                output_field=IntegerField(),
            )
        )
    )


def board_rows(kickoff: Kickoff) -> AttendeeQuerySet:
    """
    One row a rep on the roster with the state of the version that they hold: `packet_state`
    (NONE while none is released), `packet_id`, `number`, `released_at`, `viewed_at`, `received_at`. No figures.
    """
    return (
        _reps(kickoff)
        .select_related("person__region", "person__team", "person__manager")
        .annotate(
            packet_state=Coalesce(_standing(kickoff, "state"), Value(NO_PACKET)),
            packet_id=_standing(kickoff, "packet_id"),
            number=_standing(kickoff, "number"),
            released_at=_standing(kickoff, "released_at"),
            viewed_at=_standing(kickoff, "viewed_at"),
            received_at=_standing(kickoff, "received_at"),
        )
    )


def counts_by_state(kickoff: Kickoff) -> dict[str, int]:
    """How many reps have a latest version in each state, NONE included. One query."""
    rows: QuerySet[Any] = desk_rows(kickoff).order_by()
    return dict(rows.values_list("packet_state").annotate(n=Count("pk")))


def versions_by_id(version_ids: Collection[int]) -> dict[int, PacketVersion]:
    """Some versions, to be opened by somebody who may read them. One query."""
    return PacketVersion.objects.in_bulk(list(version_ids))


def latest_version(packet: Packet) -> PacketVersion | None:
    """The draft if there is one, else what was released last."""
    return _with_people(packet).order_by("-number").first()


def standing_version(packet: Packet) -> PacketVersion | None:
    """The version that the rep holds."""
    return _with_people(packet).standing().first()


def released_versions(packet: Packet) -> QuerySet[PacketVersion]:
    """All that the rep was ever given, the latest first."""
    return packet.versions.released().defer("sealed").select_related("receipt").order_by("-number")


def version_before(version: PacketVersion) -> PacketVersion | None:
    """What the rep held before this version; None if it is the first."""
    before = PacketVersion.objects.released().filter(
        packet=version.packet_id, number__lt=version.number
    )
    return before.order_by("-number").first()


def changes_in(version: PacketVersion, before: PacketVersion | None) -> list[str]:
    """What a version says differently from the one before, in sentences with figures."""
    return words.changes(before.read(), version.read()) if before is not None else []


def openings(packet: Packet) -> list[Opening]:
    """Who else has looked at a packet, the latest first. One query."""
    entries = (
        Entry.objects.filter(
            object_label=Packet._meta.label_lower, object_id=packet.pk, verb__in=READ_VERBS
        )
        .exclude(actor=packet.rep_id)
        .exclude(actor=None)
    )
    seen = entries.order_by().values_list("actor").annotate(last=Max("at"), times=Count("pk"))
    people = Person.objects.in_bulk([actor for actor, _last, _times in seen])
    found = [Opening(people[actor], last, times) for actor, last, times in seen]
    return sorted(found, key=lambda opening: opening.last_at, reverse=True)


def letter_of(version: PacketVersion, zone: tzinfo) -> Letter:
    """All that the letter of a version says, its receipt too. Three queries at most."""
    packet, before = version.packet, version_before(version)
    receipt = getattr(version, "receipt", None)
    kickoff = packet.kickoff
    return Letter(
        kickoff_name=kickoff.name,
        fiscal_year=kickoff.fiscal_year,
        number=version.number,
        content=version.read(),
        content_hash=version.content_hash,
        released_date=kickoff.local_date(version.released_at) if version.released_at else None,
        released_by=version.released_by.full_name if version.released_by else "",
        replaces=before.number if before else None,
        changes=changes_in(version, before),
        signature=Signature(receipt.typed_name, moment(receipt.signed_at, zone))
        if receipt
        else None,
    )


def next_start(kickoff: Kickoff) -> date | None:
    """The first day of the earliest plan in these packets. One query."""
    found: date | None = PacketVersion.objects.of(kickoff).aggregate(day=Min("effective_from"))[
        "day"
    ]
    return found


def _reps(kickoff: Kickoff) -> AttendeeQuerySet:
    return Attendee.objects.filter(kickoff=kickoff).carrying_quota()


def _standing(kickoff: Kickoff, field: str) -> Subquery:
    versions = PacketVersion.objects.of(kickoff).standing().filter(packet__rep=OuterRef("person"))
    return Subquery(versions.values(field)[:1])


def _with_people(packet: Packet) -> PacketVersionQuerySet:
    return PacketVersion.objects.filter(packet=packet).select_related(
        "packet__rep__manager", "packet__kickoff", "released_by", "receipt"
    )


def _kind(state: str | None) -> str:
    if state is None:
        return "not_released"
    if state in PacketVersion.SIGNED:
        return "signed"
    return "opened" if state == State.VIEWED else "not_opened"
