"""Which version of a packet is in force, and what state it is in. `changes_in` opens figures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from events.attendance.models import Attendee, AttendeeQuerySet
from events.kickoff.models import Kickoff
from events.packets.delivery.models import (
    Packet,
    PacketAnswer,
    PacketVersion,
    PacketVersionQuerySet,
)
from events.packets.delivery.rules import words
from people.accounts.models import Person
from people.activity.models import Entry

State = PacketVersion.State
READ_VERBS = ("packet.viewed", "packet.previewed", "packet.downloaded")
EXPORT_VERBS = ("packet.exported", "packet.handed_out")


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
    """Somebody else's look at a packet, or an export of it: who, when last, how often."""

    person: Person
    last_at: datetime
    times: int
    is_export: bool = False


def my_packet_state(person: Person, kickoff: Kickoff) -> PacketState | None:
    """Where a rep's own packet stands; None while none is released. One query."""
    return packet_states(kickoff, [person.pk]).get(person.pk)


def packet_states(kickoff: Kickoff, person_ids: Collection[int]) -> dict[int, PacketState]:
    """Where the packets of some reps stand, by person; those with none are absent. One query."""
    rows = (
        PacketVersion.objects.of(kickoff)
        .in_force()
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


def versions_by_id(version_ids: Collection[int]) -> dict[int, PacketVersion]:
    """Some versions, to be opened by somebody who may read them. One query."""
    return PacketVersion.objects.in_bulk(list(version_ids))


def latest_version(packet: Packet) -> PacketVersion | None:
    """The draft if there is one, else what was released last and not taken back."""
    return latest_first(_with_people(packet)).first()


def version_in_force(packet: Packet) -> PacketVersion | None:
    """The version that the rep holds."""
    return _with_people(packet).in_force().first()


def released_versions(packet: Packet) -> QuerySet[PacketVersion]:
    """All that the rep was ever given, the latest first."""
    return (
        packet.versions.released()
        .defer("sealed")
        .select_related("receipt__recorded_by", "recall")
        .order_by("-number")
    )


def version_before(version: PacketVersion) -> PacketVersion | None:
    """What the rep held before this version, and RevOps did not take back; None for the first."""
    before = (
        PacketVersion.objects.released()
        .filter(packet=version.packet_id, number__lt=version.number)
        .exclude(state=State.RECALLED)
    )
    return before.order_by("-number").first()


def replaced_by(version: PacketVersion) -> PacketVersion | None:
    """The version that is in force again if this one is taken back, if any."""
    before = PacketVersion.objects.filter(
        packet=version.packet_id, number__lt=version.number, state=State.SUPERSEDED
    )
    return before.order_by("-number").first()


def answers_to(version: PacketVersion) -> list[PacketAnswer]:
    """What the rep answered to a version, the latest first. One query."""
    return list(version.answers.order_by("-at", "-pk"))


def changes_in(version: PacketVersion, before: PacketVersion | None) -> list[str]:
    """What a version says differently from the one before, in sentences with figures."""
    if before is None or before.shredded_at is not None:
        return []
    return words.changes(before.read(), version.read())


def looks_at_drafts() -> Q:
    """
    Entries of the trail that would tell a rep of a draft: looks at one since the last release of
    their packet. With the next release they learn of them.
    """
    out_since = PacketVersion.objects.filter(
        packet=OuterRef("object_id"), released_at__gte=OuterRef("at")
    )
    return Q(~Exists(out_since), verb="packet.previewed")


def openings(packet: Packet) -> list[Opening]:
    """
    Who else has looked at what was released of a packet or exported it, the latest first. Two
    queries.
    """
    entries = (
        Entry.objects.filter(
            object_label=Packet._meta.label_lower,
            object_id=packet.pk,
            verb__in=READ_VERBS + EXPORT_VERBS,
        )
        .exclude(actor=packet.rep_id)
        .exclude(actor=None)
        .exclude(looks_at_drafts())
        .annotate(
            is_export=Case(
                When(verb__in=EXPORT_VERBS, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            )
        )
    )
    seen = list(
        entries.order_by()
        .values_list("actor", "is_export")
        .annotate(last=Max("at"), times=Count("pk"))
    )
    people = Person.objects.in_bulk({actor for actor, *_rest in seen})
    found = [
        Opening(people[actor], last, times, is_export) for actor, is_export, last, times in seen
    ]
    return sorted(found, key=lambda opening: opening.last_at, reverse=True)


def next_start(kickoff: Kickoff) -> date | None:
    """The first day of the earliest plan in these packets. One query."""
    found: date | None = PacketVersion.objects.of(kickoff).aggregate(day=Min("effective_from"))[
        "day"
    ]
    return found


def reps_on_roster(kickoff: Kickoff) -> AttendeeQuerySet:
    """Those of a roster who receive a packet."""
    return Attendee.objects.filter(kickoff=kickoff).carrying_quota()


def latest_first(versions: PacketVersionQuerySet) -> PacketVersionQuerySet:
    """The latest first, and behind all others what was taken back."""
    taken_back = Case(
        When(state=State.RECALLED, then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    return versions.order_by(taken_back, "-number")


def _with_people(packet: Packet) -> PacketVersionQuerySet:
    return PacketVersion.objects.filter(packet=packet).select_related(
        "packet__rep__manager", "packet__kickoff", "released_by", "receipt__recorded_by",
        "employer_signature", "recall__by", "recall__in_force",
    )  # fmt: skip
