"""What an approver sees: counts and sums over many, never the figures of one person."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.delivery.models import (
    ApproverKind,
    PacketApproval,
    PacketApprover,
    PacketReturn,
    PacketRound,
    PacketVersion,
    PacketVersionQuerySet,
)
from events.packets.delivery.queries.rounds import are_safe_for, has_shown_before, latest_round
from events.packets.delivery.rules import aggregates
from events.packets.delivery.rules.aggregates import Group, role_of
from events.sealing.rules import Unreadable

State = PacketVersion.State


class Hidden(enum.Enum):
    """Why an approver sees no sums of a round."""

    FEW = enum.auto()  # in no currency are there five whom approvers do not know
    COMPARABLE = enum.auto()  # with what was shown before, they could tell of fewer than five
    KNOWS_TOO_MUCH = enum.auto()  # by what they know from elsewhere, they could work out a few
    GONE = enum.auto()  # what was kept of it cannot be opened


@dataclass(frozen=True, slots=True, repr=False)
class Round:
    """
    The last round that RevOps sent, for one approver.

    Sums are those of the whole round as it was sent, the same for every approver at any time. What
    waits for this one is counted by region and by role. Of what is out of the ordinary it says
    whether there is any, and how many only from five on.
    """

    sent: PacketRound | None
    waiting: list[PacketVersion]
    regions: list[tuple[str, int]]
    roles: list[tuple[str, int]]
    by_currency: list[Group]
    by_region: list[Group]
    hidden: Hidden | None
    problems: frozenset[str]
    changed: int
    own_drafts: int
    digest: str

    @property
    def headcount(self) -> int:
        return self.sent.size if self.sent else 0

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to look at: it waits, or both sides have approved it."""
        return self.sent is not None and (self.sent.is_open or self.sent.is_approved)

    @property
    def few_people(self) -> int:
        """How many are in no sum of a currency."""
        return self.headcount - sum(group.count for group in self.by_currency)

    @property
    def elsewhere(self) -> int:
        """How many of those in the sums are in none by region."""
        shown = sum(group.count for group in self.by_currency)
        return shown - sum(group.count for group in self.by_region)


def approver_of(kickoff: Kickoff, person_id: int) -> PacketApprover | None:
    """As what somebody approves packets of a kickoff, if they do."""
    approvers = PacketApprover.objects.select_related("person", "kickoff")
    return approvers.filter(kickoff=kickoff, person=person_id).first()


def approvers_of(kickoff: Kickoff) -> list[PacketApprover]:
    """Who approves the packets of a kickoff. One query."""
    return list(PacketApprover.objects.filter(kickoff=kickoff).select_related("person", "named_by"))


def waiting_for(approver: PacketApprover) -> PacketVersionQuerySet:
    """
    Drafts that this person can approve: sent, not approved by their side, neither drafted by them
    nor about them, and not approved by them for the other side.
    """
    versions = approvable(approver.kickoff_id, approver.person_id, approver.kind)
    return versions.select_related("packet__rep__region").order_by("pk")


def approvable(kickoff: Any, person: Any, kind: Any) -> PacketVersionQuerySet:
    """The rule of `waiting_for`: of one approver by plain values, of each row by its columns."""
    live = PacketApproval.objects.live().filter(version=OuterRef("pk"))
    return (
        PacketVersion.objects.filter(packet__kickoff=kickoff)
        .waiting_for_approval()
        .exclude(packet__rep=person)
        .exclude(drafted_by=person, drafted_by__isnull=False)
        .exclude(Exists(live.filter(kind=_in_subquery(kind))))
        .exclude(Exists(live.filter(by=_in_subquery(person))))
    )


def digest(versions: Iterable[PacketVersion], sent: PacketRound | None) -> str:
    """What a page showed as waiting, so that nobody approves what came or changed since."""
    seen = [str(sent.pk if sent else "")]
    seen += sorted(f"{version.pk}:{version.content_hash}" for version in versions)
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


@sensitive_variables()
def aggregates_for(approver: PacketApprover) -> Round:
    """All that the page of an approver says. Opens what waits and what was kept; 3 queries."""
    sent = latest_round(approver.kickoff)
    waiting = list(waiting_for(approver)) if sent else []
    by_currency, by_region, hidden = _sums(approver, sent)
    return Round(
        sent=sent,
        waiting=waiting,
        regions=aggregates.counted(_region(version) for version in waiting),
        roles=aggregates.counted(_role(version) for version in waiting),
        by_currency=by_currency,
        by_region=by_region,
        hidden=hidden,
        problems=frozenset(problem for one in waiting if (problem := what_holds_back(one))),
        changed=_changed(approver, waiting),
        own_drafts=_own_drafts(approver) if sent and sent.is_open else 0,
        digest=digest(waiting, sent),
    )


