"""Who is how far, by person: narrowed, reminded by their manager, at the same cost for any number."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.tests.factories import AssignmentFactory, AttendeeFactory, PreworkItemFactory
from events.tests.world import build_world
from people.notices.models import Notice
from people.tests.factories import RegionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(time_machine):
    time_machine.move_to(datetime(2027, 1, 5, 9, tzinfo=UTC))
    return build_world()


def url(name, world, *args):
    return reverse(f"events:prework:{name}", args=[world.kickoff.slug, *args])


def test_by_person_is_narrowed_as_pre_work_is_dealt_out(client, world):
    north = RegionFactory()
    for role, region in (("rep", north), ("peer", None)):
        world[role].region = region
        world[role].save(update_fields=["region"])
        PreworkItemFactory(assignment__kickoff=world.kickoff, person=world[role])
    client.force_login(world["planner"])

    page = client.get(url("people", world), {"region": north.pk}).content.decode()

    assert world["rep"].full_name in page
    assert world["peer"].full_name not in page
    page = client.get(url("people", world), {"kind": "MANAGER"}).content.decode()
    assert world["manager"].full_name in page
    assert world["rep"].full_name not in page


def test_a_manager_reminds_their_own_of_what_is_late_once_a_day(client, world, time_machine):
    item = PreworkItemFactory(assignment__kickoff=world.kickoff, person=world["rep"])
    world["rep"].refresh_from_db()
    client.force_login(world["manager"])
    nudge = reverse("reinforcement:coaching:nudge", args=[world.kickoff.slug, world["rep"].pk])
    assert nudge not in client.get(url("team", world)).content.decode()  # nothing is late yet

    time_machine.move_to(item.assignment.due_at)
    team = url("team", world)
    assert nudge in client.get(team).content.decode()
    answer = client.post(nudge, {"next": team})

    assert answer.url == team
    assert Notice.objects.get().person == world["rep"]
    assert nudge not in client.get(team).content.decode()
    client.force_login(world["manager"].manager)
    assert nudge not in client.get(team).content.decode()  # not theirs to remind


def test_boards_take_as_many_queries_for_one_person_as_for_thirty(client, world):
    assignment = AssignmentFactory(kickoff=world.kickoff)
    client.force_login(world["planner"])
    pages = [url("board", world), url("people", world), url("missing", world, assignment.pk)]
    counts = []
    for more in (1, 30):
        for seat in AttendeeFactory.create_batch(more, kickoff=world.kickoff):
            PreworkItemFactory(assignment=assignment, person=seat.person)
        for address in pages:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counts.append(len(captured))

    assert counts[:3] == counts[3:]
    assert max(counts) <= 15
