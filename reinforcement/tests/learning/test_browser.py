from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import PHONE
from reinforcement.learning.models import Attempt
from reinforcement.tests.learning.test_actions import make_touch

pytestmark = pytest.mark.django_db(transaction=True)


def _lesson():
    touch = make_touch(title="Renew from day one")
    now = timezone.now()
    touch.due_at, touch.overdue_at = now - timedelta(hours=1), now + timedelta(days=3)
    touch.save(update_fields=["due_at", "overdue_at"])
    return touch


def _right(attempt, position):
    answer = attempt.answers.get(position=position)
    return answer.question.choices.get(is_right=True).text


def test_a_rep_does_a_lesson_on_a_phone_and_goes_on_after_a_dropped_connection(
    new_page, sign_in, live_server
):
    touch = _lesson()
    page = new_page(PHONE)
    sign_in(page, touch.person)
    slug = touch.activity.campaign.kickoff.slug
    page.goto(live_server.url + reverse("reinforcement:touches:mine", kwargs={"slug": slug}))

    page.get_by_role("link", name="Open it").click()
    page.get_by_role("button", name="Answer 4 questions").click()
    attempt = Attempt.objects.get()
    for position in (1, 2):
        page.get_by_label(_right(attempt, position)).check()
        page.get_by_role("button", name="Answer").click()
        page.get_by_text("That is right").wait_for()
        page.get_by_role("link", name="Go on").click()

    page.context.set_offline(True)
    page.get_by_label(_right(attempt, 3)).check()
    page.context.set_offline(False)
    page.goto(live_server.url + reverse("reinforcement:touches:mine", kwargs={"slug": slug}))
    page.get_by_role("link", name="Open it").click()
    page.get_by_role("button", name="Answer 4 questions").click()
    page.get_by_text("3/4").wait_for()
    for position in (3, 4):
        page.get_by_label(_right(attempt, position)).check()
        page.get_by_role("button", name="Answer").click()
        page.get_by_role("link", name="Go on" if position == 3 else "See the result").click()

    page.get_by_role("heading", name="4 of 4 right").wait_for()
    touch.refresh_from_db()
    assert touch.done_at is not None


def test_everything_to_press_in_a_quiz_is_as_large_as_a_thumb(new_page, sign_in, live_server):
    touch = _lesson()
    page = new_page(PHONE)
    sign_in(page, touch.person)
    slug = touch.activity.campaign.kickoff.slug
    page.goto(
        live_server.url
        + reverse("reinforcement:touches:detail", kwargs={"slug": slug, "touch_id": touch.pk})
    )
    page.get_by_role("button", name="Answer 4 questions").click()

    for target in page.locator(".q-choices label, .q-go, .q-progress .btn").all():
        box = target.bounding_box()
        assert box["height"] >= 44
        assert box["width"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
