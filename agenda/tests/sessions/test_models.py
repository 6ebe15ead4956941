from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from agenda.sessions.models import Release, ReleasedPart, ReleasedSession, SessionPerson
from agenda.tests.factories import (
    RoomFactory,
    SessionFactory,
    SessionPersonFactory,
    TraySessionFactory,
)
from events.tests.factories import KickoffFactory
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db

AT = datetime(2027, 1, 8, 16, 20, tzinfo=UTC)


def refused(name):
    return pytest.raises(IntegrityError, match=name)


def test_seats_are_never_nought():
    with pytest.raises(IntegrityError):
        RoomFactory(capacity=0)


def test_a_rooms_name_is_its_own_in_any_case():
    room = RoomFactory(name="Tejo")
    RoomFactory(name="Tejo")  # of another kickoff

    with pytest.raises(IntegrityError):
        RoomFactory(kickoff=room.kickoff, name="TEJO")


@pytest.mark.parametrize(
    "wrong",
    [
        {"duration_minutes": 4},
        {"duration_minutes": 721},
        {"capacity": 0},
        {"type": "RAVE"},
        {"starts_at": AT},
    ],
)
def test_what_no_session_may_be_is_never_stored(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        TraySessionFactory(**wrong)


def test_a_session_with_a_room_and_no_time_is_never_stored():
    with pytest.raises(IntegrityError):
        SessionFactory(starts_at=None)


def test_a_person_has_each_part_of_a_session_once():
    part = SessionPersonFactory()
    SessionPersonFactory(session=part.session, person=part.person, part="FACILITATOR")

    with pytest.raises(IntegrityError):
        SessionPersonFactory(session=part.session, person=part.person)


def test_a_part_is_a_known_one():
    with pytest.raises(IntegrityError):
        SessionPerson.objects.create(session=SessionFactory(), person=PersonFactory(), part="CHAIR")


def test_a_kickoff_has_each_version_once_and_from_one():
    kickoff, by = KickoffFactory(), PlannerFactory()
    fields = {"kickoff": kickoff, "released_at": AT, "released_by": by}
    release = Release.objects.create(number=1, **fields)

    with refused("release"), transaction.atomic():
        Release.objects.create(number=1, **fields)
    with refused("release"), transaction.atomic():
        Release.objects.create(number=0, **fields)

    session = {
        "release": release,
        "session_id": 7,
        "title": "Lab",
        "type": "WORKSHOP",
        "where": "Lima",
        "starts_at": AT,
        "ends_at": AT.replace(hour=17),
    }
    row = ReleasedSession.objects.create(**session)
    with refused("releasedsession"), transaction.atomic():
        ReleasedSession.objects.create(**session)
    with refused("releasedsession"), transaction.atomic():
        ReleasedSession.objects.create(**(session | {"session_id": 8, "ends_at": AT}))

    ReleasedPart.objects.create(session=row, person=by, part="SPEAKER", name="Priya")
    with refused("releasedpart"), transaction.atomic():
        ReleasedPart.objects.create(session=row, person=by, part="SPEAKER", name="Priya")
