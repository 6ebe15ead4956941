from datetime import date

import pytest

from events.letters.rules.languages import terms_in
from events.letters.rules.letter import Letter, Signature
from events.packets.models import Receipt
from events.packets.rules.content import hash_of, to_payload
from events.tests.factories import PacketFactory, PacketVersionFactory, packet_content
from events.tests.letters.times import AT, SIGNED
from events.tests.packets.pages import BASE, QUOTA, TARGET
from events.tests.world import build_world


@pytest.fixture
def world():
    """Rep and peer hold a released packet each, whose figures stand nowhere else."""
    world = build_world()
    content = packet_content(quota=QUOTA, base=BASE, target_variable=TARGET)
    for role in ("rep", "peer"):
        packet = PacketFactory(kickoff=world.kickoff, rep=world[role])
        world.things[role] = PacketVersionFactory(
            packet=packet, content=content, released_by=world["revops"]
        )
    return world


@pytest.fixture
def a_letter():
    """`a_letter(number=3)`: a released letter with invented figures."""

    def make(**changes):
        content = changes.pop("content", None) or packet_content()
        fields = {
            "kickoff_name": "One Motion FY28",
            "fiscal_year": "FY28",
            "number": 2,
            "content": content,
            "content_hash": hash_of(to_payload(content, salt="x")),
            "terms": terms_in("2027.1", changes.get("language", "en")),
            "released_date": date(2027, 1, 12),
            "replaces": 1,
            "changes": ["The quota went from €940,000 to €900,000."],
            "employer": Signature("Mateusz Wiśniewski", "Tue 12 January 2027", "RevOps"),
        }
        return Letter(**{**fields, **changes})

    return make


@pytest.fixture
def sign():
    """`sign(version)`: its rep has signed the receipt."""

    def put(version):
        return Receipt.objects.create(
            version=version,
            person=version.packet.rep,
            typed_name=version.packet.rep.full_name,
            content_hash=version.content_hash,
            signed_at=SIGNED,
        )

    return put


@pytest.fixture
def at():
    return AT
