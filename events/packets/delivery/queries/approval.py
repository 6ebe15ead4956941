"""What an approver sees: counts and sums over many, never the figures of one person."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.views.decorators.debug import sensitive_variables

from core.folding import alphabetical
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
from events.packets.delivery.rules.aggregates import Group
from events.packets.delivery.rules.cells import Kept
from events.packets.delivery.rules.content import fingerprint
from events.packets.delivery.rules.exceptions import kinds_for
from events.rates.rules import Rate, Reporting
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

    Sums are those of the whole round as it was sent, the same for every approver at any time, in
    its currencies and, at the rates of then, in the reporting one. Of what is out of the ordinary
    it says whether there is any, and how many only from five on.
    """

    sent: PacketRound | None
    waiting: list[PacketVersion]
    by_currency: list[Group]
    by_region: list[Group]
    total: Group | None
    hidden: Hidden | None
    exceptions: list[tuple[str, str, int]]
    reporting: Reporting | None
    without_rate: list[str]
    last_name: str
    problems: frozenset[str]
    changed: int
    own_drafts: int
    digest: str
    to_sign: str

    @property
    def headcount(self) -> int:
        return self.sent.size if self.sent else 0

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to look at: it waits, or both sides have approved it."""
        return self.sent is not None and (self.sent.is_open or self.sent.is_approved)

    @property
    def tells(self) -> bool:
        """Whether anything of it could be compared with a later round."""
        told = any(way != aggregates.HIDDEN for _kind, way, _count in self.exceptions)
        return bool(self.by_currency) or told

    @property
    def fingerprint(self) -> str:
        """Of exactly what is approved: what waits, without what is held back."""
        return fingerprint(self.to_sign)

    @property
    def told_exceptions(self) -> list[tuple[str, str, int]]:
        """The kinds of exception of which the page says that there are some."""
        nothing = ("NONE", aggregates.HIDDEN)
        return [one for one in self.exceptions if one[1] not in nothing]

    @property
    def few_people(self) -> int:
        """How many are in no sum of a currency."""
        return self.headcount - sum(group.count for group in self.by_currency)

    @property
    def elsewhere(self) -> int:
        """How many of those in the sums are in none by region."""
        shown = sum(group.count for group in self.by_currency)
        return shown - sum(group.count for group in self.by_region)

    @property
    def rates(self) -> list[tuple[str, Rate]]:
        """The rates that the total is made at."""
        codes = {group.currency for group in self.by_currency}
        return self.reporting.used(codes) if self.reporting else []


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
    return _digest(((version.pk, version.content_hash) for version in versions), sent)


def _digest(hashes: Iterable[tuple[int, str]], sent: PacketRound | None) -> str:
    """Of versions, by key and content hash, as part of a round. The hashes are salted."""
    seen = [str(sent.pk if sent else "")]
    seen += sorted(f"{pk}:{content_hash}" for pk, content_hash in hashes)
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


@sensitive_variables()
def aggregates_for(approver: PacketApprover) -> Round:
    """All that the page of an approver says. Opens what waits and what was kept; 3 queries."""
    sent = latest_round(approver.kickoff)
    waiting = list(waiting_for(approver)) if sent else []
    kept, hidden = _kept(approver, sent)
    found = aggregates.groups(kept) if kept else []
    by_region = [group for group in found if group.region is not None]
    problems = {one.pk: what_holds_back(one) for one in waiting}
    return Round(
        sent=sent,
        waiting=waiting,
        by_currency=[group for group in found if group.region is None],
        by_region=sorted(
            by_region,
            key=lambda one: (not one.region, alphabetical(one.region or ""), -one.count),
        ),
        total=aggregates.total(kept, found) if kept else None,
        hidden=hidden,
        exceptions=[(kind, *aggregates.told_count(kept, kind)) for kind in kinds_for(kept.rows)]
        if kept
        else [],
        reporting=kept.reporting if kept else None,
        without_rate=kept.without_rate if kept else [],
        last_name=kept.last_name if kept else "",
        problems=frozenset(filter(None, problems.values())),
        changed=_changed(approver, waiting),
        own_drafts=_own_drafts(approver) if sent and sent.is_open else 0,
        digest=digest(waiting, sent),
        to_sign=digest([one for one in waiting if not problems[one.pk]], sent),
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


def approvals_of(version_ids: Iterable[int]) -> dict[int, dict[str, PacketApproval]]:
    """The approvals that count, by version and side. One query."""
    found: dict[int, dict[str, PacketApproval]] = {}
    given = PacketApproval.objects.live().filter(version__in=version_ids)
    for approval in given.select_related("by").order_by("kind"):
        found.setdefault(approval.version_id, {})[approval.kind] = approval
    return found


@dataclass(frozen=True, slots=True)
class Signing:
    """
    What somebody approved of a round at once, under which name. `is_sound` is whether its digest
    is still that of the approvals that are kept.
    """

    side: str
    typed_name: str
    at: datetime
    count: int
    fingerprint: str
    is_sound: bool


def signings_of(sent: PacketRound) -> list[Signing]:
    """The approvals of a round as they were signed, oldest first. One query."""
    together: dict[tuple[str, str, datetime, str], list[PacketApproval]] = {}
    for one in sent.approvals.order_by("at", "pk"):
        key = (one.get_kind_display(), one.typed_name, one.at, one.signed_hash)
        together.setdefault(key, []).append(one)
    return [
        Signing(
            side,
            typed_name,
            at,
            len(approvals),
            fingerprint(signed),
            _digest(((one.version_id, one.content_hash) for one in approvals), sent) == signed,
        )
        for (side, typed_name, at, signed), approvals in together.items()
    ]


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


def missing_kinds(approvals: Collection[str]) -> list[str]:
    """The sides whose approval is still missing, in words."""
    return [str(kind.label) for kind in ApproverKind if kind.value not in approvals]


def last_return(version: PacketVersion) -> PacketReturn | None:
    """Who sent a draft back last, if it has neither changed nor been sent again since."""
    if version.state != State.DRAFT or version.submitted_at is not None:
        return None
    returns = version.returns.filter(at__gte=version.drafted_at).select_related("by")
    return returns.order_by("-at", "-pk").first()


@sensitive_variables()
def _kept(approver: PacketApprover, sent: PacketRound | None) -> tuple[Kept | None, Hidden | None]:
    """What was kept of a round as far as an approver may see it, or why no sums are there."""
    if sent is None or not (sent.is_open or sent.is_approved):
        return None, None
    try:
        kept = sent.read()
    except Unreadable:
        return None, Hidden.GONE
    hidden = None
    if not kept.shown:
        hidden = Hidden.COMPARABLE if has_shown_before(sent) else Hidden.FEW
    if not are_safe_for(approver, kept):
        return None, hidden or Hidden.KNOWS_TOO_MUCH
    return kept, hidden


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
