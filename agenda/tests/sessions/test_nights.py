"""What runs past midnight belongs to the evening before it, the last one included."""

from datetime import UTC, date, datetime, time

import pytest

from agenda.sessions.models import Session
from agenda.tests.factories import RoomFactory, SessionFactory
from agenda.tests.sessions.pages import release, url
from agenda.tests.sessions.test_views import JSON, form_data

pytestmark = pytest.mark.django_db

NIGHT = {"day": "2027-02-04", "start_time": "00:30"}  # in the night after the last day


def test_a_party_past_the_last_midnight_is_planned_by_form_and_move(planner, world):
    room = RoomFactory(kickoff=world.kickoff)
    said = form_data(world, room=room.pk, title="The last dance", type="SOCIAL", **NIGHT)

    added = planner.post(url("create", world), said)
    party = Session.objects.get(title="The last dance")
    moved = planner.post(
        url("move", world, session_id=party.pk),
        {"room": room.pk, "day": "2027-02-04", "start_time": "01:15", "version": 1},
        **JSON,
    )

    party.refresh_from_db()
    assert added.url.endswith("?day=2027-02-04")
    assert moved.json()["conflicts"] == []
    assert party.starts_at == datetime(2027, 2, 5, 1, 15, tzinfo=UTC)
    form = planner.get(url("edit", world, session_id=party.pk)).context["form"]
    assert (form["day"].value(), form["start_time"].value()) == ("2027-02-04", time(1, 15))


def test_the_grid_and_the_list_show_a_night_with_the_evening_before_it(planner, world):
    SessionFactory(
        kickoff=world.kickoff,
        room=RoomFactory(kickoff=world.kickoff),
        title="The last dance",
        starts_at=datetime(2027, 2, 5, 1, 15, tzinfo=UTC),
    )

    page = planner.get(url("grid", world) + "?day=2027-02-04")
    listed = planner.get(url("list", world) + "?day=2027-02-04").content.decode()

    [tile] = page.context["board"].tiles
    assert "k-at-2515 k-for-60" in tile.classes
    assert (tile.times, tile.begins) == ("01:15–02:15", "25:15")
    assert page.context["board"].hours[-1] == ("k-at-2600", "02:00")
    assert page.context["board"].said == []
    assert "The last dance" in listed
    assert (
        "The last dance" not in planner.get(url("list", world) + "?day=2027-02-03").content.decode()
    )


def test_by_the_clock_a_night_that_changes_it_keeps_sessions_one_after_the_other(planner, world):
    """In Lisbon one o'clock becomes two on Sunday 28 March 2027."""
    kickoff = world.kickoff
    kickoff.starts_date, kickoff.ends_date = date(2027, 3, 26), date(2027, 3, 27)
    kickoff.save()
    room = RoomFactory(kickoff=kickoff)
    for begins in (
        datetime(2027, 3, 28, 0, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
    ):
        SessionFactory(kickoff=kickoff, room=room, starts_at=begins, type="MEAL_BREAK")

    board = planner.get(url("grid", world) + "?day=2027-03-27").context["board"]

    assert [tile.times for tile in board.tiles] == ["00:00–02:00", "02:00–03:00"]
    assert "k-at-2400 k-for-120" in board.tiles[0].classes
    assert "k-at-2600 k-for-60" in board.tiles[1].classes


def test_a_rep_finds_the_night_on_the_day_before_it(rep, world):
    kickoff = world.kickoff
    SessionFactory(
        kickoff=kickoff,
        room=RoomFactory(kickoff=kickoff),
        title="The last dance",
        starts_at=datetime(2027, 2, 5, 1, 15, tzinfo=UTC),
    )
    release(world)

    assert "The last dance" in rep.get(url("mine", world) + "?day=2027-02-04").content.decode()
    assert "The last dance" not in rep.get(url("mine", world) + "?day=2027-02-03").content.decode()
