"""What a rep finds on the first page of a kickoff about their questions and their review."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from agenda.tests.clinics.room import build_clinic
from events.packets.inquiries import actions
from events.tests.packets.inquiries import making
from events.tests.packets.inquiries.making import FIRST_DAY, MONDAY, TUESDAY
from events.tests.world import build_world
from reinforcement.tests.factories import NoteFactory
from reinforcement.tests.pages import queries_of

pytestmark = [pytest.mark.look, pytest.mark.django_db]


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


def test_an_answer_waits_until_it_is_closed(client, world):
    inquiry = making.asked(world)
    assert "Read the answer" not in home(client, world)

    making.answered(world, inquiry)
    assert "Read the answer to your question" in home(client, world)

    actions.close_inquiry(inquiry_id=inquiry.pk, by=world["rep"], at=TUESDAY)
    assert "Read the answer" not in home(client, world)


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

    assert "Read an answer that concerns you too" in home(client, world, role="peer")
    assert "concerns you too" not in home(client, world)


def test_free_times_are_offered_until_one_is_taken(client, world):
    slots = making.offered(world, starts_at=FIRST_DAY)
    assert "Choose a time for your review" in home(client, world)

    actions.take_slot(slot_id=slots[0].pk, by=world["rep"], at=TUESDAY)

    assert "Choose a time" not in home(client, world)


def test_a_review_within_the_hour_is_the_next_thing(client, world):
    slot = making.offered(world, starts_at=FIRST_DAY)[0]
    actions.take_slot(slot_id=slot.pk, by=world["rep"], at=MONDAY)

    soon = home(client, world, FIRST_DAY - timedelta(minutes=10))

    assert "in 10 min" in soon
    assert "Review your packet with Søren Lindqvist" in soon
    assert "Review your packet with Søren Lindqvist" not in home(client, world, slot.ends_at)


def test_whoever_leads_a_clinic_finds_its_room_first_and_nothing_else_is_lost(client, world):
    clinic = build_clinic(
        world.kickoff, leader=world["rep"], members=[world["peer"]], starts_at=FIRST_DAY
    )
    room = reverse("agenda:clinics:room", args=[world.kickoff.slug, clinic.group.pk])
    begun = FIRST_DAY + timedelta(minutes=20)

    page = home(client, world, begun)

    assert page.index("<b data-content>now</b>") < page.index(room) < page.index("My day")
    assert "Also waiting" not in page
    assert "Open my group" in home(client, world, begun, role="peer")


def test_what_waits_first_at_another_kickoff_is_the_next_thing(client, world):
    other = NoteFactory(
        rep=world["rep"],
        manager=world["manager"],
        next_step="Book the CFO call",
        next_step_by=TUESDAY.date() - timedelta(days=1),
    )

    page = home(client, world)

    assert page.index("Next for you") < page.index("Book the CFO call") < page.index("My day")
    assert other.kickoff.name in page
    assert "Nothing is waiting for you" not in page


def test_nothing_waits_is_said_only_when_nothing_does_anywhere(client):
    world = build_world()
    assert "Nothing is waiting for you" in home(client, world)

    NoteFactory(rep=world["rep"], manager=world["manager"], next_step="Book the CFO call")
    assert "Nothing is waiting for you" not in home(client, world)


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
