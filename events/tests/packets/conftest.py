import pytest

from events.packets import actions
from events.packets.models import PacketVersion
from events.tests.factories import (
    AttendeeFactory,
    KickoffFactory,
    PacketFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.packets.importing import MONDAY, import_one
from events.tests.packets.pages import BASE, QUOTA, TARGET
from events.tests.world import build_world
from people.tests.factories import PersonFactory, RevOpsFactory


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


@pytest.fixture
def kickoff():
    return KickoffFactory()


@pytest.fixture
def rep(kickoff):
    person = PersonFactory(full_name="Aïcha Benyahia")
    AttendeeFactory(kickoff=kickoff, person=person)
    return person


@pytest.fixture
def released(kickoff, rep):
    """Version 1, released on Monday."""
    import_one(kickoff, rep)
    revops = RevOpsFactory()
    actions.approve_packets(kickoff=kickoff, by=revops, at=MONDAY)
    actions.release_packets(kickoff=kickoff, by=revops, at=MONDAY)
    return PacketVersion.objects.get()
