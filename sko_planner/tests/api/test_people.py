import pytest

from events.attendance.models import Attendee
from events.tests.world import build_world
from sko_planner.tests.api.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return build_world()


def names(answer):
    return {row["full_name"] for row in answer.data["results"]}


def test_a_manager_lists_themselves_and_their_line(world):
    answer = client_of(world["manager"]).get("/api/v1/people/")

    assert names(answer) == {"Søren Lindqvist", "Aïcha Benyahia"}


def test_a_planner_moves_a_rep_under_another_manager(world):
    answer = client_of(world["planner"]).patch(
        f"/api/v1/people/{world['rep'].pk}/", {"manager": world["other_manager"].pk}
    )

    assert answer.status_code == 200, answer.data
    world["rep"].refresh_from_db()
    assert world["rep"].manager == world["other_manager"]
    assert (answer.data["manager"], answer.data["manager_waits"]) == (
        world["other_manager"].pk,
        True,
    )


def test_a_circle_of_managers_is_refused_in_words(world):
    answer = client_of(world["planner"]).patch(
        f"/api/v1/people/{world['manager'].pk}/", {"manager": world["rep"].pk}
    )

    assert answer.status_code == 409
    assert "Aïcha Benyahia" in answer.data["detail"]


def test_nobody_gives_themselves_a_role(world):
    answer = client_of(world["planner"]).patch(
        f"/api/v1/people/{world['planner'].pk}/", {"role": "REVOPS"}
    )

    assert answer.status_code == 403
    world["planner"].refresh_from_db()
    assert world["planner"].role == "PLANNER"


def test_a_planner_puts_somebody_on_the_roster_who_then_answers(world):
    url = f"/api/v1/kickoffs/{world.kickoff.slug}/attendance/"
    made = client_of(world["planner"]).post(
        url, {"email": "new@example.com", "full_name": "Emre Çağlayan", "kind": "REP"}
    )
    assert made.status_code == 201, made.data
    attendee = Attendee.objects.get(pk=made.data["id"])

    answer = client_of(attendee.person).post(f"{url}answer/", {"coming": True})

    assert answer.data["rsvp"] == "YES"


def test_pages_of_people_ask_as_often_for_many_as_for_one(world, django_assert_num_queries):
    client = client_of(world["planner"])

    with django_assert_num_queries(3):  # token, count, rows
        client.get("/api/v1/people/")
