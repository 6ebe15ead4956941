"""
Reads of the coverage board: whether anything has changed, who leaves without a receipt, and how
receipts came in. No figures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Case, Count, IntegerField, Max, QuerySet, Value, When

from events.attendance.models import OUT, Attendee, AttendeeQuerySet
from events.kickoff import hooks
from events.kickoff.models import Kickoff
from events.packets.coverage.queries.counts import GroupBy, board_rows, coverage_of
from events.packets.coverage.rules.counts import Coverage
from events.packets.coverage.rules.curve import to_go
from events.packets.delivery.models import PacketVersion
from events.packets.delivery.rules.states import NO_PACKET
from events.packets.inquiries.queries import asking_reps

State = PacketVersion.State
LIVE_SECONDS, CALM_SECONDS = 5, 60
LEAVING_SHOWN = 10
# Whoever was given nothing first, then who has not even opened it
_URGENCY = {NO_PACKET: 0, State.RELEASED: 1, State.VIEWED: 2}


@dataclass(frozen=True, slots=True)
class Board:
    """How far packets have come at a moment, by a part of the roster."""

    coverage: Coverage
    asked: int
    to_go: str
    is_live: bool
    stamp: str

    @property
    def every_seconds(self) -> int:
        """How often somebody who watches asks again."""
        return LIVE_SECONDS if self.is_live else CALM_SECONDS


def board_of(kickoff: Kickoff, by: GroupBy, at: datetime) -> Board:
    """
    The counts of the board, with a stamp that changes when anything on it does. Three queries
    while the event is on, else two.

    The time to go is told in its own unit, so it changes the stamp by the hour, and by the minute
    in the last one.
    """
    coverage = coverage_of(kickoff, at, by)
    asked = asking_reps(kickoff)
    left = to_go(hooks.leaving_at(kickoff), at) if is_on(kickoff, at) else ""
    facts = (coverage, asked, left, _last_changes(kickoff))
    return Board(
        coverage=coverage,
        asked=asked,
        to_go=left,
        is_live=is_on(kickoff, at),
        stamp=hashlib.sha256(repr(facts).encode()).hexdigest()[:16],
    )


def countdown(kickoff: Kickoff, coverage: Coverage, at: datetime) -> str:
    """
    “5 h to go” until people leave, while the event is on and somebody has not signed; else empty.
    One query while it is on.
    """
    if not coverage.all.unsigned or not is_on(kickoff, at):
        return ""
    return to_go(hooks.leaving_at(kickoff), at)


def is_on(kickoff: Kickoff, at: datetime) -> bool:
    """Whether the event is on at a moment: from midnight of its first day at the venue."""
    return kickoff.starts_date <= kickoff.local_date(at) and at < kickoff.closes_at


def leaving(kickoff: Kickoff, at: datetime) -> AttendeeQuerySet:
    """
    The reps who have not signed, whoever is nearest to leaving without a receipt first: those at
    the event, nothing released, not opened, opened; the longest wait before the others. Rows as
    `board_rows`, with `is_here`.
    """
    rows: Any = board_rows(kickoff, at)
    found: AttendeeQuerySet = (
        rows.exclude(packet_state__in=PacketVersion.SIGNED)
        .annotate(
            is_here=Case(
                When(~OUT, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            ),
            urgency=Case(
                *(When(packet_state=state, then=Value(n)) for state, n in _URGENCY.items()),
                default=Value(3),
                output_field=IntegerField(),
            ),
        )
        .order_by("-is_here", "urgency", "released_at", "person__full_name", "pk")
    )
    return found


def leaves_on(kickoff: Kickoff, row: Attendee) -> date | None:
    """The day on which a rep leaves the event; None for somebody who is not there."""
    if row.rsvp in (Attendee.Rsvp.NO, Attendee.Rsvp.WAITING):
        return None
    last: date = kickoff.ends_date
    own = row.person.leave_date
    return min(own, last) if own and own >= kickoff.starts_date else last


def signings(kickoff: Kickoff, at: datetime) -> Sequence[datetime]:
    """When the receipts of what reps hold were signed. One query."""
    signed: QuerySet[PacketVersion] = PacketVersion.objects.of(kickoff).in_force()
    reps = Attendee.objects.filter(kickoff=kickoff).receiving_packets(at).values("person")
    times = signed.filter(packet__rep__in=reps).values_list("received_at", flat=True)
    return [moment for moment in times if moment is not None]


def _last_changes(kickoff: Kickoff) -> list[tuple[object, ...]]:
    """What moves whenever a row of the board does, by state. One query."""
    rows = (
        PacketVersion.objects.of(kickoff)
        .released()
        .order_by("state")
        .values_list("state")
        .annotate(
            count=Count("pk"),
            released=Max("released_at"),
            viewed=Max("viewed_at"),
            received=Max("received_at"),
        )
    )
    return list(rows)
