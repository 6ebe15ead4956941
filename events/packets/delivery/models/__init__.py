"""Packets, their versions, how these go out, and what people put on them."""

from events.packets.delivery.models.marks import (
    EmployerSignature,
    PacketAnswer,
    PacketApproval,
    PacketLapse,
    PacketRecall,
    PacketReturn,
    Receipt,
    RoundQuestion,
    seal_text,
)
from events.packets.delivery.models.releases import ApproverKind, PacketApprover, PacketRelease
from events.packets.delivery.models.rounds import PacketRound
from events.packets.delivery.models.versions import (
    Frozen,
    Packet,
    PacketVersion,
    PacketVersionQuerySet,
)
