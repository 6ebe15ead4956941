"""From the question on a phone to the answer at a desk and to whom it concerns: in a real browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import PHONE
from events.packets.inquiries.models import Inquiry, ReviewSlot
from events.tests.packets.inquiries import making
from events.tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    """The event begins tomorrow, so that times can be offered at it."""
    tomorrow = timezone.now().date() + timedelta(days=1)
    world = build_world(starts_date=tomorrow, ends_date=tomorrow + timedelta(days=2))
    for role in ("rep", "peer"):
        world.things[role] = making.released(world, role)
    return world


def url(world, page, **kwargs):
    return reverse(
        f"events:packets:inquiries:{page}", kwargs={"slug": world.kickoff.slug, **kwargs}
    )


def test_a_question_is_asked_answered_shared_and_closed(phone, page, new_page, sign_in, axe, world):
    sign_in(phone, world["rep"])
    phone.goto(reverse("events:packets:delivery:mine", kwargs={"slug": world.kickoff.slug}))
    phone.get_by_role("link", name="Ask a question").tap()
    phone.get_by_role("textbox", name="Your question").wait_for()
    assert axe(phone) == []
    phone.get_by_role("button", name="Send the question").tap()
    phone.get_by_text("Choose what your question is about.").first.wait_for()
    phone.get_by_label("Calculation: How a payout is worked out").check()
    phone.get_by_role("textbox", name="Your question").fill("Why does it jump at 40%?")
    phone.get_by_role("button", name="Send the question").tap()
    phone.get_by_text("with RevOps · answer by").wait_for()
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    sign_in(page, world["revops"])
    page.goto(url(world, "inbox"))
    page.get_by_role("link", name="Aïcha Benyahia").click()
    page.get_by_role("textbox", name="Your answer").fill(
        "It is paid from the first deal on: €900 for you."
    )
    assert axe(page) == []
    page.get_by_role("button", name="Send and share with others").click()
    page.get_by_label("Every rep at this kickoff: 1 besides the one who asked").check()
    page.get_by_label("The question, for everybody").fill("Why does it jump?")
    page.get_by_label("The answer, for everybody").fill("€900 is paid from the first deal on.")
    page.get_by_role("button", name="Share it").click()
    page.get_by_text("Take out what tells about one person: “€900”.").first.wait_for()
    assert axe(page) == []
    page.get_by_label("The answer, for everybody").fill("It is paid from the first deal on.")
    page.get_by_role("button", name="Share it").click()
    page.get_by_text("1 rep is told; they get a mail.").wait_for()
    assert axe(page) == []

    peer = new_page(PHONE)
    sign_in(peer, world["peer"])
    peer.goto(reverse("events:packets:delivery:mine", kwargs={"slug": world.kickoff.slug}))
    peer.get_by_role("link", name="Answers for others that hold for you").click()
    peer.get_by_text("It is paid from the first deal on.").wait_for()
    assert axe(peer) == []

    phone.reload()
    phone.get_by_text("€900 for you").wait_for()
    phone.get_by_role("button", name="Yes, close the question").tap()
    phone.get_by_text("Aïcha Benyahia closed the question").wait_for()
    assert Inquiry.objects.get().state == "CLOSED"


def test_a_manager_offers_times_and_a_rep_takes_one_on_a_phone(page, phone, sign_in, axe, world):
    sign_in(page, world["manager"])
    page.goto(url(world, "slots"))
    assert axe(page) == []
    page.get_by_label("From").fill("13:00")
    page.get_by_label("Until").fill("14:00")
    page.get_by_label("Place").fill("Table 4")
    page.get_by_role("button", name="Offer them").click()
    page.get_by_text("3 times are offered.").wait_for()
    assert axe(page) == []

    sign_in(phone, world["rep"])
    phone.goto(url(world, "review"))
    phone.get_by_role("button", name="Take it").nth(1).tap()
    phone.get_by_text("Your review").wait_for()
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert ReviewSlot.objects.get(rep=world["rep"]).place == "Table 4"

    page.reload()
    page.get_by_role("button", name="Cancel").nth(1).click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel this time").click()
    page.get_by_text("The time is cancelled.").wait_for()
    assert ReviewSlot.objects.not_cancelled().count() == 2


def test_a_wish_is_read_and_decided(page, sign_in, axe, world):
    wish = making.wished(world, at=timezone.now())
    sign_in(page, world["revops"])
    page.goto(url(world, "wish", wish_id=wish.pk))
    assert axe(page) == []

    page.get_by_role("textbox", name="Your answer").fill("The accounts have moved, so yes.")
    page.get_by_role("button", name="Grant it").click()
    page.get_by_role("dialog").get_by_role("button", name="Grant it").click()
    page.get_by_text("Granted, and the packet has not changed yet.").wait_for()
    assert axe(page) == []
