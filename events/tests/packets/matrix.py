"""Who gets an answer at which URL of packets."""

from core.tests.access import ON_THE_ROSTER, REVOPS, Row, slug
from events.packets.models import Packet
from events.tests.factories import (
    PacketApproverFactory,
    PacketFactory,
    PacketReleaseFactory,
    PacketVersionFactory,
)

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


def _forged_token(world):
    return {"slug": world.kickoff.slug, "token": "forged"}


def _signature(world):
    return {"has_read": "on", "typed_name": world["rep"].full_name}


ROWS = [
    Row("events:packets:desk", REVOPS, slug),
    Row("events:packets:draft", REVOPS, slug),
    Row("events:packets:draft", REVOPS, slug, method="post"),
    Row("events:packets:submit", REVOPS, slug, method="post"),
    Row("events:packets:take_back", REVOPS, slug, method="post"),
    Row("events:packets:approvers", REVOPS, slug),
    Row("events:packets:approval", APPROVERS, slug),
    Row("events:packets:approve", APPROVERS, slug, method="post"),
    Row("events:packets:send_back", APPROVERS, slug, method="post", ok=frozenset({422})),
    Row("events:packets:release", REVOPS, slug),
    Row("events:packets:release", REVOPS, slug, method="post"),
    Row("events:packets:cancel", REVOPS, _release, method="post"),
    Row("events:packets:lift", REVOPS, _release, method="post"),
    Row("events:packets:remove_approver", REVOPS, _approver, method="post"),
    Row("events:packets:import", REVOPS, slug),
    Row("events:packets:import_preview", REVOPS, _forged_token),
    Row("events:packets:coverage", OVERSEERS, slug),
    Row("events:packets:coverage_now", OVERSEERS, slug),
    Row("events:packets:wall", OVERSEERS, slug),
    Row("events:packets:export", OVERSEERS, slug),
    Row("events:packets:report", MANAGERS, slug),
    Row("events:packets:mine", ON_THE_ROSTER, slug),
    Row("events:packets:detail", READERS, _packet),
    Row("events:packets:detail", REVOPS | {"peer"}, _draft_packet),
    # An embargoed packet: that it waits is known to those who will read it, what it says to RevOps
    Row("events:packets:detail", REVOPS | {"other_manager"}, _waiting_packet),
    Row("events:packets:sign", frozenset(), _waiting, method="post"),
    Row("events:packets:answer", frozenset(), _waiting, method="post"),
    Row("events:packets:recall", frozenset(), _waiting),
    Row("events:packets:recall", REVOPS, _version),
    Row("events:packets:record", REVOPS, _version),
    Row("events:packets:sign", frozenset({"rep"}), _version, method="post", data=_signature),
    Row("events:packets:answer", frozenset({"rep"}), _version, method="post"),
]
