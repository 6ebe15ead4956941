import pytest
from django.db.models import signals

from events.tests.factories import PacketFactory, PacketVersionFactory, packet_content
from events.tests.packets.delivery.pages import BASE, QUOTA, TARGET
from events.tests.world import build_world
from people.accounts.models import Person
from people.bell.queries import kinds
from people.notices.models import Choice


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


@pytest.fixture(scope="session")
def _kinds():
    """Of mails about packets. To list them draws every mail of the product."""
    return [kind.name for kind in kinds() if kind.name.startswith("packets.")]


@pytest.fixture(autouse=True)
def _everybody_is_mailed_at_once(_kinds):
    """These tests look at what mails say: whoever is made has chosen to get each at once."""

    def choose(instance, created, **_):
        if created:
            Choice.objects.bulk_create(
                Choice(person=instance, kind=kind, delivery="once") for kind in _kinds
            )

    signals.post_save.connect(choose, sender=Person)
    yield
    signals.post_save.disconnect(choose, sender=Person)
