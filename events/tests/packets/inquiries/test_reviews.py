"""Times for reviews: offered in a row, taken by one, moved, given up, cancelled."""

from datetime import timedelta

import pytest

from events.packets.delivery.models import PacketVersion
from events.packets.inquiries import actions, queries
from events.packets.inquiries.hooks import Busy, find_busy
from events.packets.inquiries.models import ReviewSlot
from events.packets.inquiries.rules.slots import Span
from events.tests.factories import PacketVersionFactory
from events.tests.packets.inquiries.making import (
    FIRST_DAY,
    MONDAY,
    TUESDAY,
    offered,
    released,
    slots_of,
)
from people.mail.models import Message
from people.tests.factories import put_under

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def told(about):
    found = Message.objects.filter(key__startswith=f"review-{about}").order_by("pk")
    return list(found.values_list("person__full_name", flat=True))


def take(world, slot, role="rep", at=TUESDAY):
    return actions.take_slot(slot_id=slot.pk, by=world[role], at=at)


def test_a_row_of_times_is_offered_to_the_managers_own_reps(world):
    slots = offered(world, count=3)

    free = queries.free_slots(world.kickoff, world["rep"], MONDAY)
    assert [slot.pk for slot in free] == [slot.pk for slot in slots]
    assert queries.free_slots(world.kickoff, world["peer"], MONDAY) == []
    assert queries.free_slots(world.kickoff, world["rep"], FIRST_DAY)[0] == slots[1]


@pytest.mark.parametrize("shift", [-19, 0, 19, 39])
def test_times_that_overlap_are_refused_in_words_all_of_them(world, shift):
    offered(world, count=2)

    with pytest.raises(actions.InquiryRefused, match=r"None of the 3 times is offered.*overlaps"):
        offered(world, count=3, starts_at=FIRST_DAY + timedelta(minutes=shift))
    assert len(slots_of(world)) == 2


def test_times_that_touch_and_times_of_others_do_not_overlap(world):
    offered(world, count=2)

    offered(world, count=1, starts_at=FIRST_DAY + timedelta(minutes=40))
    offered(world, "other_manager", count=2)

    assert len(slots_of(world)) == 5


def test_what_was_cancelled_is_no_overlap(world):
    (slot,) = offered(world, count=1)
    actions.cancel_slot(slot_id=slot.pk, by=world["manager"], at=TUESDAY)

    assert offered(world, count=1)


@pytest.mark.parametrize(
    ("starts_at", "says"),
    [(MONDAY - HOUR, "is over already"), (FIRST_DAY + timedelta(days=5), "days of the event")],
)
def test_reviews_are_ahead_and_at_the_event(world, starts_at, says):
    with pytest.raises(actions.InquiryRefused, match=says):
        offered(world, starts_at=starts_at)


def test_a_time_that_is_taken_is_for_the_version_in_hand(world):
    slot = take(world, offered(world)[0])

    assert (slot.rep, slot.version) == (world["rep"], world.things["rep"])
    assert queries.review_of(world.kickoff, world["rep"]) == slot
    assert told("taken") == ["Søren Lindqvist"]
    assert take(world, slot) == slot
    assert told("taken") == ["Søren Lindqvist"]


def test_of_two_reps_the_second_is_told_to_choose_another(world):
    slot = offered(world)[0]
    put_under(world["peer"], world["manager"])
    take(world, slot, "peer")

    with pytest.raises(actions.InquiryRefused, match="not free any more"):
        take(world, slot)


def test_taking_another_moves_and_frees_the_first(world):
    first, second = offered(world)
    take(world, first)

    take(world, second)

    assert [slot.rep for slot in slots_of(world)] == [None, world["rep"]]


def test_a_move_that_fails_keeps_what_they_had(world):
    first, second = offered(world)
    take(world, first)
    actions.cancel_slot(slot_id=second.pk, by=world["manager"], at=TUESDAY)

    with pytest.raises(actions.InquiryRefused, match="not free"):
        take(world, second)
    first.refresh_from_db()
    assert first.rep == world["rep"]


@pytest.mark.parametrize(
    ("role", "says"),
    [("peer", "own manager"), ("manager", "own manager"), ("revops", "own manager")],
)
def test_a_time_is_for_the_managers_own_reps(world, role, says):
    with pytest.raises(actions.InquiryRefused, match=says):
        take(world, offered(world)[0], role)


def test_without_a_packet_there_is_nothing_to_review(world):
    PacketVersion.objects.filter(pk=world.things["rep"].pk).update(state="SUPERSEDED")

    with pytest.raises(actions.InquiryRefused, match="no packet of yours"):
        take(world, offered(world)[0])


def test_what_has_begun_is_neither_taken_nor_given_up_nor_moved(world):
    first, second = offered(world)
    take(world, first)
    begun = FIRST_DAY + timedelta(minutes=1)

    with pytest.raises(actions.InquiryRefused, match="has begun"):
        take(world, second, at=begun)
    with pytest.raises(actions.InquiryRefused, match="has begun"):
        actions.give_up_review(kickoff=world.kickoff, by=world["rep"], at=begun)
    with pytest.raises(actions.InquiryRefused, match="has begun"):
        actions.cancel_slot(slot_id=first.pk, by=world["manager"], at=begun)


