import pytest

from events.packets.models import PacketVersion
from events.tests.factories import (
    AttendeeFactory,
    KickoffFactory,
    PacketFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.packets.importing import approve_all, import_one, release_all
from events.tests.packets.pages import BASE, QUOTA, TARGET
from events.tests.world import build_world
from people.tests.factories import PersonFactory


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
    approve_all(kickoff)
    release_all(kickoff)
    return PacketVersion.objects.get()
