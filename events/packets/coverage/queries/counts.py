"""How far the packets of a roster have come: counts, and one row a rep. No figures."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from core.folding import alphabetical
from core.once import once
from events.attendance.models import Attendee, AttendeeQuerySet
from events.kickoff.models import Kickoff
from events.packets.coverage.rules.counts import Cover, Coverage, totalled
from events.packets.delivery.models import PacketRelease, PacketVersion
from events.packets.delivery.rules.states import NO_PACKET
from events.packets.quotas.models import QuotaNode
from events.packets.territories.models import SalesTerritory

State = PacketVersion.State
GROUPS = {
    "region": "person__region__name",
    "team": "person__team__name",
    "manager": "person__manager__full_name",
}
GroupBy = Literal["region", "team", "manager"]


@once
def coverage_of(kickoff: Kickoff, at: datetime, by: GroupBy = "region") -> Coverage:
    """
    How many reps who are still here have signed, opened, not opened, not been given a packet,
    whether or not they come; of the last, for how many one is under way; and how many have no quota
    or no territory. One query.
    """
    group, of_rep = GROUPS[by], OuterRef("person")
    rows = (
        Attendee.objects.filter(kickoff=kickoff)
        .receiving_packets(at)
        .annotate(
            packet_state=_in_force(kickoff, _REACHED),
            under_way=_under_way(kickoff, at),
            has_quota=Exists(QuotaNode.objects.filter(plan__kickoff=kickoff, person=of_rep)),
            has_place=Exists(SalesTerritory.objects.filter(kickoff=kickoff, owner=of_rep)),
        )
        .order_by()
        .values_list(group, "packet_state", "under_way", "has_quota", "has_place")
        .annotate(count=Count("pk"))
    )
    counts: dict[str, dict[str, int]] = {}
    for name, state, under_way, has_quota, has_place, count in rows:
        part = counts.setdefault(name or "", {})
        kinds = [*_kinds(state, under_way)]
        kinds += [] if has_quota else ["without_quota"]
        kinds += [] if has_place else ["without_territory"]
        for kind in kinds:
            part[kind] = part.get(kind, 0) + count
    nameless = {"region": _("No region"), "team": _("No team"), "manager": _("No manager")}[by]
    return totalled(
        Cover(name or nameless, **part)
        for name, part in sorted(
            counts.items(), key=lambda item: (not item[0], alphabetical(item[0]))
        )
    )


def board_rows(kickoff: Kickoff, at: datetime) -> AttendeeQuerySet:
    """
    One row a rep who is still here with the state of the version that they hold: `packet_state`
    (NONE while none is released), `packet_id`, `number`, `released_at`, `viewed_at`, `received_at`. No figures.
    """
    return (
        Attendee.objects.filter(kickoff=kickoff)
        .receiving_packets(at)
        .select_related("person__region", "person__team", "person__manager")
        .annotate(
            packet_state=Coalesce(_in_force(kickoff, "state"), Value(NO_PACKET)),
            packet_id=_in_force(kickoff, "packet_id"),
            number=_in_force(kickoff, "number"),
            released_at=_in_force(kickoff, "released_at"),
            viewed_at=_in_force(kickoff, "viewed_at"),
            received_at=_in_force(kickoff, "received_at"),
        )
    )


# How far a version came, whether or not it has expired since
_REACHED = Case(
    When(~Q(state=State.EXPIRED), then=F("state")),
    When(received_at__isnull=False, then=Value(State.RECEIVED)),
    When(viewed_at__isnull=False, then=Value(State.VIEWED)),
    default=Value(State.RELEASED),
)


def _in_force(kickoff: Kickoff, field: str | Case) -> Subquery:
    versions = PacketVersion.objects.of(kickoff).in_force().filter(packet__rep=OuterRef("person"))
    return Subquery(versions.order_by().values_list(field)[:1])


def _under_way(kickoff: Kickoff, at: datetime) -> Exists:
    """Whether a packet of a rep is with its approvers, or comes out when its embargo ends."""
    planned = PacketRelease.objects.waiting().confirmed().filter(due_at__gt=at)
    return Exists(
        PacketVersion.objects.of(kickoff).filter(
            Q(state=State.DRAFT, submitted_at__isnull=False)
            | Q(state=State.APPROVED, release__in=planned),
            packet__rep=OuterRef("person"),
        )
    )


def _kinds(state: str | None, under_way: bool) -> tuple[str, ...]:
    """What a version in a state counts as on the board."""
    if state is None:
        return ("not_released", "under_way") if under_way else ("not_released",)
    if state in (State.ACCEPTED, State.DECLINED):
        return ("signed", state.lower())
    if state in PacketVersion.SIGNED:
        return ("signed",)
    return ("opened",) if state == State.VIEWED else ("not_opened",)
