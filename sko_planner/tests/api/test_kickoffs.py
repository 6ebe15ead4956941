import pytest
from rest_framework.test import APIClient

from events.kickoff.models import Kickoff
from events.tests.world import build_world
from sko_planner.tests.api.clients import client_of

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Open Water FY29",
    "fiscal_year": "FY29",
    "starts_date": "2028-01-25",
    "ends_date": "2028-01-27",
    "time_zone": "Europe/Lisbon",
}


@pytest.fixture
def world():
    return build_world()


def test_a_planner_creates_a_draft_with_a_token(world):
    answer = client_of(world["planner"]).post("/api/v1/kickoffs/", NEW)

    assert answer.status_code == 201, answer.data
    assert answer.data["slug"] == "open-water-fy29"
    assert Kickoff.objects.get(slug="open-water-fy29").status == Kickoff.Status.DRAFT


def test_a_rep_creates_nothing(world):
    answer = client_of(world["rep"]).post("/api/v1/kickoffs/", NEW)

    assert answer.status_code == 404
    assert Kickoff.objects.count() == 1


def test_a_rep_lists_only_the_kickoffs_on_whose_roster_they_are(world):
    build_world(slug="elsewhere")

    answer = client_of(world["rep"]).get("/api/v1/kickoffs/")

    assert [row["slug"] for row in answer.data["results"]] == [world.kickoff.slug]


def test_dates_the_wrong_way_round_are_refused_in_words(world):
    answer = client_of(world["planner"]).post(
        "/api/v1/kickoffs/", NEW | {"ends_date": "2028-01-20"}
    )

    assert answer.status_code == 409
    assert answer.data["detail"] == "The last day is before the first day."


def test_a_change_keeps_what_it_does_not_name(world):
    answer = client_of(world["planner"]).patch(
        f"/api/v1/kickoffs/{world.kickoff.slug}/", {"venue": "Altice Arena"}
    )

    assert answer.status_code == 200, answer.data
    assert (answer.data["venue"], answer.data["city"]) == ("Altice Arena", "Lisbon")


def test_an_unknown_time_zone_is_named(world):
    answer = client_of(world["planner"]).post("/api/v1/kickoffs/", NEW | {"time_zone": "Mars/X"})

    assert answer.status_code == 400
    assert "time_zone" in answer.data


def test_without_a_token_nobody_gets_in(world):
    assert APIClient().get("/api/v1/kickoffs/").status_code == 401


def test_the_schema_is_openapi_3_1(world):
    answer = client_of(world["rep"]).get("/api/v1/schema/?format=json")

    assert answer.json()["openapi"].startswith("3.1")
    assert "/api/v1/kickoffs/" in answer.json()["paths"]


def test_what_is_not_there_and_what_is_not_theirs_answer_in_the_same_words(world):
    hidden = client_of(world["outsider"]).get(f"/api/v1/kickoffs/{world.kickoff.slug}/sessions/")
    gone = client_of(world["planner"]).get("/api/v1/kickoffs/nowhere/sessions/")

    assert (hidden.status_code, gone.status_code) == (404, 404)
    assert hidden.data == gone.data
