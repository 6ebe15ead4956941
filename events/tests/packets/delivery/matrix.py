"""Who gets an answer at which URL of packets."""

from datetime import UTC, datetime

from core.tests.access import ON_THE_ROSTER, REVOPS, Row, slug
from events.packets.delivery.models import Packet, PacketRound, RoundQuestion, seal_text
from events.tests.factories import (
    PacketApproverFactory,
    PacketFactory,
    PacketReleaseFactory,
    PacketVersionFactory,
)

AT = datetime(2027, 1, 8, 9, tzinfo=UTC)
OVERSEERS = frozenset({"planner", "revops", "executive"})
MANAGERS = frozenset({"manager", "other_manager"})
# `rep` reports to `manager`; RevOps makes packets. Planners and executives see no figures
READERS = frozenset({"rep", "manager", "revops"})
# Named by RevOps below: one who watches the kickoff, one who is a rep
APPROVERS = frozenset({"executive", "peer"})


def prepare(world):
    # Another capability may have given the rep their packet already
    packet = Packet.objects.filter(kickoff=world.kickoff, rep=world["rep"]).first()
    if packet is None:
        packet = PacketFactory(kickoff=world.kickoff, rep=world["rep"])
        PacketVersionFactory(packet=packet, released_by=world["revops"])
    world.things["packet"] = packet
    draft = PacketFactory(kickoff=world.kickoff, rep=world["peer"])
    PacketVersionFactory(packet=draft, state="DRAFT")
    world.things["draft"] = draft
    for kind, role in (("FINANCE", "executive"), ("SALES", "peer")):
        world.things[kind] = PacketApproverFactory(
            kickoff=world.kickoff, person=world[role], kind=kind, named_by=world["revops"]
        )
    sent = PacketRound.objects.create(
        kickoff=world.kickoff, number=1, size=1, submitted_at=AT, closed_at=AT, outcome="RETURNED"
    )
    world.things["question"] = RoundQuestion.objects.create(
        round=sent, by=world["executive"], at=AT, sealed_question=seal_text("Why?")
    )
    waiting = PacketFactory(kickoff=world.kickoff, rep=world["other_manager"])
    world.things["release"] = PacketReleaseFactory(kickoff=world.kickoff, by=world["revops"])
    PacketVersionFactory(packet=waiting, state="APPROVED", release=world.things["release"])
    world.things["waiting"] = waiting


def _packet(world):
    return {"slug": world.kickoff.slug, "packet_id": world.things["packet"].pk}


def _version(world):
    return {**_packet(world), "number": 1}


def _draft(world):
    return {"slug": world.kickoff.slug, "packet_id": world.things["draft"].pk, "number": 1}


def _draft_packet(world):
    return {"slug": world.kickoff.slug, "packet_id": world.things["draft"].pk}


def _waiting_packet(world):
    return {"slug": world.kickoff.slug, "packet_id": world.things["waiting"].pk}


def _waiting(world):
    return {**_waiting_packet(world), "number": 1}


def _release(world):
    return {"slug": world.kickoff.slug, "release_id": world.things["release"].pk}


def _approver(world):
    return {"slug": world.kickoff.slug, "approver_id": world.things["FINANCE"].pk}


def _question(world):
    return {"slug": world.kickoff.slug, "question_id": world.things["question"].pk}


def _forged_token(world):
    return {"slug": world.kickoff.slug, "token": "forged"}


def _signature(world):
    return {"has_read": "on", "typed_name": world["rep"].full_name}


ROWS = [
    Row("events:packets:delivery:desk", REVOPS, slug),
    Row("events:packets:delivery:draft", REVOPS, slug),
    Row("events:packets:delivery:draft", REVOPS, slug, method="post"),
    Row("events:packets:delivery:submit", REVOPS, slug, method="post"),
    Row("events:packets:delivery:take_back", REVOPS, slug, method="post"),
    Row("events:packets:delivery:approvers", REVOPS, slug),
    Row("events:packets:delivery:approval", APPROVERS, slug),
    Row("events:packets:delivery:approve", APPROVERS, slug, method="post"),
    Row("events:packets:delivery:send_back", APPROVERS, slug, method="post", ok=frozenset({422})),
    Row("events:packets:delivery:ask", APPROVERS, slug, method="post", ok=frozenset({422})),
    Row("events:packets:delivery:answer_approver", REVOPS, _question, method="post"),
    Row("events:packets:delivery:release", REVOPS, slug),
    Row("events:packets:delivery:release", REVOPS, slug, method="post"),
    Row("events:packets:delivery:cancel", REVOPS, _release, method="post"),
    Row("events:packets:delivery:confirm", REVOPS, _release),
    Row("events:packets:delivery:confirm", REVOPS, _release, method="post", ok=frozenset({422})),
    Row("events:packets:delivery:lift", REVOPS, _release, method="post"),
    Row("events:packets:delivery:remove_approver", REVOPS, _approver, method="post"),
    Row("events:packets:delivery:import", REVOPS, slug),
    Row("events:packets:delivery:import_preview", REVOPS, _forged_token),
    Row("events:packets:coverage:board", OVERSEERS, slug),
    Row("events:packets:coverage:now", OVERSEERS, slug),
    Row("events:packets:coverage:wall", OVERSEERS, slug),
    Row("events:packets:coverage:export", OVERSEERS, slug),
    Row("events:packets:coverage:report", MANAGERS, slug),
    Row("events:packets:delivery:mine", ON_THE_ROSTER, slug),
    Row("events:packets:delivery:detail", READERS, _packet),
    Row("events:packets:delivery:detail", REVOPS | {"peer"}, _draft_packet),
    # An embargoed packet: that it waits is known to those who will read it, what it says to RevOps
    Row("events:packets:delivery:detail", REVOPS | {"other_manager"}, _waiting_packet),
    Row("events:packets:delivery:sign", frozenset(), _waiting, method="post"),
    Row("events:packets:delivery:answer", frozenset(), _waiting, method="post"),
    Row("events:packets:delivery:what_if", frozenset(), _waiting, method="post"),
    Row("events:packets:delivery:what_if", frozenset(), _draft, method="post"),
    Row(
        "events:packets:delivery:what_if",
        frozenset({"rep"}),
        _version,
        method="post",
        data=lambda world: {"closed": "250,000"},
    ),
    Row("events:packets:delivery:recall", frozenset(), _waiting),
    Row("events:packets:delivery:recall", REVOPS, _version),
    Row("events:packets:delivery:record", REVOPS, _version),
    Row(
        "events:packets:delivery:sign", frozenset({"rep"}), _version, method="post", data=_signature
    ),
    Row("events:packets:delivery:answer", frozenset({"rep"}), _version, method="post"),
]
