"""An answer reaches exactly those whom it concerns, once, without figures or names."""

import pytest

from events.packets.delivery.models import PacketVersion
from events.packets.inquiries import actions, queries
from events.packets.inquiries.models import SharedAnswer, SharedAnswerReader
from events.packets.territories.rules.territory import Territory
from events.tests.factories import (
    AttendeeFactory,
    PacketFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.packets.inquiries.making import THURSDAY, WEDNESDAY, answered, asked
from people.accounts.models import Person
from people.mail.models import Message
from people.tests.factories import GONE, PersonFactory
from people.tests.passages import behind_our_back

pytestmark = pytest.mark.django_db
QUESTION, REPLY = "Why is there a jump?", "It is paid from the first deal on."


def holder_of(world, *, state="RELEASED", released_at=None, **changes):
    """Somebody more with a packet."""
    person = PersonFactory()
    AttendeeFactory(kickoff=world.kickoff, person=person)
    packet = PacketFactory(kickoff=world.kickoff, rep=person)
    times = {"released_at": released_at} if released_at else {}
    PacketVersionFactory(packet=packet, state=state, content=packet_content(**changes), **times)
    return person


@pytest.fixture
def inquiry(world):
    inquiry = asked(world)
    answered(world, inquiry)
    inquiry.refresh_from_db()
    return inquiry


def share(world, inquiry, scope="EVERYONE", **changes):
    fields = {"question": QUESTION, "answer": REPLY, "by": world["revops"], "at": WEDNESDAY}
    return actions.publish_answer(inquiry_id=inquiry.pk, scope=scope, **{**fields, **changes})


def readers(shared):
    return set(shared.readers.values_list("person", flat=True))


def mailed():
    found = Message.objects.filter(key__startswith="inquiry-shared")
    return set(found.values_list("person", flat=True))


def test_everyone_with_a_packet_is_told_besides_who_asked_and_who_has_left(world, inquiry):
    holder_of(world, state="DRAFT")
    for fields in GONE:
        Person.objects.filter(pk=holder_of(world).pk).update(**fields)

    shared = share(world, inquiry)

    assert readers(shared) == mailed() == {world["peer"].pk}


def test_a_territory_concerns_its_own(world, inquiry):
    here = holder_of(world, territory=Territory("France and Belgium"))
    shares_account = holder_of(world, territory=Territory("Iberia", "", ("Halle aux Vins",)))
    holder_of(world, territory=Territory("Iberia"))

    shared = share(world, inquiry, "TERRITORY")

    assert readers(shared) == {world["peer"].pk, here.pk, shares_account.pk}
    counts = queries.counts_by_scope(inquiry, WEDNESDAY)
    assert counts == {"PLAN": 4, "TERRITORY": 3, "TERMS": 4, "EVERYONE": 4}


def test_another_kickoff_is_not_told(world, inquiry):
    PacketVersionFactory(content=packet_content())

    assert readers(share(world, inquiry)) == {world["peer"].pk}


def test_the_same_twice_is_shared_once_and_another_is_refused(world, inquiry):
    assert share(world, inquiry) == share(world, inquiry)
    assert Message.objects.filter(key__startswith="inquiry-shared").count() == 1

    with pytest.raises(actions.InquiryRefused, match="shared already"):
        share(world, inquiry, answer="Something else")


def test_reaching_again_tells_nobody_twice(world, inquiry):
    shared = share(world, inquiry)

    assert [actions.reach_concerned(shared_id=shared.pk, at=THURSDAY) for _ in range(2)] == [0, 0]


def test_whoever_gets_such_a_packet_later_is_told_by_the_tick_once(world, inquiry):
    shared = share(world, inquiry, "TERRITORY")
    late = holder_of(world, released_at=WEDNESDAY.replace(hour=20))
    holder_of(world, released_at=WEDNESDAY.replace(hour=20), territory=Territory("Iberia"))

    done = [actions.chase_inquiries(THURSDAY)["shared"] for _ in range(2)]

    assert done == [1, 0]
    assert readers(shared) == {world["peer"].pk, late.pk}


def test_what_is_taken_back_is_read_by_nobody_and_reaches_nobody(world, inquiry):
    shared = share(world, inquiry)
    actions.withdraw_answer(shared_id=shared.pk, by=world["revops"], at=THURSDAY)
    holder_of(world, released_at=WEDNESDAY.replace(hour=20))

    assert actions.chase_inquiries(THURSDAY)["shared"] == 0
    assert queries.shared_for(world.kickoff, world["peer"]) == []
    assert queries.shared_count(world.kickoff, world["peer"]).total == 0
    again = share(world, inquiry, answer="Told better")
    assert SharedAnswer.objects.count() == 2
    assert world["peer"].pk in readers(again)


@pytest.mark.parametrize(
    ("question", "answer", "found"),
    [
        (QUESTION, "You get €900", "€900"),
        ("Why does Aicha get less?", REPLY, "Aïcha"),
        (QUESTION, "As Soren wrote: Lindqvist knows", "Lindqvist"),
        (QUESTION, "Halle aux Vins moved", "Halle aux Vins"),
        ("From 900,000 on?", REPLY, "900,000"),
    ],
)
def test_what_tells_about_one_person_is_held_back_until_confirmed(
    world, inquiry, question, answer, found
):
    with pytest.raises(actions.NeedsConfirming, match=found):
        share(world, inquiry, question=question, answer=answer)
    assert not SharedAnswer.objects.exists()

    assert share(world, inquiry, question=question, answer=answer, is_confirmed=True)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"question": " "}, "Write something"),
        ({"answer": "x" * 2001}, "2001"),
        ({"scope": "NOBODY"}, "Choose whom"),
    ],
)
def test_sharing_is_refused_with_a_reason(world, inquiry, changes, says):
    with pytest.raises(actions.InquiryRefused, match=says):
        share(world, inquiry, **changes)


