"""Reminding from the coverage board, and the plan."""

import pytest
from django.urls import reverse

from events.reminders.models import Reminder, ReminderPlan
from events.tests.factories import PacketFactory, PacketVersionFactory
from events.tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = build_world()
    PacketVersionFactory(packet=PacketFactory(kickoff=world.kickoff, rep=world["rep"]))
    return world


def at(world, page, space="reminders"):
    return reverse(f"events:{space}:{page}", kwargs={"slug": world.kickoff.slug})


@pytest.mark.parametrize("role", ["planner", "revops"])
def test_the_board_offers_to_remind_and_says_what_it_did(client, world, role):
    client.force_login(world[role])
    board = client.get(at(world, "coverage", "packets")).content.decode()
    assert "1 rep can be reminded, 1 of them has not even opened it" in board

    page = client.post(at(world, "remind"), {"whom": "UNSIGNED", "region": ""}, follow=True)

    assert "1 rep gets a mail" in page.content.decode()
    again = client.post(at(world, "remind"), {"whom": "UNOPENED"}, follow=True)
    assert "had a mail today already" in again.content.decode()
    assert Reminder.objects.count() == 1


def test_an_executive_sees_the_board_without_it(client, world):
    client.force_login(world["executive"])

    board = client.get(at(world, "coverage", "packets")).content.decode()

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

    wrong = client.post(at(world, "plan"), data)
    assert wrong.status_code == 422
    assert "who hears first" in wrong.content.decode()

    client.post(at(world, "plan"), data | {"above_days": 6})
    plan = ReminderPlan.objects.get(kickoff=world.kickoff)
    assert (plan.unopened_days, plan.manager_days, plan.above_days) == (4, 3, 6)
