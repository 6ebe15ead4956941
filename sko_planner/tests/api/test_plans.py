"""Budget, readiness and timeline by the API: to whom their pages answer."""

from datetime import date

import pytest

from events.tests.budget.factories import let_own, make_budget, make_line
from events.tests.factories import PlanningTaskFactory
from events.tests.world import build_world
from sko_planner.tests.api.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return build_world(currency="USD")


def test_money_is_read_by_those_who_see_it_alone(world):
    budget = make_budget(world.kickoff)
    make_line(budget, committed=30_000)
    address = f"/api/v1/kickoffs/{world.kickoff.slug}/budget/"

    (row,) = client_of(world["planner"]).get(address).data["results"]
    assert (row["name"], row["planned"], row["committed"], row["currency"], row["waits"]) == (
        "Stage, sound and light",
        "31000.000",
        "30000.000",
        "USD",
        False,
    )
    let_own(budget, 5, world["outsider"])
    seen = {role: client_of(world[role]).get(address).status_code for role in world.people}
    assert {role for role, status in seen.items() if status == 200} == {
        "planner",
        "executive",
        "outsider",
    }
    assert client_of(world["planner"]).post(address, {"name": "x"}).status_code == 405


def test_readiness_tells_its_score_and_each_check(world):
    address = f"/api/v1/kickoffs/{world.kickoff.slug}/readiness/"

    said = client_of(world["executive"]).get(address).data

    assert said["score"] == sum(one["earned"] for one in said["checks"])
    by_key = {one["key"]: one for one in said["checks"]}
    assert by_key["agenda.experiential"]["threshold"].startswith("at least 45%")
    assert client_of(world["revops"]).get(address).status_code == 404


def test_a_task_is_listed_ticked_and_moved_with_what_waits_for_it(world):
    task = PlanningTaskFactory(kickoff=world.kickoff, owner=world["revops"])
    tasks = f"/api/v1/kickoffs/{world.kickoff.slug}/tasks/"
    planner, owner = client_of(world["planner"]), client_of(world["revops"])
    (row,) = planner.get(tasks).data["results"]

    moved = planner.post(f"{tasks}{task.pk}/move/", {"due_date": "2027-01-14", "seen": row["seen"]})
    stale = planner.post(f"{tasks}{task.pk}/move/", {"due_date": "2027-01-15", "seen": row["seen"]})
    theirs = owner.post(f"{tasks}{task.pk}/move/", {"due_date": "2027-01-15"})
    done = owner.post(f"{tasks}{task.pk}/done/", {})
    wrong = planner.post(f"{tasks}{task.pk}/move/", {"due_date": "soon"})

    assert moved.data["task"]["due_date"] == "2027-01-14"
    assert [one.status_code for one in (moved, stale, theirs, done, wrong)] == [
        200,
        409,
        404,
        200,
        400,
    ]
    task.refresh_from_db()
    assert (task.own_date, task.is_done) == (date(2027, 1, 14), True)
    assert owner.get(tasks).status_code == 404
