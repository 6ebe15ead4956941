"""Pre-work by the API: one's own is listed and ticked, planners read how far everybody is."""

from datetime import UTC, datetime

import pytest

from events.tests.factories import PreworkItemFactory
from events.tests.world import build_world
from sko_planner.tests.api.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return build_world()


def test_ones_own_is_listed_and_ticked_and_nobody_elses(world):
    item = PreworkItemFactory(
        assignment__kickoff=world.kickoff, assignment__kind="READ", person=world["rep"]
    )
    work = PreworkItemFactory(
        assignment__kickoff=world.kickoff, assignment__kind="SUBMIT", person=world["rep"]
    )
    PreworkItemFactory(
        assignment__kickoff=world.kickoff,
        assignment__withdrawn_at=datetime(2027, 1, 5, tzinfo=UTC),
        person=world["rep"],
    )
    rep, peer = client_of(world["rep"]), client_of(world["peer"])

    seen = rep.get("/api/v1/prework/").data["results"]
    done, again, wrong, theirs = (
        client.post(f"/api/v1/prework/{one.pk}/done/")
        for client, one in ((rep, item), (rep, item), (rep, work), (peer, item))
    )

    assert [one["id"] for one in seen] == [item.pk, work.pk]
    assert [one.status_code for one in (done, again, wrong, theirs)] == [200, 200, 409, 404]
    assert (done.data["state"], done.data["done_at"]) == ("DONE", again.data["done_at"])


def test_planners_alone_read_how_far_everybody_is(world):
    item = PreworkItemFactory(assignment__kickoff=world.kickoff, person=world["rep"])
    PreworkItemFactory(assignment=item.assignment, person=world["peer"])
    address = f"/api/v1/kickoffs/{world.kickoff.slug}/prework/"

    (row,) = client_of(world["planner"]).get(address).data["results"]

    assert (row["assignment"]["id"], row["total"], row["done"]) == (item.assignment_id, 2, 0)
    assert client_of(world["executive"]).get(address).status_code == 404
