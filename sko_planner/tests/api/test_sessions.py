from datetime import UTC, datetime

import pytest

from agenda.rooms.models import Room
from agenda.sessions.models import Session
from events.tests.world import build_world
from people.tests.factories import GONE, PersonFactory
from sko_planner.tests.api.clients import client_of

pytestmark = pytest.mark.django_db

START = datetime(2027, 2, 3, 10, 0, tzinfo=UTC)


@pytest.fixture
def world():
    return build_world()


@pytest.fixture
def room(world):
    return Room.objects.create(kickoff=world.kickoff, name="Tejo", capacity=200, position=1)


def url_of(world, tail=""):
    return f"/api/v1/kickoffs/{world.kickoff.slug}/sessions/{tail}"


def new_session(room, **said):
    return {
        "title": "Deal clinic, round 1",
        "type": "DEAL_CLINIC",
        "duration_minutes": 90,
        "room": room.pk,
        "starts_at": START.isoformat(),
        "accepted": True,
    } | said


def test_a_planner_adds_moves_and_deletes_a_session(world, room):
    client = client_of(world["planner"])

    made = client.post(
        url_of(world), new_session(room, speakers=[world["manager"].pk]), format="json"
    )
    assert made.status_code == 201, made.data
    assert made.data["speakers"] == [world["manager"].pk]

    session_id, version = made.data["id"], made.data["version"]
    moved = client.post(
        url_of(world, f"{session_id}/move/"),
        {"room": room.pk, "starts_at": "2027-02-03T13:00:00Z", "version": version},
        format="json",
    )
    assert moved.status_code == 200, moved.data
    assert moved.data["starts_at"] == "2027-02-03T13:00:00Z"

    assert client.delete(url_of(world, f"{session_id}/")).status_code == 204
    assert not Session.objects.exists()


def test_a_change_keeps_what_it_does_not_name(world, room):
    client = client_of(world["planner"])
    made = client.post(
        url_of(world), new_session(room, speakers=[world["manager"].pk]), format="json"
    ).data

    changed = client.patch(
        url_of(world, f"{made['id']}/"),
        {"outcome": "Each deal has a second buyer", "version": made["version"], "accepted": True},
        format="json",
    )

    assert changed.status_code == 200, changed.data
    assert changed.data["outcome"] == "Each deal has a second buyer"
    assert changed.data["speakers"] == [world["manager"].pk]
    assert changed.data["title"] == "Deal clinic, round 1"


def test_of_two_moves_from_one_version_the_second_is_refused(world, room):
    client = client_of(world["planner"])
    made = client.post(url_of(world), new_session(room), format="json").data
    move = {"room": None, "starts_at": None, "version": made["version"]}

    codes = [
        client.post(url_of(world, f"{made['id']}/move/"), move, format="json").status_code
        for _ in range(2)
    ]

    assert codes == [200, 409]


def test_a_room_of_another_kickoff_is_unknown(world, room):
    elsewhere = build_world(slug="elsewhere")
    theirs = Room.objects.create(kickoff=elsewhere.kickoff, name="Douro", capacity=9, position=1)

    answer = client_of(world["planner"]).post(url_of(world), new_session(theirs), format="json")

    assert answer.status_code == 400
    assert "room" in answer.data


def test_a_rep_reads_the_released_agenda_and_never_the_draft(world, room):
    client_of(world["planner"]).post(url_of(world), new_session(room), format="json")
    rep = client_of(world["rep"])

    assert rep.get(url_of(world)).status_code == 404
    assert rep.get(url_of(world, "released/")).data == []


def test_a_session_without_its_length_is_refused_by_name(world):
    answer = client_of(world["planner"]).post(
        url_of(world), {"title": "Win stories", "type": "WORKSHOP"}, format="json"
    )

    assert answer.status_code == 400
    assert list(answer.data) == ["duration_minutes"]


def test_a_body_nested_too_deep_is_refused(world):
    answer = client_of(world["planner"]).post(
        url_of(world), "[" * 200_000, content_type="application/json"
    )

    assert answer.status_code == 400
    assert "nested too deep" in answer.data["detail"]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"duration_minutes": 0}, 400),
        ({"duration_minutes": 721}, 400),
        ({"capacity": 0}, 400),
        ({"starts_at": "0001-01-01T00:00:00Z"}, 409),
        ({"starts_at": "9999-12-31T23:59:59Z"}, 409),
    ],
)
def test_a_session_out_of_all_measure_is_refused(world, room, said, status):
    client = client_of(world["planner"])
    made = client.post(url_of(world), new_session(room), format="json").data

    added = client.post(url_of(world), new_session(room, **said), format="json")
    changed = client.patch(
        url_of(world, f"{made['id']}/"), said | {"version": made["version"]}, format="json"
    )

    assert (added.status_code, changed.status_code) == (status, status)
    assert Session.objects.count() == 1


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_session_is_not_moved_out_of_all_measure(world, room, moment):
    client = client_of(world["planner"])
    made = client.post(url_of(world), new_session(room), format="json").data

    moved = client.post(
        url_of(world, f"{made['id']}/move/"),
        {"room": room.pk, "starts_at": moment, "version": made["version"]},
        format="json",
    )

    assert moved.status_code == 409


@pytest.mark.parametrize("gone", GONE)
def test_who_has_left_is_no_choice_for_a_session_or_as_a_manager(world, room, gone):
    client, left = client_of(world["planner"]), PersonFactory(**gone)
    new = {"email": "ida@example.com", "full_name": "Ida Holm", "kind": "REP", "manager": left.pk}

    session = client.post(url_of(world), new_session(room, speakers=[left.pk]), format="json")
    attendee = client.post(f"/api/v1/kickoffs/{world.kickoff.slug}/attendance/", new, format="json")

    assert (session.status_code, attendee.status_code) == (400, 400)
    assert "speakers" in str(session.data)
    assert "manager" in str(attendee.data)
