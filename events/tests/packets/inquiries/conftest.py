import pytest

from events.tests.packets.inquiries import making
from events.tests.world import build_world


@pytest.fixture
def world():
    """A rep with a manager who has a packet, a peer with another manager who has one too."""
    world = build_world()
    for role in ("rep", "peer"):
        world.things[role] = making.released(world, role)
        world[role].time_zone, world[role].country = "Europe/Lisbon", "PT"
        world[role].save(update_fields=["time_zone", "country"])
    return world
