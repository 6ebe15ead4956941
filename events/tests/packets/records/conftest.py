from datetime import UTC, date, datetime

import pytest

from events.packets.delivery.models import Receipt
from events.packets.records.actions import papers
from events.tests.factories import PacketFactory, PacketVersionFactory, packet_content
from events.tests.packets.delivery.pages import BASE, QUOTA, TARGET
from events.tests.world import build_world
from people.tests.factories import PersonFactory

# Of a plan that runs from 1 March 2027 to 29 February 2028
DAY_ONE = datetime(2027, 2, 1, 9, tzinfo=UTC)
DUE_FROM = date(2031, 3, 2)


@pytest.fixture(autouse=True)
def quick_letters(monkeypatch):
    """A letter in no time; that the real one is a sealed PDF is tested where it is made."""
    monkeypatch.setattr(papers, "letter_now", lambda **kwargs: b"%PDF-")


@pytest.fixture
def world():
    """The rep's packet has two versions, the first signed; the peer's has one."""
    world = build_world()
    content = packet_content(quota=QUOTA, base=BASE, target_variable=TARGET)
    packet = PacketFactory(kickoff=world.kickoff, rep=world["rep"])
    first = PacketVersionFactory(
        packet=packet,
        state="SUPERSEDED",
        content=content,
        released_by=world["revops"],
        viewed_at=datetime(2027, 1, 6, tzinfo=UTC),
        received_at=datetime(2027, 1, 7, tzinfo=UTC),
        superseded_at=datetime(2027, 1, 20, 9, tzinfo=UTC),
    )
    Receipt.objects.create(
        version=first,
        person=world["rep"],
        typed_name="Aïcha Benyahia",
        content_hash=first.content_hash,
        signed_at=first.received_at,
    )
    second = PacketVersionFactory(
        packet=packet, number=2, content=content, released_by=world["revops"]
    )
    other = PacketFactory(kickoff=world.kickoff, rep=world["peer"])
    world.things |= {
        "packet": packet,
        "first": first,
        "second": second,
        "other": other,
        "others": PacketVersionFactory(packet=other, content=content, released_by=world["revops"]),
    }
    return world


@pytest.fixture
def leaver(world):
    """Somebody who left, with a released packet of their own."""
    person = PersonFactory(full_name="Joana Reis", is_active=False)
    packet = PacketFactory(kickoff=world.kickoff, rep=person)
    PacketVersionFactory(
        packet=packet, content=packet_content(quota=QUOTA, base=BASE, target_variable=TARGET)
    )
    return person
