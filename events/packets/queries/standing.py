"""Reads of packets. Only `letter_of` and whoever calls `PacketVersion.read` sees figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.figures import day
from events.attendance.models import Attendee, AttendeeQuerySet
from events.kickoff.models import Kickoff
from events.kickoff.readiness import Finding, Phase, Severity
from events.packets.models import Packet, PacketAnswer, PacketVersion, PacketVersionQuerySet
from events.packets.rules import words
from events.packets.rules.coverage import Cover, Coverage, totalled
from events.packets.rules.states import NO_PACKET
from people.accounts.models import Person
from people.activity.models import Entry

State = PacketVersion.State
NOTICE = timedelta(days=30)  # a plan is in the hands of its rep this long before it starts
READ_VERBS = ("packet.viewed", "packet.previewed", "packet.downloaded")
EXPORT_VERBS = ("packet.exported", "packet.handed_out")
GROUPS = {
    "region": "person__region__name",
    "team": "person__team__name",
    "manager": "person__manager__full_name",
}
GroupBy = Literal["region", "team", "manager"]


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


def coverage(kickoff: Kickoff, by: GroupBy = "region") -> Coverage:
    """How many reps have signed, opened, not opened, not been given a packet. One query."""
    group = GROUPS[by]
    rows = (
        reps_of(kickoff)
        .annotate(standing=_standing(kickoff, _REACHED))
        .order_by()
        .values_list(group, "standing")
        .annotate(count=Count("pk"))
    )
    counts: dict[str, dict[str, int]] = {}
    for name, state, count in rows:
        part = counts.setdefault(name or "", {})
        for kind in _kinds(state):
            part[kind] = part.get(kind, 0) + count
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


def board_rows(kickoff: Kickoff) -> AttendeeQuerySet:
    """
    One row a rep on the roster with the state of the version that they hold: `packet_state`
    (NONE while none is released), `packet_id`, `number`, `released_at`, `viewed_at`, `received_at`. No figures.
    """
    return (
        reps_of(kickoff)
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


def versions_by_id(version_ids: Collection[int]) -> dict[int, PacketVersion]:
    """Some versions, to be opened by somebody who may read them. One query."""
    return PacketVersion.objects.in_bulk(list(version_ids))


def latest_version(packet: Packet) -> PacketVersion | None:
    """The draft if there is one, else what was released last and not taken back."""
    return latest_first(_with_people(packet)).first()


def standing_version(packet: Packet) -> PacketVersion | None:
    """The version that the rep holds."""
    return _with_people(packet).standing().first()


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


def openings(packet: Packet) -> list[Opening]:
    """Who else has looked at a packet or exported it, the latest first. Two queries."""
    entries = (
        Entry.objects.filter(
            object_label=Packet._meta.label_lower,
            object_id=packet.pk,
            verb__in=READ_VERBS + EXPORT_VERBS,
        )
        .exclude(actor=packet.rep_id)
        .exclude(actor=None)
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


def reps_of(kickoff: Kickoff) -> AttendeeQuerySet:
    """Those of a roster who receive a packet."""
    return Attendee.objects.filter(kickoff=kickoff).carrying_quota()


# How far a version came, whether or not it has expired since
_REACHED = Case(
    When(~Q(state=State.EXPIRED), then=F("state")),
    When(received_at__isnull=False, then=Value(State.RECEIVED)),
    When(viewed_at__isnull=False, then=Value(State.VIEWED)),
    default=Value(State.RELEASED),
)


def _standing(kickoff: Kickoff, field: str | Case) -> Subquery:
    versions = PacketVersion.objects.of(kickoff).standing().filter(packet__rep=OuterRef("person"))
    return Subquery(versions.values_list(field)[:1])


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


def _kinds(state: str | None) -> tuple[str, ...]:
    """What a version in a state counts as on the board."""
    if state is None:
        return ("not_released",)
    if state in (State.ACCEPTED, State.DECLINED):
        return ("signed", state.lower())
    if state in PacketVersion.SIGNED:
        return ("signed",)
    return ("opened",) if state == State.VIEWED else ("not_opened",)
