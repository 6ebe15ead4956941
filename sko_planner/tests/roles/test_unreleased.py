"""
Nobody but RevOps and approvers learns that a version of a packet exists that is neither out nor
announced by an embargo.
"""

import re
from datetime import UTC, datetime
from difflib import unified_diff

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from conftest import PASSWORD
from core.tests.access import nothing, slug
from events.packets.delivery.actions import record_reading
from events.tests.factories import (
    PacketFactory,
    PacketVersionFactory,
)
from events.tests.world import build_world
from people.waiting.actions import renew
from sko_planner.tests.roles.rows import ROWS

NOON = datetime(2027, 1, 14, 12, tzinfo=UTC)
TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b")  # another with each answer
# What shows packets, what waits, counts or the trail
TELLING = (
    "home", "kickoff_home", "my_kickoff", "search", "people:activity", "people:bell:show",
    "events:packets:delivery", "events:packets:coverage", "events:packets:records",
    "reinforcement:coaching:team",
)  # fmt: skip

pytestmark = [pytest.mark.long, pytest.mark.look, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def _pages(world, role):
    """The addresses of one kickoff, or of none, that a role may open, each with its query."""
    for row in ROWS:
        may_open = row.method == "get" and role in row.allowed and row.kwargs in (slug, nothing)
        if may_open and row.url.startswith(TELLING):
            query = {"q": "benyahia packet"} if "search" in row.url else row.data(world)
            yield reverse(row.url, kwargs=row.kwargs(world)), query
    here = world.kickoff.slug
    if role in ("rep", "manager"):
        yield reverse("events:packets:delivery:detail", args=[here, world.things["packet"].pk]), {}
    if role == "manager":
        yield reverse("reinforcement:coaching:one_to_one", args=[here, world["rep"].pk]), {}
    yield from ((f"/api/v1/{name}/", {}) for name in ("waiting", "notices", "touches", "people/me"))


def _seen(world, client, role):
    """What each page says to a role; a look that is recorded is taken back."""
    renew(people=[world[role]], at=NOON)
    client.force_login(world[role])
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    seen = {}
    for url, query in _pages(world, role):
        with transaction.atomic():
            answer = client.get(url, query)
            transaction.set_rollback(True)
        if not answer.streaming and answer["Content-Type"].startswith(("text", "application/json")):
            seen[url] = (answer.status_code, TOKEN.sub("", answer.content.decode()))
    return seen


@pytest.mark.parametrize(
    ("role", "number"),
    # Of a first version planners and executives may know that it is under way
    [("rep", 1), ("manager", 1), ("rep", 2), ("manager", 2), ("executive", 2), ("planner", 2)],
)
def test_a_version_that_is_not_out_changes_no_page_of_theirs(client, role, number):
    world = build_world()
    packet = world.things["packet"] = PacketFactory(kickoff=world.kickoff, rep=world["rep"])
    if number == 2:
        PacketVersionFactory(packet=packet, state="RECEIVED", released_by=world["revops"])
    before = _seen(world, client, role)

    version = PacketVersionFactory(packet=packet, number=number, state="APPROVED")
    record_reading(version=version, by=world["revops"], at=NOON, verb="packet.previewed")
    after = _seen(world, client, role)

    told = {
        url: [
            line
            for line in unified_diff(text.split("\n"), after[url][1].split("\n"), n=0)
            if line.strip("+- ")
        ][:9]
        for url, (_status, text) in before.items()
        if before[url] != after[url]
    }
    assert told == {}
    assert len(before) > 9
