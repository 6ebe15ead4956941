import pytest
import time_machine
from django.urls import reverse
from django.utils.html import strip_tags

from events.tests.world import build_world


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2027-01-12T12:00Z", "2–4 Feb · in 21 days"),
        ("2027-02-03T12:00Z", "Lisbon · day 2 of 3"),
        ("2027-03-17T12:00Z", "Lisbon · day 41 of 90"),
        ("2027-06-01T12:00Z", "2–4 Feb 2027 · Lisbon"),
    ],
)
@pytest.mark.parametrize("role", ["planner", "rep"])
def test_the_header_says_which_day_of_the_kickoff_it_is(client, role, today, said):
    with time_machine.travel(today, tick=False):
        world = build_world()
        client.force_login(world[role])
        name = "events:planning:list" if role == "planner" else "events:packets:delivery:mine"
        page = client.get(reverse(name, args=[world.kickoff.slug]))

    assert said in " ".join(strip_tags(page.content.decode()).split())
