"""Somebody from outside reaches what is theirs and nothing else: every address, asked once as a guest."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from events.attendance.models import Attendee
from events.guests.actions import give_place
from sko_planner.tests.roles.rows import ROWS, address

# What they may open at all; what of it is somebody else's is not there for them either
THEIRS = {
    "home",
    "my_kickoff",
    "kickoff_home",
    "theme",
    "offline_worker",
    "events:guests:home",
    "events:guest_by_link",
    "events:answer_by_link",
    "events:calendar_by_link",
    "events:attendance:answer",
    "events:needs:mine",
    "events:needs:answer",
    "events:prework:mine",
    "agenda:panelist_by_link",
}


@pytest.fixture
def guest(world):
    """A guest who stands on the roster, as the most that a guest can have."""
    found = world.things["guest"]
    seat = give_place(guest=found, by=world["planner"], at=timezone.now())
    Attendee.objects.filter(pk=seat.pk).update(rsvp="YES", answered_at=timezone.now())
    return found


@pytest.fixture
def browser_of_guest(guest):
    client = Client()
    client.force_login(guest.person)
    return client


def test_a_guest_reaches_what_is_theirs_and_no_other_address(world, browser_of_guest):
    reached = set()
    for row in ROWS:
        answer = getattr(browser_of_guest, row.method)(address(row, world), dict(row.data(world)))
        assert answer.status_code != 403, row.url
        if answer.status_code != 404:
            reached.add(row.url)

    assert reached == THEIRS


def test_no_page_of_a_guest_leads_to_one_that_is_closed(browser_of_guest):
    seen, ahead = set(), ["/"]
    while ahead:
        path = ahead.pop()
        seen.add(path)
        answer = browser_of_guest.get(path, follow=True)
        assert answer.status_code == 200, path
        links = re.findall(r'href="(/[^"#]*)"', answer.content.decode())
        ahead += {link for link in links if not link.startswith("/static/")} - seen - set(ahead)

    assert any(path.endswith("/needs/mine/") for path in seen), seen
