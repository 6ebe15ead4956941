"""A question is asked, routed, answered, asked again, handed on and closed."""

from datetime import UTC, datetime

import pytest

from events.packets.delivery.models import PacketVersion
from events.packets.inquiries import actions, queries
from events.packets.inquiries.models import Inquiry, InquiryMessage
from events.tests.factories import PacketVersionFactory
from events.tests.packets.inquiries.making import (
    ANSWER,
    MONDAY,
    SECRET,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    asked,
)
from people.mail.models import Message
from people.tests.factories import GONE, RevOpsFactory, put_under

pytestmark = pytest.mark.django_db
_LEFT = dict(zip(["inactive", "left"], GONE, strict=True))


def _set(person, **fields):
    for name, value in fields.items():
        setattr(person, name, value)
    person.save(update_fields=fields)


def told():
    """Who got a mail, in order of its key."""
    return list(Message.objects.order_by("pk").values_list("person__full_name", flat=True))


def test_a_question_is_with_its_holder_and_has_a_time(world):
    inquiry = asked(world)

    assert (inquiry.state, inquiry.routed_to, inquiry.round) == ("OPEN", "REVOPS", 1)
    assert inquiry.due_at == datetime(2027, 1, 13, 17, tzinfo=UTC)
    assert inquiry.read() == SECRET
    assert told() == ["Mateusz Wiśniewski"]


def test_what_a_manager_knows_goes_to_the_manager(world):
    inquiry = asked(world, kind="TERRITORY")

    assert inquiry.routed_to == "MANAGER"
    assert told() == ["Søren Lindqvist"]


@pytest.mark.parametrize(
    "why", ["none", "inactive", "left", "planner", "executive", "off the roster"]
)
def test_without_a_manager_who_can_read_it_revops_answers(world, why):
    manager, rep = world["manager"], world["rep"]
    if why == "none":
        put_under(rep, None)
    elif why in _LEFT:
        _set(manager, **_LEFT[why])
    elif why == "off the roster":
        world.kickoff.attendees.filter(person=manager).delete()
    else:
        _set(manager, role=why.upper())

    inquiry = asked(world, kind="TERRITORY")

    assert inquiry.routed_to == "REVOPS"
    assert told() == ["Mateusz Wiśniewski"]


@pytest.mark.parametrize("why", ["inactive", "left", "planner", "off the roster", "none"])
def test_when_the_manager_goes_later_revops_holds_it_on_every_page(world, why):
    inquiry = asked(world, kind="TERRITORY")
    manager = world["manager"]
    assert queries.inbox_rows(world.kickoff, TUESDAY).get().holder == "MANAGER"
    if why == "off the roster":
        world.kickoff.attendees.filter(person=manager).delete()
    elif why == "none":
        put_under(world["rep"], None)
    else:
        _set(manager, **_LEFT.get(why, {"role": "PLANNER"}))

    fresh = Inquiry.objects.get(pk=inquiry.pk)
    assert queries.holder_of(fresh, TUESDAY) == "REVOPS"
    assert queries.inbox_rows(world.kickoff, TUESDAY).get().holder == "REVOPS"
    assert not queries.may_answer(fresh, manager, TUESDAY)


def test_a_new_manager_holds_it_from_the_day_they_are_one(world):
    inquiry = asked(world, kind="TERRITORY")
    put_under(world["rep"], world["other_manager"])
    fresh = Inquiry.objects.get(pk=inquiry.pk)

    assert queries.may_answer(fresh, world["other_manager"], TUESDAY)
    assert not queries.may_answer(fresh, world["manager"], TUESDAY)


def test_the_same_question_twice_at_once_is_one(world):
    assert asked(world) == asked(world)
    assert Inquiry.objects.count() == 1
    assert asked(world, text=SECRET + "!") != asked(world)


def test_a_rep_asks_about_their_own_packet_alone(world):
    with pytest.raises(actions.InquiryRefused, match="Only its rep"):
        actions.ask_question(
            version_id=world.things["peer"].pk, kind="DATA", text="?", by=world["rep"], at=MONDAY
        )


