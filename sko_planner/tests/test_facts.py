"""Each thing that waits is found on every surface that must show it: one truth, told everywhere."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from events.tests.factories import AssignmentFactory, PreworkItemFactory
from events.tests.packets.inquiries import making
from events.tests.packets.inquiries.making import FIRST_DAY
from events.tests.world import build_world
from people.bell.actions import send_daily
from people.mail.models import Message
from people.waiting.actions import renew_stale
from people.waiting.models import Standing
from reinforcement.tests.factories import (
    ActivityFactory,
    CampaignFactory,
    NoteFactory,
    TouchFactory,
)

pytestmark = pytest.mark.django_db
NOON = FIRST_DAY  # of the first day of the event

# What waits, and for whom; what is the rep's is seen by their manager too, but for what is private
FACTS = {
    "late pre-work": ("rep", "Price three renewals", True),
    "returned pre-work": ("rep", "Do “A win strategy” again", True),
    "an unsigned receipt": ("rep", "Sign your packet’s receipt", True),
    "a next step of another kickoff": ("rep", "Book the CFO call", True),
    "an answered question": ("rep", "Read the answer to your question", False),
    "a question that waits": ("manager", "Answer a question of Aïcha Benyahia", True),
    "a 1:1 to hold": ("manager", "Talk about renewal", True),
}

# What a home tells on a card of its own, in other words
ON_A_CARD = {"Sign your packet’s receipt": {"home"}}


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """Every surface as text, by its name, on the first day of the event; made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        surfaces = _surfaces(_world())
        transaction.set_rollback(True)
    return surfaces


def _world():
    world = build_world()
    kickoff, rep, manager = world.kickoff, world["rep"], world["manager"]
    world.things["rep"] = making.released(world, "rep", state="VIEWED")
    for title, state in (("Price three renewals", "OPEN"), ("A win strategy", "RETURNED")):
        assignment = AssignmentFactory(kickoff=kickoff, title=title)
        PreworkItemFactory(assignment=assignment, person=rep, state=state)
    NoteFactory(
        rep=rep,
        manager=manager,
        next_step="Book the CFO call",
        next_step_by=date(2027, 2, 4),
        happened_on=date(2027, 1, 20),
    )
    making.answered(world, making.asked(world, at=NOON - timedelta(days=2)), at=NOON)
    making.asked(world, kind="TERRITORY", text="Whose is it?", at=NOON)
    talk = ActivityFactory(
        campaign=CampaignFactory(kickoff=kickoff),
        kind="MANAGER_FOLLOW_UP",
        title="Talk about renewal",
    )
    hour = timedelta(hours=1)
    TouchFactory(activity=talk, person=manager, about=rep, due_at=NOON, overdue_at=NOON + hour)
    return world


def _surfaces(world):
    slug, rep = {"slug": world.kickoff.slug}, world["rep"]
    pages = {
        "home": {"rep": reverse("my_kickoff", kwargs=slug), "manager": None},
        "bell": dict.fromkeys(("rep", "manager"), reverse("people:bell:show")),
        "API": dict.fromkeys(("rep", "manager"), reverse("api:waiting-list")),
        "My team": {"manager": reverse("reinforcement:coaching:team", kwargs=slug)},
        "page of the rep": {
            "manager": reverse(
                "reinforcement:coaching:one_to_one", kwargs={**slug, "person_id": rep.pk}
            )
        },
    }
    found = {}
    with time_machine.travel(NOON, tick=False):
        for name, of_role in pages.items():
            for role, url in of_role.items():
                if url:
                    client = Client()
                    client.force_login(world[role])
                    answer = client.get(url)
                    found[name, role] = (
                        str(answer.json()) if name == "API" else answer.content.decode()
                    )
        renew_stale(at=NOON)
        send_daily(NOON)
    for role in ("rep", "manager"):
        found["daily mail", role] = "\n".join(
            message.body
            for message in Message.objects.filter(person=world[role], key__contains="daily")
        )
        found["counts", role] = Standing.objects.get(person=world[role]).count()
    return found


@pytest.mark.parametrize(("whose", "words", "shared"), FACTS.values(), ids=FACTS)
def test_a_fact_is_on_every_surface(told, whose, words, shared):
    surfaces = {name for name, role in told if role == whose} - {
        "counts",
        "My team",
        "page of the rep",
    }
    assert {name for name in surfaces if words not in told[name, whose]} <= ON_A_CARD.get(
        words, set()
    )
    assert (words in told["page of the rep", "manager"]) == shared


def test_the_card_of_a_packet_says_that_its_receipt_is_not_signed(told):
    assert "Read it and sign the receipt" in told["home", "rep"]


def test_my_team_counts_all_of_it_and_the_frame_counts_the_same(told):
    theirs = sum(whose == "rep" for whose, _words, _shared in FACTS.values())
    own = sum(whose == "manager" for whose, _words, _shared in FACTS.values())

    assert told["counts", "rep"] == theirs
    assert told["counts", "manager"] == own
    # Two pieces of pre-work are late; receipt, next step, question and 1:1 are due this week
    assert "2 things are late" in told["My team", "manager"]
    assert "4 more are due this week" in told["My team", "manager"]
