import pytest

from events.tests.factories import PacketFactory, PacketVersionFactory, packet_content
from events.tests.packets.delivery.pages import BASE, QUOTA, TARGET
from events.tests.world import build_world


@pytest.fixture
def world():
    """The people of the access matrix; the rep and the peer have a released packet."""
    world = build_world()
    content = packet_content(quota=QUOTA, base=BASE, target_variable=TARGET)
    for role in ("rep", "peer"):
        packet = PacketFactory(kickoff=world.kickoff, rep=world[role])
        world.things[role] = PacketVersionFactory(
            packet=packet, content=content, released_by=world["revops"]
        )
    return world
