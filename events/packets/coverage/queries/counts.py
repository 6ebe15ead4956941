"""How far the packets of a roster have come: counts, and one row a rep. No figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.folding import alphabetical
from core.once import once
from core.ui.figures import day
from events.attendance.models import Attendee, AttendeeQuerySet
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff
from events.packets.coverage.rules.counts import Cover, Coverage, totalled
from events.packets.delivery.models import PacketRelease, PacketVersion
from events.packets.delivery.queries.versions import next_start
from events.packets.delivery.rules.exceptions import NOTICE
from events.packets.delivery.rules.states import NO_PACKET

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
    whether or not they come; of the last, for how many one is under way. One query.
    """
    group = GROUPS[by]
    rows = (
        Attendee.objects.filter(kickoff=kickoff)
        .receiving_packets(at)
        .annotate(packet_state=_in_force(kickoff, _REACHED), under_way=_under_way(kickoff, at))
        .order_by()
        .values_list(group, "packet_state", "under_way")
        .annotate(count=Count("pk"))
    )
    counts: dict[str, dict[str, int]] = {}
    for name, state, under_way, count in rows:
        part = counts.setdefault(name or "", {})
        for kind in _kinds(state, under_way):
            part[kind] = part.get(kind, 0) + count
    nameless = {"region": _("No region"), "team": _("No team"), "manager": _("No manager")}[by]
    return totalled(
        Cover(name or nameless, **part)
        for name, part in sorted(
            counts.items(), key=lambda item: (not item[0], alphabetical(item[0]))
        )
    )


HAS_PACKET = Check(
    "packets.released",
    Phase.BEFORE,
    6,
    gettext_lazy("Rule: in reps’ hands 30 days before the plan takes effect"),
    is_of_revops=True,
)
SIGNED = Check(
    "packets.signed", Phase.BEFORE, 4, gettext_lazy("California Labor Code 2751: a signed receipt")
)


@checks(HAS_PACKET, SIGNED)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """What the planner's home says of packets: who has none, who has not signed. Two queries."""
    total = coverage_of(kickoff, at).all
    if not total.total:
        return
    where = {
        "mend_label": _("See who"),
        "mend_url": reverse("events:packets:coverage:board", kwargs={"slug": kickoff.slug}),
    }
    if total.not_released:
        yield _without(kickoff, total, where)
    else:
        yield Finding(HAS_PACKET, Severity.MET, _("Each rep has a packet."))
    waiting = total.released - total.signed
    if waiting:
        text = ngettext(
            "%(count)d released packet has no signed receipt.",
            "%(count)d released packets have no signed receipt.",
            waiting,
        )
        why = _("The receipt says that they got it. Nobody leaves the event without one.")
        said, share = text % {"count": waiting}, total.signed / total.released
        yield Finding(SIGNED, Severity.IMPROVE, said, why=why, share=share, **where)
    elif total.released:
        text = _("Each released packet is signed for.")
        yield Finding(SIGNED, Severity.MET, text)


def _without(kickoff: Kickoff, total: Cover, where: dict[str, str]) -> Finding:
    """It blocks for whom nobody has done anything yet; the others wait as planned."""
    share = total.released / total.total
    if not total.lacking:
        text = ngettext(
            "%(count)d packet is with its approvers or comes out as planned.",
            "%(count)d packets are with their approvers or come out as planned.",
            total.not_released,
        )
        said = text % {"count": total.not_released}
        return Finding(HAS_PACKET, Severity.LATER, said, share=share, **where)
    starts = next_start(kickoff)
    due = _("30 days' notice ends %(day)s.") % {"day": day(starts - NOTICE)} if starts else ""
    text = ngettext("%(count)d rep has no packet.", "%(count)d reps have no packet.", total.lacking)
    return Finding(
        HAS_PACKET,
        Severity.BLOCKS,
        text % {"count": total.lacking},
        why=f"{due} {_('Ask RevOps to release.')}".strip(),
        share=share,
        **where,
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
