from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from events.tests.factories import AttendeeFactory
from events.tests.world import build_world
from people.tests.factories import PersonFactory
from reinforcement.tests.factories import DAY_4, ActivityFactory, CampaignFactory, TouchFactory
from reinforcement.tests.pages import queries_of

pytestmark = pytest.mark.django_db
NOW = DAY_4 + timedelta(days=10)


@pytest.fixture(autouse=True)
def _day_14():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world():
    world = build_world()
    CampaignFactory(kickoff=world.kickoff)
    return world


def _touch(world, role="rep", **fields):
    activity = ActivityFactory(campaign=world.kickoff.campaign, **fields.pop("activity", {}))
    return TouchFactory(activity=activity, person=world[role], **fields)


def _url(world, name, **kwargs):
    return reverse(f"reinforcement:touches:{name}", kwargs={"slug": world.kickoff.slug, **kwargs})


def _page(client, world, role, name, **kwargs):
    client.force_login(world[role])
    return client.get(_url(world, name, **kwargs)).content.decode()


def test_the_practice_tab_shows_the_late_thing_first_then_what_comes_and_what_is_done(
    client, world
):
    late = _touch(world)
    soon = _touch(world, due_at=NOW, overdue_at=NOW + timedelta(days=3))
    later = _touch(world, due_at=NOW + timedelta(days=9), overdue_at=NOW + timedelta(days=12))
    done = _touch(world, done_at=DAY_4)

    page = _page(client, world, "rep", "mine")

    places = [page.index(touch.activity.title) for touch in (late, soon, later, done)]
    assert places == sorted(places)


def test_the_practice_tab_teaches_when_there_is_nothing_yet(client, world):
    assert "Practice begins after the kickoff" in _page(client, world, "rep", "mine")


def test_the_practice_tab_asks_as_often_for_thirty_touches_as_for_one(client, world):
    client.force_login(world["rep"])
    _touch(world)
    one = queries_of(client, _url(world, "mine"))
    for _ in range(29):
        _touch(world)

    assert queries_of(client, _url(world, "mine")) == one <= 12


def test_what_was_taken_back_is_on_nobodys_list(client, world):
    gone = _touch(world, state="SKIPPED", skip_reason="DECLINED")
    stale = _touch(world, state="SKIPPED", skip_reason="STALE")

    page = _page(client, world, "rep", "mine")

    assert gone.activity.title not in page
    assert stale.activity.title in page


def test_a_touch_by_guessed_id_is_not_found_by_peers_nor_under_another_kickoff(client, world):
    touch = _touch(world)
    other = build_world_elsewhere()
    for role in ("peer", "other_manager", "planner", "executive"):
        client.force_login(world[role])
        assert client.get(_url(world, "detail", touch_id=touch.pk)).status_code == 404
        assert client.post(_url(world, "complete", touch_id=touch.pk)).status_code == 404
        assert client.post(_url(world, "extend", touch_id=touch.pk)).status_code == 404
    client.force_login(world["rep"])
    elsewhere = reverse(
        "reinforcement:touches:detail", kwargs={"slug": other.slug, "touch_id": touch.pk}
    )
    assert client.get(elsewhere).status_code == 404


def build_world_elsewhere():
    return CampaignFactory().kickoff


def test_a_rep_does_not_extend_their_own_time(client, world):
    touch = _touch(world)
    client.force_login(world["rep"])

    assert client.post(_url(world, "extend", touch_id=touch.pk)).status_code == 404


def test_a_manager_extends_a_report_once_and_is_told_why_not_twice(client, world):
    touch = _touch(world)
    client.force_login(world["manager"])
    url = _url(world, "extend", touch_id=touch.pk)

    said = [client.post(url, follow=True).content.decode() for _ in range(2)]

    assert "has three more days" in said[0]
    assert "It already has at least that much time" in said[1]


def test_a_lesson_is_not_done_by_saying_so(client, world):
    touch = _touch(world)
    client.force_login(world["rep"])

    client.post(_url(world, "complete", touch_id=touch.pk))

    touch.refresh_from_db()
    assert touch.done_at is None


def test_follow_ups_are_the_managers_and_their_reports_latest_first(client, world):
    report = _touch(world)
    own = _touch(
        world,
        "manager",
        about=world["rep"],
        activity={"kind": "MANAGER_FOLLOW_UP"},
        overdue_at=DAY_4 + timedelta(days=2),
    )
    foreign = _touch(world, "peer")

    page = _page(client, world, "manager", "follow_ups")

    assert page.index(own.activity.title) < page.index(report.activity.title)
    assert foreign.activity.title not in page


def test_the_list_of_follow_ups_asks_as_often_at_1_3_and_30_rows(client, world):
    client.force_login(world["manager"])
    counts = []
    for wanted in (1, 2, 27):
        for _ in range(wanted):
            person = PersonFactory(manager=world["manager"])
            AttendeeFactory(kickoff=world.kickoff, person=person)
            activity = ActivityFactory(campaign=world.kickoff.campaign)
            TouchFactory(activity=activity, person=person)
        counts.append(queries_of(client, _url(world, "follow_ups")))

    assert len(set(counts)) == 1
    assert counts[0] <= 12
