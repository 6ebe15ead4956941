"""The rounds of a kickoff: which is open, what was shown of them. What opens figures says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.delivery.models import (
    PacketApprover,
    PacketRound,
    PacketVersion,
    RoundQuestion,
)
from events.packets.delivery.queries.comparing import Comparison, comparison_of
from events.packets.delivery.rules import cells, rounds
from events.packets.delivery.rules.cells import Figures, Kept
from events.packets.delivery.rules.exceptions import kinds_for
from events.packets.quotas.queries import reporting_of
from events.sealing.rules import Unreadable
from people.accounts.models import Person
from people.org.queries import line_of


def latest_round(kickoff: Kickoff) -> PacketRound | None:
    """The last round that was sent, open or not. One query."""
    sent = PacketRound.objects.filter(kickoff=kickoff).select_related("submitted_by", "closed_by")
    return sent.order_by("-number").first()


def open_round(kickoff: Kickoff) -> PacketRound | None:
    """The round that is with its approvers. One query."""
    return PacketRound.objects.open().filter(kickoff=kickoff).first()


def questions_to_answer(sent: PacketRound) -> list[RoundQuestion]:
    """What approvers ask about the round that is with them, oldest first. One query."""
    return list(sent.questions.filter(answered_at=None).select_related("by"))


def questions_of(sent: PacketRound, person: Person) -> list[RoundQuestion]:
    """What somebody asked about a round, with the answers, oldest first. One query."""
    return list(sent.questions.filter(by=person).select_related("answered_by"))


def packets_to_send_again(sent: PacketRound) -> list[int]:
    """The packets of a round that went back and whose drafts were not sent since. One query."""
    drafts = sent.versions.filter(state=PacketVersion.State.DRAFT, submitted_at=None)
    return list(drafts.order_by("pk").values_list("packet_id", flat=True))


def has_shown_before(sent: PacketRound) -> bool:
    """Whether approvers were shown sums of an earlier round of the kickoff. One query."""
    shown = PacketRound.objects.filter(kickoff=sent.kickoff_id, shown_at__isnull=False)
    return shown.filter(number__lt=sent.number).exists()


@sensitive_variables()
def to_keep(
    kickoff: Kickoff,
    versions: Sequence[PacketVersion],
    approvers: Sequence[PacketApprover],
    at: datetime,
) -> Kept:
    """
    What is kept of a new round, with which sums its approvers may see. Opens its versions and what
    was kept of earlier rounds.

    No sums at all where an earlier round of the kickoff that was shown cannot be opened, since
    nothing says then what this one could be compared with; without last year where that is so of
    the kickoff before.
    """
    beside = comparison_of(kickoff, versions)
    try:
        before = _shown_of(kickoff.pk)
    except Unreadable:
        before = None
    of_last: list[Kept] = []
    if beside.last_year is not None:
        try:
            of_last = _shown_of(beside.last_year.pk)
        except Unreadable:
            beside = replace(beside, last_year=None, last={})
    day = kickoff.local_date(at)
    kept = Kept(
        rows=tuple(_figures_of(version, beside, day) for version in versions),
        year=kickoff.pk,
        last_year=beside.last_year.pk if beside.last_year else None,
        last_name=beside.last_year.fiscal_year if beside.last_year else "",
        reporting=reporting_of(kickoff),
    )
    if before is None:
        return kept
    kinds = kinds_for(kept.rows)
    shown, told = cells.choose(kept, kinds, [*before, *of_last], known_to(approvers))
    return replace(kept, shown=shown, told=told)


def _shown_of(kickoff_id: int) -> list[Kept]:
    """:raises Unreadable: a round that was shown cannot be opened"""
    shown = PacketRound.objects.filter(kickoff=kickoff_id, shown_at__isnull=False)
    return [one.read() for one in shown]


@sensitive_variables()
def _figures_of(version: PacketVersion, beside: Comparison, day: date) -> Figures:
    rep = version.packet.rep
    region, content = rep.region.name if rep.region else "", version.read()
    return rounds.figures_of(
        rep.pk,
        region,
        content,
        day=day,
        last=beside.last_of(rep.pk, content.currency),
        plan=beside.plan_of(rep.pk, content.currency),
    )


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
def are_safe_for(approver: PacketApprover, kept: Kept) -> bool:
    """
    Whether an approver may see what is shown of a round, by what they know from elsewhere now:
    they may have been named, or become somebody's manager, after it was sent.
    """
    if approver.person.is_revops:
        return True
    return cells.are_safe_for(people_known_to(approver), kept)