def test_given_up_it_is_free_and_the_manager_knows(world):
    take(world, offered(world)[0])

    done = [
        actions.give_up_review(kickoff=world.kickoff, by=world["rep"], at=TUESDAY) for _ in range(2)
    ]

    assert done == [True, False]
    assert told("given-up") == ["Søren Lindqvist"]
    assert len(queries.free_slots(world.kickoff, world["rep"], TUESDAY)) == 2


def test_cancelled_it_is_gone_and_the_rep_knows_once(world):
    slot = take(world, offered(world)[0])

    done = [actions.cancel_slot(slot_id=slot.pk, by=world["manager"], at=TUESDAY) for _ in range(2)]

    assert done == [True, False]
    assert told("cancelled") == ["Aïcha Benyahia"]
    assert queries.review_of(world.kickoff, world["rep"]) is None
    take(world, slots_of(world)[1])


def move(world, slot, starts_at, by="manager"):
    span = Span(starts_at, starts_at + timedelta(minutes=20))
    return actions.move_slot(slot_id=slot.pk, span=span, place="Table 9", by=world[by], at=TUESDAY)


def test_moved_by_the_manager_the_rep_knows_the_new_time(world):
    slot = take(world, offered(world)[0])

    moved = move(world, slot, FIRST_DAY + HOUR)

    assert (moved.starts_at, moved.place, moved.rep) == (FIRST_DAY + HOUR, "Table 9", world["rep"])
    assert told("moved") == ["Aïcha Benyahia"]
    assert "Table 9" in Message.objects.get(key__startswith="review-moved").body


def test_a_time_moves_onto_itself_but_onto_no_other(world):
    first, second = offered(world)

    assert move(world, second, second.starts_at + timedelta(minutes=5))
    with pytest.raises(actions.InquiryRefused, match=r"Nothing is offered: .* overlaps"):
        move(world, first, first.starts_at + timedelta(minutes=10))


def test_nobody_moves_or_cancels_the_times_of_another(world):
    slot = offered(world)[0]

    with pytest.raises(actions.InquiryRefused, match="somebody else"):
        move(world, slot, FIRST_DAY + HOUR, by="other_manager")
    with pytest.raises(actions.InquiryRefused, match="somebody else"):
        actions.cancel_slot(slot_id=slot.pk, by=world["other_manager"], at=TUESDAY)


def test_a_new_version_leaves_the_review_and_says_what_it_is_about(world):
    slot = take(world, offered(world)[0])
    old = world.things["rep"]
    PacketVersion.objects.filter(pk=old.pk).update(state="SUPERSEDED")
    PacketVersionFactory(packet=old.packet, number=2)

    assert queries.review_of(world.kickoff, world["rep"]).version == old
    assert slot.version.number == 1


def test_a_manager_sees_who_has_a_time(world):
    slot = take(world, offered(world)[0])

    (line,) = queries.team_reviews(world.kickoff, world["manager"], MONDAY)

    assert (line.rep, line.slot) == (world["rep"], slot)


def test_one_offer_takes_the_same_number_of_queries(world, django_assert_num_queries):
    with django_assert_num_queries(8) as first:
        offered(world, count=1)
    with django_assert_num_queries(len(first)):
        offered(world, count=30, starts_at=FIRST_DAY + HOUR, minutes=10)
    assert ReviewSlot.objects.count() == 31


@pytest.fixture
def keynote():
    """A keynote that the rep has to be in, and nobody else."""
    span = Span(FIRST_DAY - HOUR, FIRST_DAY + timedelta(minutes=15))

    def busy(kickoff, person, wanted):
        return [Busy(span, "Keynote")] if person.full_name == "Aïcha Benyahia" else []

    with find_busy.only(busy):
        yield span


def test_a_rep_takes_no_time_at_which_they_have_to_be_elsewhere(world, keynote):
    first, second = offered(world)

    with pytest.raises(
        actions.InquiryRefused, match=r"You are in “Keynote” then, 12:00–13:15\. Choose another"
    ):
        take(world, first)
    assert take(world, second).rep == world["rep"]


def test_the_rep_sees_beforehand_which_times_clash(world, keynote):
    slots = offered(world)

    clashes = queries.clashes(world.kickoff, world["rep"], slots)

    assert {pk: busy.title for pk, busy in clashes.items()} == {slots[0].pk: "Keynote"}


def test_a_time_is_moved_to_none_at_which_the_rep_has_to_be_elsewhere(world, keynote):
    slot = take(world, offered(world)[1])

    with pytest.raises(actions.InquiryRefused, match="Aïcha Benyahia is in “Keynote” then"):
        move(world, slot, FIRST_DAY - timedelta(minutes=30))


def test_a_manager_offers_no_time_at_which_they_have_to_be_elsewhere(world):
    span = Span(FIRST_DAY, FIRST_DAY + HOUR)
    with (
        find_busy.only(lambda *_: [Busy(span, "Panel")]),
        pytest.raises(actions.InquiryRefused, match="You are in “Panel” then"),
    ):
        offered(world)


def test_a_manager_offers_no_time_at_which_their_own_packet_is_reviewed(world):
    released(world, "manager")
    world.people["boss"] = world["manager"].manager
    above = offered(world, "boss", count=1)[0]
    take(world, above, role="manager")

    with pytest.raises(
        actions.InquiryRefused, match="You are in “a review with Ines Carvalhal” then"
    ):
        offered(world)
