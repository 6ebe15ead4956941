"""What waits of questions, wishes, answers and reviews is there for whom it concerns, until it is done."""

from datetime import timedelta

import pytest
from django.urls import reverse

from events.kickoff.models import Kickoff
from events.packets.inquiries import actions, waiting
from events.tests.factories import (
    AttendeeFactory,
    KickoffFactory,
    PacketFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.packets.inquiries.making import (
    FIRST_DAY,
    MONDAY,
    TUESDAY,
    answered,
    asked,
    offered,
    wished,
)
from events.tests.packets.waits import titles, waits
from people.accounts.models import Person
from people.tests.factories import GONE, RevOpsFactory
from people.waiting.queries import waiting_for

pytestmark = pytest.mark.django_db

KINDS = ("inquiries.", "reviews.")
ASKED = ["Answer a question of Aïcha Benyahia"]
CHOOSE = ["Choose a time for your review"]
NEXT_DAY = timedelta(days=1)


def of(person, at=TUESDAY):
    return titles(person, at, *KINDS)


def everybody(world, at=TUESDAY):
    """Whom anything waits for, by role."""
    people = Person.objects.in_bulk([person.pk for person in world.people.values()])
    found = waiting_for(list(people.values()), at)
    return {
        role
        for role, person in world.people.items()
        if any(item.kind.startswith(KINDS) for item in found[person.pk])
    }


def take(world, slot, role="rep", at=TUESDAY):
    return actions.take_slot(slot_id=slot.pk, by=world[role], at=at)


def test_a_question_waits_for_revops_until_it_is_answered(world):
    inquiry = asked(world)

    assert everybody(world) == {"revops"}
    (item,) = waits(world["revops"], TUESDAY, "inquiries.")
    assert (item.title, item.note, item.due_at) == (ASKED[0], "Calculation", inquiry.due_at)
    assert (item.about_id, item.is_private) == (world["rep"].pk, True)
    assert item.is_late(inquiry.due_at)

    answered(world, inquiry)
    assert everybody(world) == {"rep"}


def test_a_question_that_the_manager_holds_waits_for_them_alone(world):
    inquiry = asked(world, kind="QUOTA")

    assert everybody(world) == {"manager"}
    (item,) = waits(world["manager"], TUESDAY, "inquiries.")
    assert (item.kind, item.about_id) == ("inquiries.answer", world["rep"].pk)

    actions.hand_on(
        inquiry_id=inquiry.pk, to="REVOPS", note="Not mine", by=world["manager"], at=TUESDAY
    )
    assert everybody(world) == {"revops"}


def test_a_manager_whom_revops_has_not_confirmed_learns_nothing(world):
    offered(world, "other_manager")
    asked(world, kind="QUOTA")
    wished(world)
    Person.objects.filter(pk=world["rep"].pk).update(manager=world["other_manager"])

    assert of(world["manager"]) == of(world["other_manager"]) == []
    assert len(of(world["revops"])) == 2
    assert all(item.is_private for item in waits(world["rep"], TUESDAY, "inquiries."))


def test_nobody_is_asked_to_answer_themselves(world):
    Person.objects.filter(pk=world["rep"].pk).update(role="REVOPS")
    asked(world)
    wished(world)

    assert of(world["rep"]) == []
    assert len(of(world["revops"])) == 2


@pytest.mark.parametrize("gone", GONE)
def test_the_question_and_the_wish_of_somebody_who_left_wait_for_nobody(world, gone):
    asked(world)
    asked(world, kind="QUOTA")
    wished(world)
    Person.objects.filter(pk=world["rep"].pk).update(**gone)

    assert everybody(world) == set()


def test_what_lies_in_the_inbox_is_counted_a_kickoff_and_what_is_late_apart(world):
    late = asked(world, at=MONDAY - 30 * NEXT_DAY)
    asked(world)
    asked(world, "peer", kind="TYPO")

    items = waits(world["revops"], TUESDAY, "inquiries.")

    assert [(item.title, item.count, item.is_late(TUESDAY)) for item in items] == [
        (ASKED[0], 1, True),
        ("Answer 2 questions about packets", 2, False),
    ]
    assert items[0].due_at == late.due_at


def test_the_inbox_counts_what_waits_for_revops_and_no_more(client, world):
    for text in ("One", "Another"):
        asked(world, text=text)
    asked(world, kind="QUOTA")
    wished(world)
    wished(world, "peer")
    client.force_login(world["revops"])

    page = client.get(reverse("events:packets:inquiries:inbox", args=[world.kickoff.slug]))
    counts = {
        kind: sum(item.count for item in waits(world["revops"], TUESDAY, kind))
        for kind in ("inquiries.answer", "inquiries.wish")
    }

    assert counts["inquiries.answer"] == page.context["waiting"] == 2
    assert counts["inquiries.wish"] == len(page.context["wishes"]) == 2
    assert "2 questions wait for RevOps." in page.content.decode()


def test_the_inbox_says_that_nothing_waits_when_nothing_does(client, world):
    asked(world, kind="QUOTA")
    client.force_login(world["revops"])

    page = client.get(reverse("events:packets:inquiries:inbox", args=[world.kickoff.slug]))

    assert "No question waits for RevOps, 1 for a manager." in page.content.decode()
    assert of(world["revops"]) == []


def test_an_answer_waits_for_its_rep_until_they_close_it_or_a_week_is_over(world):
    inquiry = asked(world)
    answered(world, inquiry)
    assert of(world["rep"]) == ["Read the answer to your question"]
    assert of(world["rep"], TUESDAY + timedelta(days=7)) == []

    actions.close_inquiry(inquiry_id=inquiry.pk, by=world["rep"], at=TUESDAY)

    assert everybody(world) == set()


def test_a_shared_answer_waits_for_whom_it_concerns_until_they_read_it(world, client):
    inquiry = asked(world)
    answered(world, inquiry)
    actions.close_inquiry(inquiry_id=inquiry.pk, by=world["rep"], at=TUESDAY)
    shared = actions.publish_answer(
        inquiry_id=inquiry.pk,
        scope="EVERYONE",
        question="When is it paid?",
        answer="With the next run.",
        by=world["revops"],
        at=TUESDAY,
    )
    assert everybody(world) == {"peer"}
    (item,) = waits(world["peer"], TUESDAY, "inquiries.")
    assert (item.title, item.is_private) == ("Read an answer that concerns you too", True)

    client.force_login(world["peer"])
    client.get(item.url)
    assert everybody(world) == set()

    shared.readers.update(seen_at=None)
    assert everybody(world) == {"peer"}
    actions.withdraw_answer(shared_id=shared.pk, by=world["revops"], at=TUESDAY)
    assert everybody(world) == set()


def test_a_wish_waits_for_revops_and_for_a_word_of_the_manager(world):
    wish = wished(world)
    assert everybody(world) == {"revops", "manager"}
    assert of(world["revops"]) == ["Decide on a wish of Aïcha Benyahia for another quota"]

    actions.comment_wish(
        wish_id=wish.pk, supports=True, comment="It is right", by=world["manager"], at=TUESDAY
    )
    assert everybody(world) == {"revops"}

    actions.decide_wish(
        wish_id=wish.pk, is_granted=False, answer="No", by=world["revops"], at=TUESDAY
    )
    assert everybody(world) == set()


def test_a_rep_chooses_one_of_the_times_that_their_manager_offers(world):
    first, last = offered(world)
    assert everybody(world) == {"rep"}
    (item,) = waits(world["rep"], TUESDAY, "reviews.")
    assert (item.title, item.note) == (CHOOSE[0], "Søren Lindqvist")
    assert (item.due_at, item.about_id) == (last.starts_at, None)

    take(world, first)
    assert everybody(world) == set()

    actions.give_up_review(kickoff=world.kickoff, by=world["rep"], at=TUESDAY)
    assert of(world["rep"]) == CHOOSE


def test_nothing_is_to_be_chosen_without_a_free_time_or_a_packet(world):
    offered(world)
    assert of(world["rep"]) == CHOOSE
    assert of(world["rep"], FIRST_DAY + NEXT_DAY) == []

    world.things["rep"].packet.versions.update(state="SUPERSEDED")
    assert of(world["rep"]) == []


def test_a_review_within_a_day_waits_for_both_until_it_is_over(world):
    (slot, *_rest) = offered(world)
    take(world, slot)
    assert everybody(world, slot.starts_at - NEXT_DAY - timedelta(minutes=1)) == set()

    before = slot.starts_at - NEXT_DAY
    assert of(world["rep"], before) == ["Review your packet with Søren Lindqvist"]
    assert of(world["manager"], before) == ["Review the packet of Aïcha Benyahia"]
    (item,) = waits(world["manager"], before, "reviews.")
    assert (item.about_id, item.note, item.due_at) == (world["rep"].pk, "Table 4", slot.starts_at)
    during = slot.ends_at - timedelta(minutes=1)
    assert not waits(world["rep"], during, "reviews.")[0].is_late(during)

    assert everybody(world, slot.ends_at) == set()


def test_a_review_that_was_cancelled_waits_for_nobody(world):
    for slot in offered(world):
        take(world, slot, at=TUESDAY)
        actions.cancel_slot(slot_id=slot.pk, by=world["manager"], at=TUESDAY)

    assert everybody(world, FIRST_DAY - timedelta(hours=1)) == set()


@pytest.mark.parametrize("status", ["DRAFT", "ARCHIVED"])
def test_nothing_waits_for_a_rep_in_a_kickoff_that_is_not_under_way(world, status):
    answered(world, asked(world))
    asked(world)
    offered(world)
    Kickoff.objects.filter(pk=world.kickoff.pk).update(status=status)

    assert of(world["rep"]) == of(world["manager"]) == []
    assert bool(of(world["revops"])) == (status == "DRAFT")


def test_nothing_waits_for_a_rep_who_is_off_the_roster(world):
    answered(world, asked(world))
    offered(world)
    world["rep"].attendances.all().delete()

    assert of(world["rep"]) == []


def test_every_address_opens_for_whom_it_is_said(client, world):
    asked(world)
    asked(world, text="Another")
    asked(world, kind="QUOTA")
    answered(world, asked(world, "peer"))
    wished(world)
    offered(world, starts_at=FIRST_DAY)
    opened = 0

    for person in world.people.values():
        client.force_login(person)
        for item in waits(person, TUESDAY, "inquiries.", "reviews."):
            assert client.get(item.url).status_code == 200, item.url
            opened += 1
    assert opened == 6


@pytest.mark.parametrize("count", [1, 12, 60])
def test_it_takes_as_many_queries_for_any_number_of_people(world, count, django_assert_num_queries):
    content, people = packet_content(), []
    for number in range(count):
        kickoff = world.kickoff if number % 2 else KickoffFactory()
        rep = AttendeeFactory(kickoff=kickoff, person__manager=world["manager"]).person
        packet = PacketFactory(kickoff=kickoff, rep=rep)
        world.people["one"] = rep
        world.things["one"] = PacketVersionFactory(packet=packet, content=content)
        asked(world, "one")
        people.append(rep)
    offered(world)
    everyone = [*people, *world.people.values(), RevOpsFactory()]

    with django_assert_num_queries(2):
        found = list(waiting.find(everyone, TUESDAY))
    assert found
    with django_assert_num_queries(2):
        list(waiting.find(people, TUESDAY))
