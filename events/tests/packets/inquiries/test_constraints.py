"""What must never be in the database, each by its name."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from events.packets.inquiries.models import (
    AnswerTime,
    Inquiry,
    InquiryMessage,
    QuotaWish,
    ReviewSlot,
    SharedAnswer,
    SharedAnswerReader,
)
from events.tests.packets.inquiries.making import MONDAY, TUESDAY, asked, offered, wished
from people.tests.passages import behind_our_back

pytestmark = pytest.mark.django_db


def refused(name, act):
    """SQLite tells the columns of a unique constraint, not its name."""
    # Past what guards the columns of a row that is there
    with pytest.raises(IntegrityError) as caught, behind_our_back():
        act()
    told = str(caught.value)
    assert name in told or (connection.vendor == "sqlite" and "UNIQUE constraint" in told)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("events_inquiry_answer_has_time", {"state": "ANSWERED"}),
        ("events_inquiry_closed_has_time", {"state": "CLOSED"}),
        ("events_inquiry_closed_has_time", {"closed_at": TUESDAY}),
        ("events_inquiry_reminded_before_escalated", {"escalated_at": TUESDAY}),
        ("events_inquiry_due_after_opened", {"due_at": MONDAY - timedelta(1)}),
        ("events_inquiry_is_with_a_role", {"routed_to": "NOBODY"}),
        ("events_inquiry_says_something", {"sealed": ""}),
    ],
)
def test_a_question_is_whole(world, name, changes):
    asked(world)

    refused(name, lambda: Inquiry.objects.update(**changes))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("events_inquirymessage_says_something", {"kind": "ANSWER", "by": "revops"}),
        ("events_inquirymessage_is_by_somebody", {"kind": "NOTE", "sealed": "x"}),
    ],
)
def test_a_message_is_whole(world, name, fields):
    by = world[fields.pop("by")] if "by" in fields else None
    inquiry = asked(world)

    refused(
        name, lambda: InquiryMessage.objects.create(inquiry=inquiry, at=MONDAY, by=by, **fields)
    )


@pytest.mark.parametrize("days", [0, 21])
def test_the_time_for_an_answer_is_within_bounds(world, days):
    def make(number):
        AnswerTime.objects.create(kickoff=world.kickoff, kind="DATA", working_days=number)

    refused("events_answertime_days_within_bounds", lambda: make(days))
    make(2)
    refused("events_answertime_one_per_kind", lambda: make(3))


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("events_quotawish_decision_has_an_answer", {"state": "GRANTED"}),
        ("events_quotawish_decision_has_an_answer", {"state": "DECLINED", "decided_at": MONDAY}),
        ("events_quotawish_comment_has_time", {"supports": True}),
        ("events_quotawish_says_something", {"sealed_amount": ""}),
    ],
)
def test_a_wish_is_whole(world, name, changes):
    wished(world)

    refused(name, lambda: QuotaWish.objects.update(**changes))


def test_one_wish_about_a_version_is_open(world):
    wish = wished(world)

    def again():
        wish.pk = None
        wish.save(force_insert=True)

    refused("events_quotawish_one_open_per_version", again)


def test_one_answer_of_a_question_is_shared_and_each_reader_told_once(world):
    inquiry = asked(world)

    def make(question="sealed"):
        return SharedAnswer.objects.create(
            inquiry=inquiry,
            scope="EVERYONE",
            sealed_question=question,
            sealed_answer="sealed",
            published_by=world["revops"],
            published_at=MONDAY,
            reached_at=MONDAY,
        )

    refused("events_sharedanswer_says_something", lambda: make(""))
    shared = make()
    refused("events_sharedanswer_one_per_question", make)

    def tell():
        SharedAnswerReader.objects.create(shared=shared, person=world["peer"], told_at=MONDAY)

    tell()
    refused("events_sharedanswerreader_told_once", tell)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("events_reviewslot_ends_after_start", {"ends_at": MONDAY}),
        ("events_reviewslot_taken_for_a_version", {"taken_at": MONDAY}),
    ],
)
def test_a_time_for_a_review_is_whole(world, name, changes):
    offered(world)

    refused(name, lambda: ReviewSlot.objects.update(**changes))


def test_no_time_is_offered_twice_or_taken_by_its_manager_and_no_rep_has_two(world):
    first, second = offered(world)
    rows = ReviewSlot.objects.filter(pk=second.pk)
    taken = {"version": world.things["rep"], "taken_at": MONDAY}

    refused(
        "events_reviewslot_one_per_manager_and_time",
        lambda: rows.update(starts_at=first.starts_at),
    )
    refused(
        "events_reviewslot_not_with_oneself", lambda: rows.update(rep=world["manager"], **taken)
    )
    ReviewSlot.objects.filter(pk=first.pk).update(rep=world["rep"], **taken)
    refused("events_reviewslot_one_per_rep", lambda: rows.update(rep=world["rep"], **taken))
