import pytest

from events.tests.factories import (
    AttendeeFactory,
    KickoffFactory,
    PacketFactory,
    PacketVersionFactory,
)
from people.tests.factories import PersonFactory, RevOpsFactory


@pytest.fixture
def kickoff():
    """In Lisbon, 2 to 4 February 2027."""
    return KickoffFactory()


@pytest.fixture
def revops():
    return RevOpsFactory()


@pytest.fixture
def rep_with(kickoff):
    """`rep_with("VIEWED", manager=…)`: a rep on the roster whose version was released 5 January."""

    def make(state="RELEASED", rsvp="YES", **person):
        person = PersonFactory(**{"time_zone": "Europe/Lisbon", **person})
        AttendeeFactory(kickoff=kickoff, person=person, rsvp=rsvp, answered_at=kickoff.created_at)
        PacketVersionFactory(packet=PacketFactory(kickoff=kickoff, rep=person), state=state)
        return person

    return make
