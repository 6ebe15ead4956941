"""What an approver sees: counts and sums over many, never the figures of one person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.models import (
    ApproverKind,
    PacketApproval,
    PacketApprover,
    PacketReturn,
    PacketVersion,
    PacketVersionQuerySet,
)
from events.packets.rules import aggregates
from events.packets.rules.aggregates import Figures, Group, role_of
from events.sealing.rules import Unreadable

State = PacketVersion.State


@dataclass(frozen=True, slots=True, repr=False)
class Round:
    """
    What RevOps sent for approval and has not released, for one approver.

    Sums go over all of the round, approved or not, so that approving a part of it tells nothing
    about that part. What waits for this approver is counted by region and by role.
    """

    headcount: int
    waiting: list[PacketVersion]
    regions: list[tuple[str, int]]
    roles: list[tuple[str, int]]
    by_currency: list[Group]
    by_region: list[Group]
    changed: int
    own_drafts: int
    no_territory: int
    not_paying: int
    unreadable: int
    digest: str

    @property
    def held_back(self) -> int:
        """How many cannot be approved before RevOps mends them."""
        return self.no_territory + self.not_paying + self.unreadable

    @property
    def ready(self) -> int:
        return len(self.waiting) - self.held_back

    @property
    def few_currencies(self) -> list[Group]:
        """The currencies of too few people to show their figures."""
        return [group for group in self.by_currency if group.sums is None]

    @property
    def few_people(self) -> int:
        return sum(group.count for group in self.few_currencies)

    @property
    def few_regions(self) -> list[tuple[str, int]]:
        """How many people of each region are hidden, over all currencies."""
        counts: dict[str, int] = {}
        for group in self.by_region:
            if group.sums is None:
                counts[group.name] = counts.get(group.name, 0) + group.count
        return list(counts.items())


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
    live = PacketApproval.objects.live().filter(version=OuterRef("pk"))
    return (
        PacketVersion.objects.of(approver.kickoff)
        .waiting_for_approval()
        .exclude(packet__rep=approver.person_id)
        .exclude(drafted_by=approver.person_id, drafted_by__isnull=False)
        .exclude(Exists(live.filter(kind=approver.kind)))
        .exclude(Exists(live.filter(by=approver.person_id)))
        .select_related("packet__rep__region")
        .order_by("pk")
    )


def digest(versions: Iterable[PacketVersion]) -> str:
    """What a page showed as waiting, so that nobody approves what came or changed since."""
    seen = sorted(f"{version.pk}:{version.content_hash}" for version in versions)
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


@sensitive_variables()
def aggregates_for(approver: PacketApprover) -> Round:
    """All that the page of an approver says. Opens each packet of the round; 3 queries."""
    waiting = list(waiting_for(approver))
    ids = {version.pk for version in waiting}
    sent = (
        PacketVersion.objects.of(approver.kickoff)
        .unreleased()
        .filter(submitted_at__isnull=False)
        .exclude(packet__rep=approver.person_id)
        .select_related("packet__rep__region")
    )
    rows: list[Figures] = []
    problems = {"no_territory": 0, "not_paying": 0, "unreadable": 0}
    headcount = own_drafts = 0
    for version in sent:
        headcount += 1
        own_drafts += version.state == State.DRAFT and version.drafted_by_id == approver.person_id
        row, problem = _figures(version)
        if row is not None:
            rows.append(row)
        if problem and version.pk in ids:
            problems[problem] += 1
    return Round(
        headcount=headcount,
        waiting=waiting,
        regions=aggregates.counted(_region(version) for version in waiting),
        roles=aggregates.counted(_role(version) for version in waiting),
        by_currency=aggregates.by_currency(rows),
        by_region=aggregates.by_region(rows),
        changed=_changed(approver, waiting),
        own_drafts=own_drafts,
        digest=digest(waiting),
        **problems,
    )


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


def returned_at(version_ids: Iterable[int]) -> dict[int, tuple[datetime, str]]:
    """When and by which side versions were sent back last, by version. One query."""
    through = PacketReturn.versions.through.objects.filter(packetversion__in=version_ids)
    rows = through.order_by("packetreturn__at").values_list(
        "packetversion_id", "packetreturn__at", "packetreturn__kind"
    )
    return {pk: (at, str(ApproverKind(kind).label)) for pk, at, kind in rows}


def _changed(approver: PacketApprover, waiting: list[PacketVersion]) -> int:
    """Of what waits, how many packets this side had approved before, in this form or another."""
    known = set(
        PacketApproval.objects.filter(
            kind=approver.kind, version__packet__kickoff=approver.kickoff
        ).values_list("version__packet_id", flat=True)
    )
    return sum(version.packet_id in known for version in waiting)


@sensitive_variables()
def _figures(version: PacketVersion) -> tuple[Figures | None, str]:
    """A packet's part in the sums, and what keeps it from being approved."""
    try:
        content = version.read()
    except Unreadable:
        return None, "unreadable"
    half, full, above = (content.comp.base + example.earned for example in content.examples())
    problem = ""
    if content.territory.is_empty:
        problem = "no_territory"
    elif not content.pays_target():
        problem = "not_paying"
    return (
        Figures(
            region=_region(version),
            role=_role(version),
            currency=content.currency,
            quota=content.quota.amount,
            base=content.comp.base,
            target_variable=content.comp.target_variable,
            costs=(half, full, above),
        ),
        problem,
    )


def _region(version: PacketVersion) -> str:
    region = version.packet.rep.region
    return region.name if region else ""


def _role(version: PacketVersion) -> str:
    return role_of(version.packet.rep.job_title)
