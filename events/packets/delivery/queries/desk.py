"""The list of the packet desk: one row a rep, what needs somebody first. No figures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from events.attendance.models import AttendeeQuerySet
from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketVersion
from events.packets.delivery.queries.lastly import last_at
from events.packets.delivery.queries.versions import latest_first, reps_on_roster
from events.packets.delivery.rules.states import EMBARGOED, NO_PACKET, WAITING
from people.org.queries import here

State = PacketVersion.State
# What needs somebody first
_RANK = {
    State.DECLINED: 0,
    State.DRAFT: 1,
    WAITING: 2,
    State.APPROVED: 3,
    NO_PACKET: 4,
    State.RECALLED: 4,
    EMBARGOED: 5,
    State.RELEASED: 6,
    State.VIEWED: 7,
    State.EXPIRED: 8,
    State.RECEIVED: 9,
    State.ACCEPTED: 10,
}
_ON_DESK = Case(
    When(state=State.DRAFT, submitted_at__isnull=False, then=Value(WAITING)),
    When(state=State.APPROVED, release__isnull=False, then=Value(EMBARGOED)),
    default=F("state"),
)


def desk_rows(kickoff: Kickoff) -> AttendeeQuerySet:
    """
    One row a rep on the roster, with the latest version of their packet that was not taken back:
    `packet_id`, `version_id`, `number`, `last_at`, `rank`, and `packet_state`: NONE without a
    packet, WAITING for a draft that was sent for approval, EMBARGOED for an approved one that waits.
    """
    latest = latest_first(PacketVersion.objects.of(kickoff).filter(packet__rep=OuterRef("person")))
    return (
        reps_on_roster(kickoff)
        .select_related("person__region")
        .annotate(
            packet_id=Subquery(latest.values("packet_id")[:1]),
            version_id=Subquery(latest.values("pk")[:1]),
            number=Subquery(latest.values("number")[:1]),
            packet_state=Coalesce(Subquery(latest.values_list(_ON_DESK)[:1]), Value(NO_PACKET)),
            last_at=Subquery(latest.annotate(last=last_at()).values("last")[:1]),
        )
        .annotate(
            rank=Case(
                *(When(packet_state=state, then=Value(rank)) for state, rank in _RANK.items()),
                default=Value(9),
                output_field=IntegerField(),
            )
        )
    )


def counts_by_state(kickoff: Kickoff, at: datetime) -> tuple[dict[str, int], int]:
    """
    How many reps have a latest version in each state, NONE included; and how many of all have left
    the company, so that coverage does not count them. One query.
    """
    rows: QuerySet[Any] = desk_rows(kickoff).order_by()
    counted = rows.values_list("packet_state").annotate(
        n=Count("pk"), still_here=Count("pk", filter=here(at, "person"))
    )
    found = list(counted)
    return {state: n for state, n, _kept in found}, sum(n - kept for _state, n, kept in found)
