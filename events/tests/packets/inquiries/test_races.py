"""Two at once: one time is taken by one, one wish is made, one answer, one reminder."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

import pytest

from core.tests import races
from events.packets.inquiries import actions
from events.packets.inquiries.models import Inquiry, QuotaWish, ReviewSlot, SharedAnswer
from events.tests.packets.inquiries.making import (
    FIRST_DAY,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    asked,
    offered,
)
from people.mail.models import Message
from people.tests.factories import put_under

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
at_once = partial(races.at_once, refusals=actions.InquiryRefused)


@pytest.mark.parametrize("attempt", range(5))
def test_one_time_is_taken_by_one_of_two(world, attempt):
    put_under(world["peer"], world["manager"])
    slot = offered(world)[0]

    done = at_once(
        *(
            lambda role=role: actions.take_slot(slot_id=slot.pk, by=world[role], at=TUESDAY)
            for role in ("rep", "peer")
        )
    )

    assert sorted(isinstance(one, ReviewSlot) for one in done) == [False, True]
    slot.refresh_from_db()
    assert slot.rep in (world["rep"], world["peer"])
    assert Message.objects.filter(key__startswith="review-taken").count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_one_rep_who_takes_two_at_once_holds_one(world, attempt):
    slots = offered(world)

    at_once(
        *(
            lambda slot=slot: actions.take_slot(slot_id=slot.pk, by=world["rep"], at=TUESDAY)
            for slot in slots
        )
    )

    assert ReviewSlot.objects.filter(rep=world["rep"]).count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_overlapping_times_offered_at_once_are_offered_once(world, attempt):
    done = at_once(lambda: offered(world, count=6, starts_at=FIRST_DAY), times=2)

    assert sum(isinstance(one, actions.InquiryRefused) for one in done) == 1
    assert ReviewSlot.objects.count() == 6


@pytest.mark.parametrize("attempt", range(3))
def test_one_wish_sent_twice_at_once_is_made_once(world, attempt):
    def wish():
        return actions.make_wish(
            version_id=world.things["rep"].pk,
            amount=Decimal(800000),
            reason="So",
            by=world["rep"],
            at=MONDAY,
        )

    done = at_once(wish, times=2)

    assert done[0] == done[1]
    assert QuotaWish.objects.count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_one_question_sent_twice_at_once_is_asked_once(world, attempt):
    done = at_once(lambda: asked(world), times=2)

    assert done[0] == done[1]
    assert Inquiry.objects.count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_two_answers_at_once_to_a_thread_of_which_both_saw_the_end(world, attempt):
    inquiry = asked(world)

    def answer(text):
        return actions.answer_inquiry(
            inquiry_id=inquiry.pk, text=text, by=world["revops"], at=TUESDAY, seen=0
        )

    done = at_once(lambda: answer("Yes"), lambda: answer("No"))

    assert sum("in the meantime" in str(one) for one in done) == 1
    assert inquiry.messages.count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_two_ticks_at_once_remind_once(world, attempt):
    asked(world)
    due = datetime(2027, 1, 13, 17, tzinfo=UTC)

    done = at_once(lambda: actions.chase_inquiries(due), times=3)

    assert sum(one["reminded"] for one in done) == 1
    assert Message.objects.filter(key__startswith="inquiry-reminded").count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_one_answer_shared_twice_at_once_is_told_once(world, attempt):
    inquiry = asked(world)
    answered(world, inquiry)

    def share():
        return actions.publish_answer(
            inquiry_id=inquiry.pk,
            scope="EVERYONE",
            question="Why?",
            answer="So.",
            by=world["revops"],
            at=WEDNESDAY,
        )

    done = at_once(share, times=2)

    assert done[0] == done[1]
    assert SharedAnswer.objects.get().readers.count() == 1
    assert Message.objects.filter(key__startswith="inquiry-shared").count() == 1
