"""The rounds of a kickoff: which is open, what was shown of them. What opens figures says so."""

from __future__ import annotations

from collections.abc import Sequence

from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketApprover, PacketRound, PacketVersion
from events.packets.delivery.rules import aggregates, rounds
from events.packets.delivery.rules.aggregates import Choice, Figures
from events.sealing.rules import Unreadable
from people.org.queries import line_of


def latest_round(kickoff: Kickoff) -> PacketRound | None:
    """The last round that was sent, open or not. One query."""
    sent = PacketRound.objects.filter(kickoff=kickoff).select_related("submitted_by", "closed_by")
    return sent.order_by("-number").first()


def open_round(kickoff: Kickoff) -> PacketRound | None:
    """The round that is with its approvers. One query."""
    return PacketRound.objects.open().filter(kickoff=kickoff).first()


def packets_to_send_again(sent: PacketRound) -> list[int]:
    """The packets of a round that went back and whose drafts were not sent since. One query."""
    drafts = sent.versions.filter(state=PacketVersion.State.DRAFT, submitted_at=None)
    return list(drafts.order_by("pk").values_list("packet_id", flat=True))


def has_shown_before(sent: PacketRound) -> bool:
    """Whether approvers were shown sums of an earlier round of the kickoff. One query."""
    shown = PacketRound.objects.filter(kickoff=sent.kickoff_id, shown_at__isnull=False)
    return shown.filter(number__lt=sent.number).exists()


@sensitive_variables()
def sums_to_show(
    kickoff: Kickoff, rows: Sequence[Figures], approvers: Sequence[PacketApprover]
) -> list[Choice]:
    """
    Which sums the approvers of a new round may see. Opens what was kept of earlier rounds.

    None at all where an earlier round that was shown cannot be opened, since nothing says then
    what this one could be compared with.
    """
    shown = PacketRound.objects.filter(kickoff=kickoff, shown_at__isnull=False)
    try:
        before = [(kept.rows, kept.shown) for kept in (one.read() for one in shown)]
    except Unreadable:
        return []
    return aggregates.choose(rows, before, known_to(approvers))


def known_to(approvers: Sequence[PacketApprover]) -> list[frozenset[int]]:
    """Whose figures each approver knows from elsewhere, and all of them together."""
    # RevOps reads every packet, so that nothing is to be hidden from them
    known = [people_known_to(one) for one in approvers if not one.person.is_revops]
    return [*known, frozenset[int]().union(*known)]


def people_known_to(approver: PacketApprover) -> frozenset[int]:
    """Themselves, and everybody below them where being above somebody lets them read packets."""
    person = approver.person
    if person.is_planner or person.is_executive:
        return frozenset({person.pk})
    return frozenset({person.pk, *line_of(person).values_list("pk", flat=True)})


@sensitive_variables()
def are_safe_for(approver: PacketApprover, kept: rounds.Kept) -> bool:
    """
    Whether an approver may see what is shown of a round, by what they know from elsewhere now:
    they may have been named, or become somebody's manager, after it was sent.
    """
    if approver.person.is_revops:
        return True
    return aggregates.are_safe_for(people_known_to(approver), kept.rows, kept.shown)


@sensitive_variables()
def figures_of(version: PacketVersion) -> Figures:
    """A packet's part in the sums. :raises Unreadable: no key opens it"""
    rep = version.packet.rep
    region = rep.region.name if rep.region else ""
    return rounds.figures_of(rep.pk, region, version.read())
