from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from events.tests.world import build_world
from people.mail.models import Message
from reinforcement.campaigns.actions import fill_plan
from reinforcement.tests.factories import STARTED
from reinforcement.touches.models import Touch

pytestmark = pytest.mark.django_db


def _tick(at):
    out = StringIO()
    call_command("tick", at=at, stdout=out)
    return out.getvalue()


def test_one_tick_ends_the_kickoff_starts_its_campaign_and_plans_the_touches():
    world = build_world()
    fill_plan(world.kickoff, world["planner"], STARTED)

    said = _tick("2027-02-05T00:05")

    world.kickoff.refresh_from_db()
    assert world.kickoff.status == "ENDED"
    assert Touch.objects.exists()
    assert "Tick at 2027-02-05 00:05 UTC" in said


def test_the_same_tick_twice_mails_nothing_twice_and_counts_the_touches():
    world = build_world()
    fill_plan(world.kickoff, world["planner"], STARTED)
    _tick("2027-02-05T00:05")

    said = [_tick(f"2027-02-05T10:0{minute}+00:00") for minute in (0, 0, 1)]

    assert len(mail.outbox) == Message.objects.count() == 4
    assert said[0].splitlines()[-1].split() == [world.kickoff.slug, "4", "4", "0", "0"]
    assert {one.splitlines()[-1] for one in said} == {said[0].splitlines()[-1]}


def test_what_is_no_time_is_refused_in_words():
    with pytest.raises(CommandError, match="no ISO time"):
        _tick("yesterday")
