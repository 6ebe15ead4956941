import pytest

from events.tests.factories import PacketFactory, PacketVersionFactory, packet_content
from events.tests.packets.pages import BASE, QUOTA, TARGET
from events.tests.world import build_world


@pytest.fixture
def world():
    world = build_world()
    content = packet_content(quota=QUOTA, base=BASE, target_variable=TARGET)
    for role in ("rep", "peer"):
        packet = PacketFactory(kickoff=world.kickoff, rep=world[role])
        world.things[role] = PacketVersionFactory(
            packet=packet, content=content, released_by=world["revops"]
        )
    return world
