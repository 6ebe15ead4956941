from datetime import timedelta

import pytest
from django.utils import timezone

from events.commitments.actions import Promise, promise
from events.tests.world import build_world
from sko_planner.tests.api.clients import client_of

pytestmark = pytest.mark.django_db


def test_somebody_reads_and_answers_their_own_promises_alone():
    world = build_world()
    rep = world["rep"]
    made = promise(
        kickoff=world.kickoff,
        person=rep,
        source="OWN",
        said=Promise(words="Call"),
        by=rep,
        at=timezone.now(),
    )
    time = made.occurrences.get()
    address = f"/api/v1/commitments/{time.pk}/answer/"
    rows = client_of(rep).get("/api/v1/commitments/").data["results"]
    assert [(row["words"], row["state"]) for row in rows] == [("Call", "OPEN")]
    assert client_of(world["manager"]).get("/api/v1/commitments/").data["results"] == []

    past = (timezone.now() - timedelta(days=3)).date()
    refused = client_of(rep).post(address, {"state": "CARRIED", "carry_to": past})
    done = client_of(rep).post(address, {"state": "DONE"})
    theirs = client_of(world["manager"]).post(address, {"state": "DONE"})

    assert refused.data["detail"] == "Carry it to a day to come, within three months."
    assert [refused.status_code, done.status_code, theirs.status_code] == [409, 200, 404]
    assert done.data["state"] == "DONE"
