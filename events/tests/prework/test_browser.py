"""A rep on a phone, between two meetings: open what is next, do it, and be done."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.tests.factories import AssignmentFactory, PreworkItemFactory
from events.tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(db):
    """A kickoff three weeks from today, whenever today is."""
    starts = timezone.now().date() + timedelta(days=21)
    return build_world(starts_date=starts, ends_date=starts + timedelta(days=2))


def assigned(world, **fields):
    due_at = timezone.now() + timedelta(days=2)
    return AssignmentFactory(
        kickoff=world.kickoff,
        due_at=due_at,
        due_date=due_at.date(),
        published_at=timezone.now(),
        minutes=12,
        **fields,
    )


def test_a_rep_opens_an_item_on_a_phone_and_marks_it_done(phone, sign_in, world):
    item = PreworkItemFactory(
        assignment=assigned(world, kind="WATCH", title="Watch: where Coldline goes"),
        person=world["rep"],
    )
    sign_in(phone, world["rep"])

    phone.goto(reverse("events:prework:mine", args=[world.kickoff.slug]))
    phone.get_by_role("link", name="Watch it").tap()
    button = phone.get_by_role("button", name="Mark as done")
    box = button.bounding_box()
    assert box["height"] >= 44
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    button.tap()

    phone.get_by_role("heading", name="All done").wait_for()
    item.refresh_from_db()
    assert item.is_done


def test_a_planner_sees_whom_a_segment_reaches_while_choosing(page, sign_in, world):
    sign_in(page, world["planner"])

    page.goto(reverse("events:prework:create", args=[world.kickoff.slug]))
    page.get_by_text("Reaches 4 people").wait_for()
    page.get_by_label("Who", exact=True).select_option("REP")

    page.get_by_text("Reaches 2 people").wait_for()