@sensitive_variables()
def what_holds_back(version: PacketVersion) -> str:
    """What keeps a draft from being approved; empty if nothing does."""
    try:
        content = version.read()
    except Unreadable:
        return "unreadable"
    if content.territory.is_empty:
        return "no_territory"
    return "" if content.pays_target() else "not_paying"


def waiting_part(approver: PacketApprover, part: str) -> list[int]:
    """The packets of a part of what waits: `all`, `region:EMEA`, `role:AE`; none if there is none."""
    waiting = waiting_for(approver).defer("sealed")
    return [version.packet_id for version in waiting if part in parts_of(version)]


def part_choices(found: Round) -> list[tuple[str, str, int]]:
    """The parts of what waits that can be decided on: key, words, how many."""
    choices = [("all", _("All that waits"), len(found.waiting))]
    for key, parts, nameless in (
        ("region", found.regions, _("No region")),
        ("role", found.roles, _("No role")),
    ):
        if len(parts) > 1:
            choices += [(f"{key}:{name}", name or nameless, count) for name, count in parts]
    return choices


def parts_of(version: PacketVersion) -> tuple[str, str, str]:
    """The parts of a round that a version belongs to."""
    return ("all", f"region:{_region(version)}", f"role:{_role(version)}")


def approvals_of(version_ids: Iterable[int]) -> dict[int, dict[str, PacketApproval]]:
    """The approvals that count, by version and side. One query."""
    found: dict[int, dict[str, PacketApproval]] = {}
    given = PacketApproval.objects.live().filter(version__in=version_ids)
    for approval in given.select_related("by").order_by("kind"):
        found.setdefault(approval.version_id, {})[approval.kind] = approval
    return found


def approval_progress(kickoff: Kickoff) -> list[tuple[str, int]]:
    """How many of the drafts that wait each side has approved. One query."""
    given = (
        PacketApproval.objects.live()
        .filter(version__in=PacketVersion.objects.of(kickoff).waiting_for_approval().values("pk"))
        .order_by()
        .values_list("kind")
        .annotate(count=Count("pk"))
    )
    counts = dict(given)
    return [(str(kind.label), counts.get(kind.value, 0)) for kind in ApproverKind]


def missing_kinds(approvals: dict[str, PacketApproval]) -> list[str]:
    """The sides whose approval is still missing, in words."""
    return [str(kind.label) for kind in ApproverKind if kind.value not in approvals]


def last_return(version: PacketVersion) -> PacketReturn | None:
    """Who sent a draft back last, if it has neither changed nor been sent again since."""
    if version.state != State.DRAFT or version.submitted_at is not None:
        return None
    returns = version.returns.filter(at__gte=version.drafted_at).select_related("by")
    return returns.order_by("-at", "-pk").first()


@sensitive_variables()
def _sums(
    approver: PacketApprover, sent: PacketRound | None
) -> tuple[list[Group], list[Group], Hidden | None]:
    """The sums by currency and by region, or why there are none."""
    if sent is None or not (sent.is_open or sent.is_approved):
        return [], [], None
    try:
        kept = sent.read()
    except Unreadable:
        return [], [], Hidden.GONE
    if not kept.shown:
        return [], [], Hidden.COMPARABLE if has_shown_before(sent) else Hidden.FEW
    if not are_safe_for(approver, kept):
        return [], [], Hidden.KNOWS_TOO_MUCH
    found = aggregates.groups(kept.rows, kept.shown)
    by_region = [group for group in found if group.region is not None]
    return (
        [group for group in found if group.region is None],
        sorted(by_region, key=lambda group: (not group.region, group.region, -group.count)),
        None,
    )


def _changed(approver: PacketApprover, waiting: list[PacketVersion]) -> int:
    """Of what waits, how many packets this side had approved before, in another form."""
    known: dict[int, set[str]] = {}
    given = PacketApproval.objects.filter(
        kind=approver.kind, version__packet__kickoff=approver.kickoff
    )
    for packet_id, content_hash in given.values_list("version__packet_id", "content_hash"):
        known.setdefault(packet_id, set()).add(content_hash)
    return sum(
        version.packet_id in known and version.content_hash not in known[version.packet_id]
        for version in waiting
    )


def _own_drafts(approver: PacketApprover) -> int:
    """How many of what waits they drafted themselves."""
    drafts = PacketVersion.objects.of(approver.kickoff).waiting_for_approval()
    return drafts.filter(drafted_by=approver.person_id).count()


def _in_subquery(value: Any) -> Any:
    """The same one subquery further in, where a value is a column of the row around all of them."""
    return OuterRef(value) if isinstance(value, OuterRef) else value


def _region(version: PacketVersion) -> str:
    region = version.packet.rep.region
    return region.name if region else ""


def _role(version: PacketVersion) -> str:
    return role_of(version.packet.rep.job_title)
