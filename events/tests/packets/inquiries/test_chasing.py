"""A question past its time: one reminder, then it is taken further, once each."""

from datetime import UTC, datetime, timedelta

import pytest

from core.due import ticks
from events.packets.inquiries import actions
from events.packets.inquiries.models import Inquiry
from events.tests.packets.inquiries.making import TUESDAY, answered, asked
from people.accounts.models import Person
from people.mail.models import Message
from people.tests.factories import GONE, put_under

pytestmark = pytest.mark.django_db
DUE = datetime(2027, 1, 13, 17, tzinfo=UTC)
LATER = datetime(2027, 1, 14, 17, tzinfo=UTC)


def kinds_of(inquiry):
    return list(inquiry.messages.order_by("at", "pk").values_list("kind", flat=True))


def mails(about):
    found = Message.objects.filter(key__startswith=f"inquiry-{about}").order_by("person__full_name")
    return list(found.values_list("person__full_name", flat=True))


def test_nothing_happens_before_its_time(world):
    asked(world)

    done = actions.chase_inquiries(DUE - timedelta(seconds=1))

    assert done == {"reminded": 0, "escalated": 0, "shared": 0}


def test_at_its_time_the_holder_is_reminded_once(world):
    inquiry = asked(world)

    done = [actions.chase_inquiries(DUE + timedelta(minutes=n))["reminded"] for n in range(3)]

    assert done == [1, 0, 0]
    assert kinds_of(inquiry) == ["REMINDED"]
    assert mails("reminded") == ["Mateusz Wiśniewski"]


def test_a_working_day_later_all_of_revops_and_the_manager_hear_of_it_once(world):
    inquiry = asked(world)
    actions.chase_inquiries(DUE)

    done = [actions.chase_inquiries(at)["escalated"] for at in (LATER - timedelta(1), LATER, LATER)]

    assert done == [0, 1, 0]
    assert kinds_of(inquiry) == ["REMINDED", "ESCALATED"]
    assert mails("escalated") == ["Mateusz Wiśniewski", "Søren Lindqvist"]


def test_what_a_manager_leaves_goes_to_revops(world):
    inquiry = asked(world, kind="INTERPRETATION")
    actions.chase_inquiries(DUE)
    assert mails("reminded") == ["Søren Lindqvist"]

    actions.chase_inquiries(LATER)

    inquiry.refresh_from_db()
    assert (inquiry.routed_to, inquiry.escalated_at) == ("REVOPS", LATER)
    assert mails("escalated") == ["Mateusz Wiśniewski"]


def test_the_manager_of_today_is_reminded_and_without_one_revops(world):
    for role, expected in (("other_manager", "佐藤 美咲"), (None, "Mateusz Wiśniewski")):
        asked(world, kind="INTERPRETATION", text=f"For {role}")
        put_under(world["rep"], world[role] if role else None)

        actions.chase_inquiries(DUE)

        assert expected in mails("reminded")
        assert "Søren Lindqvist" not in mails("reminded")
        Inquiry.objects.update(state="CLOSED", closed_at=DUE)


def test_what_was_answered_or_closed_is_left_alone(world):
    answered(world, asked(world))
    closed = asked(world, text="Never mind")
    actions.close_inquiry(inquiry_id=closed.pk, by=world["rep"], at=TUESDAY)

    assert actions.chase_inquiries(LATER + timedelta(days=9))["reminded"] == 0


def test_after_downtime_the_reminder_comes_first_and_leaves_a_day(world):
    inquiry = asked(world)
    late = DUE + timedelta(days=9)  # Friday

    done = actions.chase_inquiries(late)

    inquiry.refresh_from_db()
    assert (done["reminded"], done["escalated"]) == (1, 0)
    assert inquiry.escalates_at == datetime(2027, 1, 25, 17, tzinfo=UTC)


def test_asked_again_it_is_chased_again(world):
    inquiry = asked(world)
    actions.chase_inquiries(DUE)
    actions.chase_inquiries(LATER)
    answered(world, inquiry, at=LATER)
    actions.reply(inquiry_id=inquiry.pk, text="Not clear", by=world["rep"], at=LATER)

    inquiry.refresh_from_db()
    assert inquiry.reminded_at is None
    done = actions.chase_inquiries(inquiry.due_at)

    assert done["reminded"] == 1
    assert kinds_of(inquiry).count("REMINDED") == 2
    assert len(mails("reminded")) == 2


def test_an_archived_kickoff_is_not_chased(world):
    asked(world)
    world.kickoff.status = "ARCHIVED"
    world.kickoff.save(update_fields=["status"])

    assert actions.chase_inquiries(LATER)["reminded"] == 0


@pytest.mark.parametrize("gone", GONE)
def test_the_question_of_somebody_who_has_left_is_not_chased(world, gone):
    asked(world)
    Person.objects.filter(pk=world["rep"].pk).update(**gone)

    assert actions.chase_inquiries(LATER)["reminded"] == 0


def test_the_tick_of_the_product_chases(world):
    asked(world)

    assert ticks.run_tick(DUE)["inquiries"] == {"reminded": 1, "escalated": 0, "shared": 0}
