"""Every mail about packets with an invented content, for the page that shows them."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from events.kickoff.queries import invented
from events.packets.delivery.actions import notices
from events.packets.delivery.models import (
    ApproverKind,
    Packet,
    PacketApprover,
    PacketRound,
    PacketVersion,
    Receipt,
    RoundQuestion,
)
from people.notices.actions import NoticeDraft
from people.notices.hooks import someone


def shown_mails() -> Iterator[NoticeDraft]:
    """The mails about packets, for the page that shows them."""
    at, kickoff = timezone.now(), invented()
    rep, revops_person = someone(), someone("Mateusz Wiśniewski")
    packet = Packet(pk=0, kickoff=kickoff, rep=rep)
    first, second = (
        PacketVersion(pk=0, packet=packet, number=number, content_hash="5ad0" * 16)
        for number in (1, 2)
    )
    second.receipt = Receipt(typed_name=rep.full_name, means=Receipt.Means.PAPER)
    approver = PacketApprover(
        pk=0,
        kickoff=kickoff,
        person=someone("Declan Byrne"),
        kind=ApproverKind.FINANCE,
        named_by=revops_person,
    )
    sent = PacketRound(pk=0, kickoff=kickoff)
    yield notices.released(kickoff, first)
    yield notices.released(kickoff, second)
    yield notices.recalled(second, first)
    yield notices.signed(second, at)
    yield notices.recorded(second, revops_person)
    yield notices.accepted(second)
    yield notices.named(approver, at)
    yield notices.submitted(approver, 6, at)
    yield notices.round_ended(approver, sent, str(PacketRound.Outcome.CHANGED.label))
    yield notices.answered(RoundQuestion(pk=0, round=sent, by=approver.person))
    yield from notices.declined(second, 0, [someone("Søren Lindqvist")])
    yield notices.to_desk(
        kickoff,
        revops_person,
        key="shown",
        subject=_("New reps need a packet"),
        text=_("2 reps joined %(kickoff)s after packets went out.") % {"kickoff": kickoff.name},
    )