def test_what_was_replaced_is_not_asked_about_and_what_was_asked_stays(world):
    inquiry, old = asked(world), world.things["rep"]
    PacketVersion.objects.filter(pk=old.pk).update(state="SUPERSEDED")
    PacketVersionFactory(packet=old.packet, number=2)

    with pytest.raises(actions.InquiryRefused, match="Version 1 was replaced"):
        asked(world, text="Another")
    (line,) = queries.asked_about(old.packet, TUESDAY)
    assert (line.inquiry, line.number, line.is_about_older) == (inquiry, 1, True)


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("GOSSIP", "x", "Choose what"),
        ("DATA", " \n\x00 ", "Write something"),
        ("DATA", "x" * 4001, "4001 characters; 4000"),
    ],
)
def test_a_question_needs_a_kind_and_words(world, kind, text, says):
    with pytest.raises(actions.InquiryRefused, match=says):
        asked(world, kind=kind, text=text)


def test_not_more_than_twenty_wait_at_a_time(world):
    for number in range(20):
        asked(world, text=f"Question {number}")

    with pytest.raises(actions.InquiryRefused, match="20 questions of yours wait"):
        asked(world, text="One more")


def test_an_archived_kickoff_takes_no_question_and_no_answer(world):
    inquiry = asked(world)
    world.kickoff.status = "ARCHIVED"
    world.kickoff.save(update_fields=["status"])

    with pytest.raises(actions.InquiryRefused, match="archived"):
        asked(world, text="Another")
    with pytest.raises(actions.InquiryRefused, match="archived"):
        answered(world, inquiry)


def test_an_answer_reaches_the_rep(world):
    inquiry = asked(world)

    message = answered(world, inquiry)

    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.answered_at) == ("ANSWERED", TUESDAY)
    assert message.read() == ANSWER
    assert told()[-1] == "Aïcha Benyahia"


def test_the_same_answer_sent_twice_is_written_once(world):
    inquiry = asked(world)

    assert answered(world, inquiry) == answered(world, inquiry)
    assert inquiry.messages.count() == 1


def test_nobody_answers_a_thread_that_they_have_not_read_to_its_end(world):
    inquiry = asked(world)
    other = RevOpsFactory()
    answered(world, inquiry)

    with pytest.raises(actions.InquiryRefused, match="in the meantime"):
        actions.answer_inquiry(
            inquiry_id=inquiry.pk, text="Something else", by=other, at=TUESDAY, seen=0
        )


@pytest.mark.parametrize(
    "role", ["manager", "other_manager", "planner", "executive", "peer", "rep"]
)
def test_what_is_with_revops_is_answered_by_revops(world, role):
    with pytest.raises(actions.InquiryRefused, match="not with you"):
        answered(world, asked(world), by=role)


def test_the_manager_and_those_above_answer_what_is_with_the_manager(world):
    boss = world["manager"].manager
    inquiry = asked(world, kind="QUOTA")
    assert queries.may_answer(inquiry, boss, TUESDAY)

    answered(world, inquiry, by="manager")

    inquiry.refresh_from_db()
    assert inquiry.state == "ANSWERED"


def test_revops_does_not_answer_a_question_of_its_own(world):
    world["rep"].role = "REVOPS"
    world["rep"].save(update_fields=["role"])

    with pytest.raises(actions.InquiryRefused, match="not with you"):
        answered(world, asked(world), by="rep")


def test_a_note_of_a_manager_leaves_the_question_open(world):
    inquiry = asked(world)

    actions.write_note(inquiry_id=inquiry.pk, text="I know this", by=world["manager"], at=TUESDAY)

    inquiry.refresh_from_db()
    assert inquiry.state == "OPEN"
    assert told()[-1] == "Aïcha Benyahia"


@pytest.mark.parametrize(
    "role", ["other_manager", "planner", "executive", "peer", "outsider", "rep"]
)
def test_nobody_else_writes_a_note(world, role):
    with pytest.raises(actions.InquiryRefused, match=r"not yours|your own"):
        actions.write_note(inquiry_id=asked(world).pk, text="x", by=world[role], at=TUESDAY)


def test_whoever_writes_again_reopens_with_a_new_time(world):
    inquiry = asked(world)
    answered(world, inquiry)

    message = actions.reply(inquiry_id=inquiry.pk, text="And then?", by=world["rep"], at=WEDNESDAY)

    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.round, message.kind) == ("REOPENED", 2, "REOPENED")
    assert inquiry.due_at == datetime(2027, 1, 15, 17, tzinfo=UTC)
    assert told()[-1] == "Mateusz Wiśniewski"


