"""Who gets an answer at which URL of packets."""

from core.tests.access import ON_THE_ROSTER, REVOPS, Row, slug
from events.tests.factories import PacketFactory, PacketVersionFactory

OVERSEERS = frozenset({"planner", "revops", "executive"})
MANAGERS = frozenset({"manager", "other_manager"})
# `rep` reports to `manager`; RevOps makes packets. Planners and executives see no figures
READERS = frozenset({"rep", "manager", "revops"})


def prepare(world):
    packet = PacketFactory(kickoff=world.kickoff, rep=world["rep"])
    PacketVersionFactory(packet=packet, released_by=world["revops"])
    world.things["packet"] = packet
    draft = PacketFactory(kickoff=world.kickoff, rep=world["peer"])
    PacketVersionFactory(packet=draft, state="DRAFT")
    world.things["draft"] = draft


def _packet(world):
    return {"slug": world.kickoff.slug, "packet_id": world.things["packet"].pk}


def _version(world):
    return {**_packet(world), "number": 1}


def _draft(world):
    return {"slug": world.kickoff.slug, "packet_id": world.things["draft"].pk, "number": 1}


def _draft_packet(world):
    return {"slug": world.kickoff.slug, "packet_id": world.things["draft"].pk}


def _forged_token(world):
    return {"slug": world.kickoff.slug, "token": "forged"}


def _signature(world):
    return {"has_read": "on", "typed_name": world["rep"].full_name}


ROWS = [
    Row("events:packets:desk", REVOPS, slug),
    Row("events:packets:approve", REVOPS, slug, method="post"),
    Row("events:packets:release", REVOPS, slug, method="post"),
    Row("events:packets:import", REVOPS, slug),
    Row("events:packets:import_preview", REVOPS, _forged_token),
    Row("events:packets:coverage", OVERSEERS, slug),
    Row("events:packets:export", OVERSEERS, slug),
    Row("events:packets:report", MANAGERS, slug),
    Row("events:packets:mine", ON_THE_ROSTER, slug),
    Row("events:packets:detail", READERS, _packet),
    Row("events:packets:detail", REVOPS | {"peer"}, _draft_packet),
    Row("events:packets:letter", READERS, _version),
    Row("events:packets:letter", REVOPS, _draft),
    Row("events:packets:sign", frozenset({"rep"}), _version, method="post", data=_signature),
]
