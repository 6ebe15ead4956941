"""A wish for another quota: made, commented on, decided; it changes no packet."""

from decimal import Decimal

import pytest

from events.packets.delivery import actions as packets
from events.packets.delivery.models import PacketVersion
from events.packets.inquiries import actions, queries
from events.packets.inquiries.models import QuotaWish
from events.tests.packets.inquiries.making import MONDAY, TUESDAY, WEDNESDAY, wished
from people.mail.models import Message

pytestmark = pytest.mark.django_db


def told():
    return list(Message.objects.order_by("pk").values_list("person__full_name", flat=True))


def decide(world, wish, is_granted=True, answer="We look at it anew", by="revops"):
    return actions.decide_wish(
        wish_id=wish.pk, is_granted=is_granted, answer=answer, by=world[by], at=WEDNESDAY
    )


def comment(world, wish, by="manager", supports=True, text="They are right"):
    return actions.comment_wish(
        wish_id=wish.pk, supports=supports, comment=text, by=world[by], at=TUESDAY
    )


def test_a_wish_is_with_revops_and_the_manager(world):
    wish = wished(world)

    assert wish.is_open
    assert wish.read().amount == Decimal("777123")
    assert set(told()) == {"Mateusz Wiśniewski", "Søren Lindqvist"}


def test_a_wish_does_not_stop_the_receipt(world):
    wished(world)

    receipt = packets.sign_receipt(
        version_id=world.things["rep"].pk,
        by=world["rep"],
        typed_name="Aïcha Benyahia",
        at=TUESDAY,
    )

    assert receipt.version == world.things["rep"]


def test_one_wish_about_a_version_is_open_at_a_time(world):
    assert wished(world) == wished(world)

    with pytest.raises(actions.InquiryRefused, match="open already"):
        wished(world, amount="700000")
    actions.withdraw_wish(wish_id=wished(world).pk, by=world["rep"], at=TUESDAY)
    assert wished(world, amount="700000")
    assert QuotaWish.objects.count() == 2


@pytest.mark.parametrize(
    ("amount", "says"), [("0", "above zero"), ("-1", "above zero"), ("900000", "that you have")]
)
def test_a_wish_is_for_another_quota(world, amount, says):
    with pytest.raises(actions.InquiryRefused, match=says):
        wished(world, amount=amount)


def test_a_wish_is_about_ones_own_packet_in_hand(world):
    version = world.things["peer"]
    with pytest.raises(actions.InquiryRefused, match="Only its rep"):
        actions.make_wish(
            version_id=version.pk, amount=Decimal(1), reason="x", by=world["rep"], at=MONDAY
        )
    PacketVersion.objects.filter(pk=world.things["rep"].pk).update(state="SUPERSEDED")
    with pytest.raises(actions.InquiryRefused, match="was replaced"):
        wished(world)


def test_a_manager_says_whether_they_support_it_until_it_is_decided(world):
    wish = wished(world)

    comment(world, wish, supports=False)
    wish = comment(world, wish, text="On second thoughts")

    assert wish.supports
    assert wish.read().comment == "On second thoughts"
    decide(world, wish)
    with pytest.raises(actions.InquiryRefused, match="decided already"):
        comment(world, wish)


@pytest.mark.parametrize("role", ["revops", "other_manager", "planner", "executive", "rep", "peer"])
def test_only_a_manager_of_the_rep_comments(world, role):
    with pytest.raises(actions.InquiryRefused, match="Only a manager"):
        comment(world, wished(world), by=role)


@pytest.mark.parametrize(("is_granted", "state"), [(True, "GRANTED"), (False, "DECLINED")])
def test_a_decision_reaches_the_rep_and_changes_no_packet(world, is_granted, state):
    before = PacketVersion.objects.values_list("pk", "state", "content_hash")
    as_it_was = list(before)

    wish = decide(world, wished(world), is_granted)

    assert (wish.state, wish.read().answer) == (state, "We look at it anew")
    assert told()[-1] == "Aïcha Benyahia"
    assert list(before.all()) == as_it_was


def test_a_decision_sent_twice_is_one_and_another_is_refused(world):
    wish = wished(world)
    assert decide(world, wish) == decide(world, wish)
    assert Message.objects.filter(key__startswith="wish-decided").count() == 1

    with pytest.raises(actions.InquiryRefused, match="does not wait"):
        decide(world, wish, is_granted=False)
    with pytest.raises(actions.InquiryRefused, match="decided already"):
        actions.withdraw_wish(wish_id=wish.pk, by=world["rep"], at=WEDNESDAY)


@pytest.mark.parametrize("role", ["manager", "planner", "executive", "rep", "peer"])
def test_only_revops_decides(world, role):
    with pytest.raises(actions.InquiryRefused, match="RevOps decides"):
        decide(world, wished(world), by=role)


def test_revops_does_not_decide_its_own_wish(world):
    world["rep"].role = "REVOPS"
    world["rep"].save(update_fields=["role"])

    with pytest.raises(actions.InquiryRefused, match="nobody their own"):
        decide(world, wished(world), by="rep")


def test_a_decision_needs_an_answer(world):
    with pytest.raises(actions.InquiryRefused, match="Write something"):
        decide(world, wished(world), answer=" ")


def test_open_wishes_are_listed_for_revops_and_for_the_line(world):
    mine, other = wished(world), wished(world, "peer")
    decide(world, other)

    assert list(queries.open_wishes(world.kickoff, TUESDAY)) == [mine]
    assert list(queries.wishes_of_line(world.kickoff, world["manager"], TUESDAY)) == [mine]
    assert not queries.wishes_of_line(world.kickoff, world["other_manager"], TUESDAY).exists()
