"""A review as a calendar gets it: the same entry whatever changes, and gone when it is off."""

from datetime import UTC, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from events.packets.inquiries import actions
from events.packets.inquiries.rules.slots import Span
from events.tests.packets.inquiries.making import FIRST_DAY, TUESDAY, offered
from people.mail.models import Message

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def entry(client, world, slot, role="rep"):
    client.force_login(world[role])
    kwargs = {"slug": world.kickoff.slug, "slot_id": slot.pk}
    answer = client.get(reverse("events:packets:inquiries:calendar_entry", kwargs=kwargs))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_an_entry_says_when_in_the_events_zone_where_and_with_whom(client, world):
    slot = actions.take_slot(slot_id=offered(world)[0].pk, by=world["rep"], at=TUESDAY)

    calendar, event = entry(client, world, slot)

    assert calendar["METHOD"] == "PUBLISH"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Lisbon"]
    assert event["DTSTART"].params["TZID"] == "Europe/Lisbon"
    assert event.decoded("DTSTART").astimezone(UTC) == FIRST_DAY
    assert event["SUMMARY"] == f"Review with {world['manager'].full_name}"
    assert event["LOCATION"] == "Table 4"


def test_moved_it_is_the_same_entry_with_a_higher_sequence(client, world):
    first, second = offered(world)
    slot = actions.take_slot(slot_id=first.pk, by=world["rep"], at=TUESDAY)
    _calendar, before = entry(client, world, slot)
    span = Span(FIRST_DAY + HOUR, FIRST_DAY + 2 * HOUR)
    actions.move_slot(
        slot_id=slot.pk, span=span, place="Bar", by=world["manager"], at=TUESDAY + HOUR
    )
    _calendar, moved = entry(client, world, slot)
    other = actions.take_slot(slot_id=second.pk, by=world["rep"], at=TUESDAY + 2 * HOUR)
    _calendar, chosen = entry(client, world, other)

    assert before["UID"] == moved["UID"] == chosen["UID"]
    assert before["SEQUENCE"] < moved["SEQUENCE"] < chosen["SEQUENCE"]
    assert moved.decoded("DTSTART").astimezone(UTC) == span.starts_at


def test_cancelled_it_takes_itself_out_of_the_calendar(client, world):
    slot = actions.take_slot(slot_id=offered(world)[0].pk, by=world["rep"], at=TUESDAY)
    _calendar, before = entry(client, world, slot)
    actions.cancel_slot(slot_id=slot.pk, by=world["manager"], at=TUESDAY + HOUR)

    calendar, event = entry(client, world, slot)

    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert event["UID"] == before["UID"]
    assert event["SEQUENCE"] > before["SEQUENCE"]


def test_given_up_by_the_rep_it_is_off_for_the_manager(client, world):
    slot = actions.take_slot(slot_id=offered(world)[0].pk, by=world["rep"], at=TUESDAY)
    _calendar, before = entry(client, world, slot, "manager")
    actions.give_up_review(kickoff=world.kickoff, by=world["rep"], at=TUESDAY + HOUR)

    calendar, event = entry(client, world, slot, "manager")

    assert before["SUMMARY"] == "Review with Aïcha Benyahia"
    assert (calendar["METHOD"], event["UID"]) == ("CANCEL", before["UID"])


def test_the_review_of_somebody_else_is_in_nobodys_calendar(client, world):
    slot = actions.take_slot(slot_id=offered(world)[0].pk, by=world["rep"], at=TUESDAY)
    client.force_login(world["peer"])
    kwargs = {"slug": world.kickoff.slug, "slot_id": slot.pk}

    answer = client.get(reverse("events:packets:inquiries:calendar_entry", kwargs=kwargs))

    assert answer.status_code == 404


def test_a_mail_about_a_review_links_its_entry(world):
    slot = actions.take_slot(slot_id=offered(world)[0].pk, by=world["rep"], at=TUESDAY)

    body = Message.objects.get(key__startswith="review-taken").body

    assert f"review/{slot.pk}/calendar/" in body
