"""What is asked is need-to-know: the attacks on threads, wishes and shared answers."""

import logging
import re

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse

from events.packets.inquiries import actions, models
from events.sealing.models import sealed_columns
from events.tests.factories import KickoffFactory
from events.tests.packets.inquiries.making import (
    ANSWER,
    SECRET,
    TUESDAY,
    WEDNESDAY,
    answered,
    asked,
    offered,
    wished,
)
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import put_under
from people.tests.passages import behind_our_back

pytestmark = [pytest.mark.look, pytest.mark.django_db]
TOLD = re.compile(r"Zanzibar|48.?211|19.?377|777.?123")
OTHERS = ["planner", "executive", "other_manager", "peer", "outsider"]


@pytest.fixture
def inquiry(world):
    inquiry = asked(world)
    answered(world, inquiry)
    world.things["wish"] = wished(world)
    return inquiry


def url(world, page, **kwargs):
    return reverse(
        f"events:packets:inquiries:{page}", kwargs={"slug": world.kickoff.slug, **kwargs}
    )


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_gets_at_a_thread_or_a_wish_by_its_address(
    client, world, inquiry, role, method
):
    client.force_login(world[role])
    pages = [("thread", {"inquiry_id": inquiry.pk}), ("wish", {"wish_id": world.things["wish"].pk})]
    pages.append(("share", {"inquiry_id": inquiry.pk}))
    for page, kwargs in pages:
        answer = getattr(client, method)(url(world, page, **kwargs), {"text": "x", "as": "answer"})

        assert answer.status_code in (404, 405)
        assert not TOLD.search(answer.content.decode())
    assert inquiry.messages.count() == 1


@pytest.mark.parametrize("role", ["planner", "executive"])
def test_a_planner_or_executive_up_the_line_reads_nothing_either(client, world, inquiry, role):
    put_under(world["rep"], world[role])
    client.force_login(world[role])

    assert client.get(url(world, "thread", inquiry_id=inquiry.pk)).status_code == 404
    for page in ("team", "slots", "inbox"):
        assert client.get(url(world, page)).status_code == 404


def test_a_thread_of_another_kickoff_is_not_found_under_this_one(client, world, inquiry):
    elsewhere = url(world, "thread", inquiry_id=inquiry.pk).replace(
        world.kickoff.slug, KickoffFactory().slug
    )
    client.force_login(world["revops"])

    assert client.get(elsewhere).status_code == 404
    assert client.get(url(world, "thread", inquiry_id=inquiry.pk)).status_code == 200


@pytest.mark.parametrize("number", [0, 99999999999999999999])
def test_a_number_that_is_nobodys_is_not_found(client, world, inquiry, number):
    client.force_login(world["revops"])

    assert client.get(url(world, "thread", inquiry_id=number)).status_code == 404
    assert client.get(url(world, "wish", wish_id=number)).status_code == 404
    assert client.post(url(world, "withdraw_shared", shared_id=number)).status_code == 404
    client.force_login(world["manager"])
    assert client.get(url(world, "move_slot", slot_id=number)).status_code == 404
    client.force_login(world["rep"])
    assert client.post(url(world, "take_slot", slot_id=number)).status_code == 404


def test_nothing_that_was_written_is_in_mails_the_trail_logs_or_tables(
    client, world, inquiry, caplog
):
    caplog.set_level(logging.DEBUG)
    wish = world.things["wish"]
    actions.hand_on(
        inquiry_id=asked(world, text=f"{SECRET}?").pk,
        to="MANAGER",
        note=SECRET,
        by=world["revops"],
        at=TUESDAY,
    )
    actions.reply(inquiry_id=inquiry.pk, text=f"{SECRET}!", by=world["rep"], at=WEDNESDAY)
    actions.comment_wish(
        wish_id=wish.pk, supports=True, comment=SECRET, by=world["manager"], at=TUESDAY
    )
    actions.decide_wish(
        wish_id=wish.pk, is_granted=False, answer=SECRET, by=world["revops"], at=TUESDAY
    )
    actions.chase_inquiries(WEDNESDAY.replace(day=20))
    actions.publish_answer(
        inquiry_id=inquiry.pk,
        scope="EVERYONE",
        question=SECRET,
        answer=ANSWER,
        by=world["revops"],
        at=WEDNESDAY,
        is_confirmed=True,
    )
    for role, page, kwargs in (
        ("revops", "thread", {"inquiry_id": inquiry.pk}),
        ("manager", "wish", {"wish_id": wish.pk}),
        ("rep", "mine", {}),
    ):
        client.force_login(world[role])
        assert client.get(url(world, page, **kwargs)).status_code == 200

    stored = [
        *Message.objects.values_list("subject", "body", "key"),
        *Entry.objects.values_list("verb", "note"),
        *(row for model in _tables() for row in model.objects.values_list()),
        *(repr(row) + str(row) for model in _tables() for row in model.objects.all()),
    ]
    assert len(stored) > 20
    assert not TOLD.search(repr(stored))
    assert not TOLD.search(caplog.text)


