"""One page of pictures for an executive sponsor, before, during and after the event."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve, reverse

from events.attendance.queries import Headcounts
from events.bets.models import BetReading
from events.commitments.models import ActionPlan
from events.readiness.queries import readiness_of
from events.tests.factories import AssignmentFactory, AttendeeFactory, PacketVersionFactory
from events.tests.world import build_world
from reinforcement.campaigns.queries import Counts
from sko_planner.home import after, executive

pytestmark = [pytest.mark.look, pytest.mark.django_db]
NOON = datetime(2026, 2, 2, 12, tzinfo=UTC)


def page_of(world, role="executive"):
    client = Client()
    client.force_login(world[role])
    return client.get(reverse("kickoff_home", kwargs={"slug": world.kickoff.slug}))


def over():
    return build_world(starts_date=date(2026, 1, 5), ends_date=date(2026, 1, 7))


@pytest.mark.look
@pytest.mark.long
@pytest.mark.parametrize("make", [build_world, over], ids=["before", "after"])
def test_it_holds_no_link_that_an_executive_may_not_open(make):
    world = make()
    AssignmentFactory(kickoff=world.kickoff)
    client = Client()
    client.force_login(world["executive"])
    html = page_of(world).content.decode()

    refused = []
    links = (piece.partition('"')[0].partition("#")[0] for piece in html.split('href="')[1:])
    for url in dict.fromkeys(links):
        try:
            resolve(url.partition("?")[0])
        except Resolver404:
            continue  # a file, or a place on the page
        if client.get(url).status_code not in (200, 302):
            refused.append(url)
    assert refused == []


def test_it_asks_for_no_work_and_shows_no_figure_of_pay():
    world = build_world()
    PacketVersionFactory(packet__kickoff=world.kickoff, packet__rep=world["rep"])
    html = page_of(world).content.decode()

    assert "btn-primary" not in html.partition("<main")[2].partition("</main>")[0]
    assert "k-mend" not in html
    assert "€" not in html
    assert "900,000" not in html


def test_it_says_how_far_each_bet_is_and_how_many_have_a_plan():
    world = over()
    words = {"metric": "Deals with three buyers", "unit": "%", "baseline": 30, "target": 50}
    bet = world.kickoff.bets.create(position=1, title="Win the group", **words)
    world.kickoff.bets.create(position=2, title="Renew early")
    for month, value in ((date(2026, 1, 1), 35), (date(2026, 2, 1), 40)):
        BetReading.objects.create(bet=bet, month=month, value=value, read_at=NOON)
    ActionPlan.objects.create(kickoff=world.kickoff, person=world["rep"], adopted_at=NOON)

    html = page_of(world).content.decode()

    assert "1 person has a plan, 0 agreed" in html
    assert "40 % in February, 50% of the way" in html
    assert "nothing measured yet" in html


def test_its_queries_do_not_grow_with_the_company():
    world = over()
    counts = []
    for more in (0, 1, 6):
        for _one in range(more):
            AttendeeFactory(kickoff=world.kickoff)
            AssignmentFactory(kickoff=world.kickoff)
        with CaptureQueriesContext(connection) as seen:
            page_of(world)
        counts.append(len(seen))
    assert counts[1] == counts[2]
    assert counts[0] <= counts[1]


def test_the_follow_ups_say_what_is_done_of_what_came_due():
    chart = after.follow_ups_chart(
        {0: Counts(due=10, done=8, overdue=1), 30: Counts(due=4, done=4), 60: Counts(planned=5)}
    )

    assert chart.title == "12 of 14 follow-ups that came due are done; 1 is late"
    assert [bar.text for bar in chart.bars] == ["80%", "100%"]


def test_before_anything_is_due_there_is_no_picture_of_follow_ups():
    assert after.follow_ups_chart({0: Counts(planned=5)}) is None


def test_the_title_of_readiness_says_what_is_met():
    world = build_world()
    at = datetime(2027, 1, 10, 12, tzinfo=ZoneInfo("Europe/Lisbon"))
    readiness = readiness_of(world.kickoff, at)

    assert "checks are met" in readiness.title_of_watcher


def test_an_empty_roster_has_no_picture():
    assert executive.roster_chart(Headcounts()) is None


def test_once_people_have_arrived_the_title_counts_those_who_checked_in():
    people = Headcounts(total=116, declined=6, coming=110, taking_part=110, checked_in=105)

    assert executive.roster_chart(people).title == "105 of 110 people have checked in"
    before = executive.roster_chart(replace(people, checked_in=0))
    assert before.title == "110 of 116 people are coming"
