from datetime import timedelta

import pytest
from django.utils import timezone

from events.tests.world import build_world
from reinforcement.tests.factories import TouchFactory
from sko_planner.tests.api.clients import client_of

pytestmark = pytest.mark.django_db


def test_a_rep_reads_their_own_touches_and_a_manager_those_of_their_reports():
    world = build_world()
    mine = TouchFactory(person=world["rep"], activity__campaign__kickoff=world.kickoff)
    theirs = TouchFactory(person=world["peer"], activity=mine.activity)

    seen = {
        role: [row["id"] for row in client_of(world[role]).get("/api/v1/touches/").data["results"]]
        for role in ("rep", "manager", "other_manager", "planner")
    }

    assert seen == {
        "rep": [mine.pk],
        "manager": [mine.pk],
        "other_manager": [theirs.pk],
        "planner": [],
    }


def test_a_manager_gives_a_report_more_time_once_in_words():
    world = build_world()
    now = timezone.now()
    touch = TouchFactory(
        person=world["rep"],
        activity__campaign__kickoff=world.kickoff,
        due_at=now - timedelta(days=3),
        overdue_at=now - timedelta(days=1),
    )
    client = client_of(world["manager"])

    answers = [client.post(f"/api/v1/touches/{touch.pk}/extend/", {"days": 3}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 409]
    assert answers[1].data["detail"] == "It already has at least that much time."