@pytest.mark.parametrize("role", ["manager", "planner", "executive", "rep", "peer"])
def test_only_revops_shares(world, inquiry, role):
    with pytest.raises(actions.InquiryRefused, match="RevOps shares"):
        share(world, inquiry, by=world[role])


def test_what_is_not_answered_is_not_shared(world):
    with pytest.raises(actions.InquiryRefused, match="Answer the question first"):
        share(world, asked(world))


def test_a_reader_sees_it_as_new_once(world, inquiry):
    share(world, inquiry)
    peer = world["peer"]
    (line,) = queries.shared_for(world.kickoff, peer)
    assert (line.question, line.answer, line.is_new) == (QUESTION, REPLY, True)
    assert queries.shared_count(world.kickoff, peer).new == 1

    for expected in (1, 0):
        seen = actions.mark_shared_seen(shared_ids=[line.pk], by=peer, at=THURSDAY)
        assert seen == expected

    assert queries.shared_count(world.kickoff, peer).new == 0
    assert not queries.shared_for(world.kickoff, peer)[0].is_new


def test_a_packet_that_no_key_opens_is_told_what_everyone_is_told(world, inquiry):
    with behind_our_back():
        PacketVersion.objects.filter(pk=world.things["peer"].pk).update(sealed="broken")

    assert queries.counts_by_scope(inquiry, WEDNESDAY) == {
        "PLAN": 0, "TERRITORY": 0, "TERMS": 0, "EVERYONE": 1,
    }  # fmt: skip


@pytest.mark.parametrize("count", [1, 3, 30])
def test_finding_whom_it_concerns_is_one_query(world, inquiry, count, django_assert_num_queries):
    for _ in range(count):
        holder_of(world)
    inquiry.version.packet  # noqa: B018  (read before the count)

    with django_assert_num_queries(1):
        assert len(queries.versions_concerned(inquiry, "PLAN", WEDNESDAY)) == count + 1
    share(world, inquiry)
    assert SharedAnswerReader.objects.count() == count + 1
