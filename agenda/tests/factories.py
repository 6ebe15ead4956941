from datetime import UTC, datetime

import factory

from agenda.rooms.models import Room
from agenda.sessions.models import Session, SessionPerson
from events.tests.factories import KickoffFactory
from people.tests.factories import PersonFactory


class RoomFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Room

    kickoff = factory.SubFactory(KickoffFactory)
    name = factory.Sequence(lambda n: f"Room {n}")
    capacity = 200
    position = factory.Sequence(lambda n: n)


class TraySessionFactory(factory.django.DjangoModelFactory):
    """A session that waits for a room and a time."""

    class Meta:
        model = Session

    kickoff = factory.SubFactory(KickoffFactory)
    title = factory.Sequence(lambda n: f"Session {n}")
    type = "WORKSHOP"
    outcome = "Map one buying group"
    duration_minutes = 60


class SessionFactory(TraySessionFactory):
    """A session on the first day of the kickoff that the factories make, 09:00 in Lisbon."""

    room = factory.SubFactory(RoomFactory, kickoff=factory.SelfAttribute("..kickoff"))
    starts_at = datetime(2027, 2, 2, 9, 0, tzinfo=UTC)


class SessionPersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SessionPerson

    session = factory.SubFactory(SessionFactory)
    person = factory.SubFactory(PersonFactory)
