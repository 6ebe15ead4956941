from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agenda.rooms import actions
from agenda.rooms.models import Room
from agenda.tests.factories import RoomFactory, SessionFactory
from events.tests.world import build_world
from people.activity.models import Entry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 8, tzinfo=UTC)


@pytest.fixture
def world():
    return build_world()


@pytest.fixture
def planner(client, world):
    client.force_login(world["planner"])
    return client


def url(name, world, **more):
    return reverse(f"agenda:rooms:{name}", kwargs={"slug": world.kickoff.slug} | more)


DETAILS = {"name": "Tejo", "place": "level 0", "capacity": 220, "position": 1, "notes": ""}


def test_a_room_is_added_changed_and_deleted(planner, world):
    planner.post(url("add", world), DETAILS)
    room = Room.objects.get()
    planner.post(
        url("edit", world, room_id=room.pk), DETAILS | {"capacity": 180, "is_outdoors": "on"}
    )
    room.refresh_from_db()
    planner.post(url("delete", world, room_id=room.pk))

    assert (room.capacity, room.is_outdoors) == (180, True)
    assert not Room.objects.exists()
    assert set(Entry.objects.values_list("verb", flat=True)) == {
        "room.added",
        "room.edited",
        "room.deleted",
    }


def test_a_name_that_another_room_has_is_refused_beside_the_field(planner, world):
    RoomFactory(kickoff=world.kickoff, name="TEJO")

    page = planner.post(url("add", world), DETAILS)

    assert "Another room is called “Tejo”" in page.context["form"].errors["name"][0]


@pytest.mark.parametrize("seats", [0, -1, "many"])
def test_a_room_without_seats_is_refused(planner, world, seats):
    page = planner.post(url("add", world), DETAILS | {"capacity": seats})

    assert page.context["form"].errors["capacity"]
    assert not Room.objects.exists()


def test_a_room_in_which_sessions_are_held_is_kept(planner, world):
    session = SessionFactory(kickoff=world.kickoff, room__name="Tejo")

    page = planner.post(url("delete", world, room_id=session.room_id), follow=True)

    assert "1 session is in Tejo" in page.content.decode()
    assert Room.objects.exists()


def test_a_new_room_stands_last(world):
    RoomFactory(kickoff=world.kickoff, position=4)

    room = actions.add_room(
        kickoff=world.kickoff, name="Lima", capacity=24, by=world["planner"], at=AT
    )

    assert room.position == 5


def test_another_kickoffs_room_under_this_slug_is_404(planner, world):
    assert planner.get(url("edit", world, room_id=RoomFactory().pk)).status_code == 404


def test_rooms_take_the_same_number_of_queries_at_1_3_and_30(planner, world):
    counts = []
    for size in (1, 3, 30):
        while world.kickoff.rooms.count() < size:
            SessionFactory(kickoff=world.kickoff)
        with CaptureQueriesContext(connection) as queries:
            planner.get(url("list", world))
        counts.append(len(queries))

    assert len(set(counts)) == 1
