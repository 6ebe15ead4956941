"""What a rep finds on the first page of a kickoff about their questions and their review."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from events.packets.inquiries import actions
from events.tests.packets.inquiries import making
from events.tests.packets.inquiries.making import FIRST_DAY, MONDAY, TUESDAY
from events.tests.world import build_world
from reinforcement.tests.pages import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = build_world()
    for role in ("rep", "peer"):
        world.things[role] = making.released(world, role)
    return world


def home(client, world, at=TUESDAY, role="rep"):
    with time_machine.travel(at, tick=False):
        client.force_login(world[role])
        page = client.get(reverse("my_kickoff", kwargs={"slug": world.kickoff.slug}))
    return page.content.decode()


def test_a_question_is_seen_waiting_then_answered_then_gone(client, world):
    inquiry = making.asked(world)
    assert "1 question of yours waits for an answer" in home(client, world)

    making.answered(world, inquiry)
    page = home(client, world)
    assert "Your question is answered: Calculation" in page
    assert "waits for an answer" not in page

    actions.close_inquiry(inquiry_id=inquiry.pk, by=world["rep"], at=TUESDAY)
    assert "Your question" not in home(client, world)


def test_an_answer_told_to_others_is_new_to_exactly_those(client, world):
    inquiry = making.asked(world)
    making.answered(world, inquiry)
    actions.publish_answer(
        inquiry_id=inquiry.pk,
        scope="EVERYONE",
        question="Why?",
        answer="From the first deal on.",
        by=world["revops"],
        at=TUESDAY,
    )

    assert "1 new answer that holds for you" in home(client, world, role="peer")
    assert "new answer" not in home(client, world)


def test_free_times_are_offered_until_one_is_taken(client, world):
    slots = making.offered(world, starts_at=FIRST_DAY)
    assert "2 times are free" in home(client, world)

    actions.take_slot(slot_id=slots[0].pk, by=world["rep"], at=TUESDAY)

    page = home(client, world)
    assert "Table 4" in page
    assert "times are free" not in page


def test_a_review_within_the_hour_is_the_next_thing(client, world):
    slot = making.offered(world, starts_at=FIRST_DAY)[0]
    actions.take_slot(slot_id=slot.pk, by=world["rep"], at=MONDAY)

    soon = home(client, world, FIRST_DAY - timedelta(minutes=10))

    assert "in 10 min" in soon
    assert "Review your packet with your manager" in soon
    for at in (FIRST_DAY - timedelta(hours=3), slot.ends_at):
        assert "Review your packet with your manager" not in home(client, world, at)


def test_what_others_wrote_is_nowhere_on_it(client, world):
    making.answered(world, making.asked(world))

    assert not {making.SECRET, making.ANSWER} & set(home(client, world).splitlines())
    assert "Zanzibar" not in home(client, world)


def test_it_costs_the_same_for_any_number_of_questions(client, world):
    url = reverse("my_kickoff", kwargs={"slug": world.kickoff.slug})
    client.force_login(world["rep"])
    making.asked(world)
    first = queries_of(client, url)
    for text in ("Another", "And one more"):
        making.asked(world, text=text, at=TUESDAY)

    assert queries_of(client, url) == first
