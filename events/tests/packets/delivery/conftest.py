import pytest

from events.packets.delivery.models import PacketVersion
from events.tests.factories import (
    AttendeeFactory,
    KickoffFactory,
)
from events.tests.packets.delivery.importing import approve_all, import_one, release_all
from people.tests.factories import PersonFactory


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