@pytest.mark.parametrize("role", ["planner", "executive", "revops", "manager"])
def test_no_list_and_no_search_shows_what_was_written(client, world, inquiry, role):
    client.force_login(world[role])
    pages = [
        reverse("home"),
        reverse("search") + "?q=Zanzibar",
        url(world, "inbox"),
        url(world, "team"),
        url(world, "inbox") + "?q=Zanzibar",
        reverse("events:packets:coverage:report", kwargs={"slug": world.kickoff.slug}),
    ]
    for page in pages:
        text = client.get(page, follow=True).content.decode()
        assert not TOLD.search(
            text.replace("q=Zanzibar", "").replace('value="Zanzibar"', "").replace("“Zanzibar”", "")
        )


def test_every_look_of_somebody_else_is_in_the_reps_trail_once_a_visit(client, world, inquiry):
    for role in ("revops", "revops", "manager", "rep"):
        client.force_login(world[role])
        client.get(url(world, "thread", inquiry_id=inquiry.pk))
        client.get(url(world, "wish", wish_id=world.things["wish"].pk))

    for verb in ("inquiry.viewed", "wish.viewed"):
        looks = Entry.objects.filter(verb=verb, subject=world["rep"]).order_by("pk")
        assert [look.actor for look in looks] == [world["revops"], world["manager"]]


def test_what_is_shown_is_stored_by_no_cache(client, world, inquiry):
    client.force_login(world["rep"])
    pages = [
        url(world, "thread", inquiry_id=inquiry.pk),
        url(world, "wish", wish_id=world.things["wish"].pk),
        url(world, "mine"),
        url(world, "ask"),
        url(world, "answers"),
    ]
    for page in pages:
        assert "no-store" in client.get(page)["Cache-Control"]


def test_a_thread_that_no_key_opens_shows_nothing_of_itself(client, world, inquiry):
    with behind_our_back():
        models.Inquiry.objects.filter(pk=inquiry.pk).update(sealed="broken")
    client.force_login(world["rep"])

    answer = client.get(url(world, "thread", inquiry_id=inquiry.pk))

    assert answer.status_code == 500
    assert "cannot be opened" in answer.content.decode()


def test_what_people_write_is_text(client, world):
    nasty = "<script>alert(1)</script>{{ settings.SECRET_KEY }}"
    inquiry = asked(world, text=nasty)
    offered(world)
    client.force_login(world["revops"])

    page = client.get(url(world, "thread", inquiry_id=inquiry.pk)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ settings.SECRET_KEY }}" in page


def test_every_text_is_a_sealed_column_that_turning_the_key_finds(world, inquiry, settings):
    names = {f"{model.__name__}.{column}" for model, column in sealed_columns()}
    assert {
        "Inquiry.sealed", "InquiryMessage.sealed", "SharedAnswer.sealed_question",
        "SharedAnswer.sealed_answer", "QuotaWish.sealed_amount", "QuotaWish.sealed_reason",
        "QuotaWish.sealed_comment", "QuotaWish.sealed_answer",
    } <= names  # fmt: skip
    new_key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
    settings.PACKET_KEYS = [new_key, *settings.PACKET_KEYS]

    call_command("rotate_packet_key")

    settings.PACKET_KEYS = [new_key]
    inquiry.refresh_from_db()
    assert inquiry.read() == SECRET
    assert inquiry.messages.get().read() == ANSWER


def test_nothing_of_it_is_in_the_admin_site():
    assert set(admin.site._registry).isdisjoint(_tables())


def _tables():
    return (
        models.Inquiry,
        models.InquiryMessage,
        models.QuotaWish,
        models.SharedAnswer,
        models.SharedAnswerReader,
        models.ReviewSlot,
    )
