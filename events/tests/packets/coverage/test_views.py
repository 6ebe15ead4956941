"""Reminding from the coverage board, and the plan."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from events.packets.coverage.models import Reminder, ReminderPlan
from events.packets.coverage.queries import reminders as queries
from events.packets.delivery.models import PacketVersion
from events.tests.factories import PacketFactory, PacketVersionFactory
from events.tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = build_world()
    PacketVersionFactory(packet=PacketFactory(kickoff=world.kickoff, rep=world["rep"]))
    return world


def at(world, page):
    return reverse(f"events:packets:coverage:{page}", kwargs={"slug": world.kickoff.slug})


@pytest.mark.parametrize("role", ["planner", "revops"])
def test_the_board_offers_to_remind_and_says_what_it_did(client, world, role):
    client.force_login(world[role])
    board = client.get(at(world, "board")).content.decode()
    assert "1 rep can be reminded, 1 of them has not even opened it" in board

    page = client.post(at(world, "remind"), {"whom": "UNSIGNED", "region": ""}, follow=True)

    assert "1 rep gets a mail" in page.content.decode()
    again = client.post(at(world, "remind"), {"whom": "UNOPENED"}, follow=True)
    assert "had a mail today already" in again.content.decode()
    assert Reminder.objects.count() == 1


def test_the_plan_says_what_was_sent_to_whom_and_why(client, world):
    client.force_login(world["planner"])
    assert "Nothing was sent yet" in client.get(at(world, "reminders")).content.decode()
    client.post(at(world, "remind"), {"whom": "UNSIGNED", "region": ""})
    Reminder.objects.create(
        version=PacketVersion.objects.get(),
        stage="LIST",
        local_date=timezone.now().date(),
        at=timezone.now(),
    )

    page = client.get(at(world, "reminders")).content.decode()

    assert "To reps, by hand: <bdi>Priya Raghunathan</bdi>" in page
    assert "To managers: the list of the last day" in page


@pytest.mark.parametrize("versions", [1, 3])
def test_what_was_sent_costs_one_query_for_any_number(world, django_assert_num_queries, versions):
    for _n in range(versions):
        version = PacketVersionFactory(packet=PacketFactory(kickoff=world.kickoff))
        Reminder.objects.create(
            version=version, stage="UNOPENED", local_date=date(2027, 1, 8), at=timezone.now()
        )

    with django_assert_num_queries(1):
        sent = queries.sent_so_far(world.kickoff)

    assert [(one.stage, one.count) for one in sent] == [("UNOPENED", versions)]


def test_an_executive_sees_the_board_without_it(client, world):
    client.force_login(world["executive"])

    board = client.get(at(world, "board")).content.decode()

    assert at(world, "remind") not in board


@pytest.mark.parametrize("data", [{}, {"whom": "ALL"}, {"whom": "UNSIGNED", "region": "x"}])
def test_what_is_not_offered_is_refused(client, world, data):
    client.force_login(world["planner"])

    page = client.post(at(world, "remind"), data, follow=True)

    assert "Choose whom to remind" in page.content.decode()
    assert not Reminder.objects.exists()


def test_the_plan_is_saved_and_its_errors_stand_beside_the_field(client, world):
    client.force_login(world["planner"])
    data = {"is_on": "on", "unopened_days": 4, "manager_days": 3, "above_days": 3}

    wrong = client.post(at(world, "reminders"), data)
    assert wrong.status_code == 422
    assert "who hears first" in wrong.content.decode()

    client.post(at(world, "reminders"), data | {"above_days": 6})
    plan = ReminderPlan.objects.get(kickoff=world.kickoff)
    assert (plan.unopened_days, plan.manager_days, plan.above_days) == (4, 3, 6)