def test_writing_more_while_it_waits_keeps_the_time(world):
    inquiry = asked(world)

    actions.reply(inquiry_id=inquiry.pk, text="One more thing", by=world["rep"], at=TUESDAY)

    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.round) == ("OPEN", 1)


def test_only_the_rep_replies_and_closes(world):
    inquiry = asked(world)
    for act in (actions.close_inquiry,):
        with pytest.raises(actions.InquiryRefused, match="somebody else"):
            act(inquiry_id=inquiry.pk, by=world["revops"], at=TUESDAY)
    with pytest.raises(actions.InquiryRefused, match="somebody else"):
        actions.reply(inquiry_id=inquiry.pk, text="x", by=world["peer"], at=TUESDAY)


def test_closed_twice_is_closed_once_and_can_be_asked_again(world):
    inquiry = asked(world)
    for at in (TUESDAY, WEDNESDAY):
        actions.close_inquiry(inquiry_id=inquiry.pk, by=world["rep"], at=at)
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.closed_at) == ("CLOSED", TUESDAY)
    assert InquiryMessage.objects.filter(kind="CLOSED").count() == 1

    actions.reply(inquiry_id=inquiry.pk, text="After all", by=world["rep"], at=THURSDAY)

    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.closed_at) == ("REOPENED", None)


def test_an_answer_to_what_is_closed_leaves_it_closed(world):
    inquiry = asked(world)
    actions.close_inquiry(inquiry_id=inquiry.pk, by=world["rep"], at=TUESDAY)

    answered(world, inquiry, at=WEDNESDAY)

    inquiry.refresh_from_db()
    assert inquiry.state == "CLOSED"


def hand_on(world, inquiry, to, by, note="You know this better", at=TUESDAY):
    return actions.hand_on(inquiry_id=inquiry.pk, to=to, note=note, by=world[by], at=at)


def test_whoever_holds_it_hands_it_on_with_a_note_and_the_promise_stands(world):
    inquiry = asked(world, kind="TERRITORY")
    promised = inquiry.due_at

    moved = hand_on(world, inquiry, "REVOPS", "manager")

    assert (moved.routed_to, moved.due_at) == ("REVOPS", promised)
    message = moved.messages.get()
    assert (message.kind, message.routed_to) == ("REROUTED", "REVOPS")
    assert message.read() == "You know this better"
    assert told()[-1] == "Mateusz Wiśniewski"


def test_what_is_late_gets_a_day_when_it_is_handed_on(world):
    inquiry = asked(world)

    moved = hand_on(world, inquiry, "MANAGER", "revops", at=THURSDAY)

    assert moved.due_at == datetime(2027, 1, 15, 17, tzinfo=UTC)
    assert told()[-1] == "Søren Lindqvist"


@pytest.mark.parametrize(
    ("to", "by", "says"),
    [
        ("MANAGER", "manager", "not with you"),
        ("MANAGER", "rep", "not with you"),
        ("REVOPS", "revops", "there already"),
        ("NOBODY", "revops", "there already"),
    ],
)
def test_handing_on_is_refused_with_a_reason(world, to, by, says):
    with pytest.raises(actions.InquiryRefused, match=says):
        hand_on(world, asked(world), to, by)


def test_there_is_no_handing_on_to_a_manager_who_is_not_there(world):
    put_under(world["rep"], None)

    with pytest.raises(actions.InquiryRefused, match="Nobody above"):
        hand_on(world, asked(world), "MANAGER", "revops")


def test_what_is_answered_is_not_handed_on(world):
    inquiry = asked(world)
    answered(world, inquiry)

    with pytest.raises(actions.InquiryRefused, match="does not wait"):
        hand_on(world, inquiry, "MANAGER", "revops")


def test_revops_sets_how_long_answers_take_from_then_on(world):
    before = asked(world)

    days = {"CALCULATION": 5, "TYPO": 1}
    assert (
        actions.set_answer_times(kickoff=world.kickoff, days=days, by=world["revops"], at=MONDAY)
        == 1
    )

    before.refresh_from_db()
    assert before.due_at == datetime(2027, 1, 13, 17, tzinfo=UTC)
    assert asked(world, text="Later").due_at == datetime(2027, 1, 18, 17, tzinfo=UTC)
    with pytest.raises(actions.InquiryRefused, match="1 to 20"):
        actions.set_answer_times(
            kickoff=world.kickoff, days={"DATA": 21}, by=world["revops"], at=MONDAY
        )
