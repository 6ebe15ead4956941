"""Who gets an answer at which URL of records. The copy for a leaver is the only one without sign-in."""

from datetime import UTC, datetime, timedelta

from core.tests.access import EVERYBODY, ON_THE_ROSTER, REVOPS, Row, slug
from events.packets.records.models import Handout, HandoutPart, LeaverLink, LegalHold, seal_text
from events.packets.records.rules.codes import hash_token
from events.tests.factories import AttendeeFactory, PacketFactory, PacketVersionFactory
from people.tests.factories import PersonFactory

NOW = datetime.now(UTC)
REFUSED = frozenset({422})


def prepare(world):
    """A packet that is held, one of somebody who left with a link, an export, and a rep's own."""
    packet = world.things.get("packet") or PacketFactory(kickoff=world.kickoff, rep=world["rep"])
    hold = LegalHold.objects.create(
        packet=packet,
        sealed_reason=seal_text("A matter"),
        placed_by=world["revops"],
        placed_at=NOW,
    )
    leaver = PersonFactory(full_name="Joana Reis", is_active=False)
    AttendeeFactory(kickoff=world.kickoff, person=leaver)
    left = PacketFactory(kickoff=world.kickoff, rep=leaver)
    PacketVersionFactory(packet=left, released_by=world["revops"])
    fields = {"state": "WAITING", "requested_at": NOW, "parts_total": 1}
    export = Handout.objects.create(
        kind="COUNSEL",
        kickoff=world.kickoff,
        sealed_purpose=seal_text("A matter"),
        requested_by=world["revops"],
        **fields,
    )
    HandoutPart.objects.create(handout=export, packet=packet)
    own = Handout.objects.create(kind="OWN", rep=world["rep"], requested_by=world["rep"], **fields)
    handout = Handout.objects.create(
        kind="LEAVER", rep=leaver, requested_by=world["revops"], **fields
    )
    link = LeaverLink.objects.create(
        handout=handout,
        token_hash=hash_token("known"),
        code_hash="!",
        made_at=NOW,
        expires_at=NOW + timedelta(days=14),
    )
    world.things["records"] = {
        "packet": packet, "hold": hold, "leaver": leaver, "export": export, "own": own,
        "link": link,
    }  # fmt: skip


def _thing(name, key):
    def kwargs(world):
        return {**slug(world), key: world.things["records"][name].pk}

    return kwargs


def _token(token):
    return lambda world: {"token": token}


def _code(world):
    return {"code": "AAAA-AAAA-AAAA"}


def _unmeant(world):
    return {"expected": 1}


REP = frozenset({"rep"})

ROWS = [
    Row("events:packets:records:retention", REVOPS, slug),
    Row("events:packets:records:shred", REVOPS, slug),
    Row("events:packets:records:shred", REVOPS, slug, method="post", data=_unmeant, ok=REFUSED),
    Row("events:packets:records:hold", REVOPS, _thing("packet", "packet_id")),
    Row("events:packets:records:lift", REVOPS, _thing("hold", "hold_id"), method="post"),
    Row("events:packets:records:exports", REVOPS, slug),
    Row("events:packets:records:export_new", REVOPS, slug),
    Row(
        "events:packets:records:export_download",
        REVOPS,
        _thing("export", "handout_id"),
        method="post",
    ),
    Row("events:packets:records:export_end", REVOPS, _thing("export", "handout_id"), method="post"),
    Row("events:packets:records:leavers", REVOPS, slug),
    Row("events:packets:records:link_make", REVOPS, _thing("leaver", "person_id"), method="post"),
    Row("events:packets:records:link_revoke", REVOPS, _thing("link", "link_id"), method="post"),
    Row("events:packets:records:mine", ON_THE_ROSTER, slug),
    Row("events:packets:records:mine_ask", ON_THE_ROSTER, slug, method="post"),
    Row("events:packets:records:mine_download", REP, _thing("own", "handout_id"), method="post"),
    Row("events:packet_copy", EVERYBODY, _token("known")),
    Row("events:packet_copy", EVERYBODY, _token("never-made")),
    Row("events:packet_copy", EVERYBODY, _token("known"), method="post", data=_code, ok=REFUSED),
    Row("events:packet_copy", EVERYBODY, _token("gone"), method="post", data=_code, ok=REFUSED),
]
