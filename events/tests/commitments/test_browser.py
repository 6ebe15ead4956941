from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.commitments.models import Occurrence, WeeklyReview
from events.commitments.rules import friday_of
from events.tests.commitments.making import promised
from events.tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_rep_looks_back_at_the_week_on_a_phone_with_one_thumb(phone, sign_in, axe):
    world, at = build_world(), timezone.now()
    attendee = world.kickoff.attendees.get(person=world["rep"])
    today = attendee.person.local_date(at)
    for words in ("Call the port", "Send the pack", "Ask the lead"):
        promised(attendee, at=at, words=words, cadence="ONCE", by_date=today)
    WeeklyReview.objects.create(
        kickoff=world.kickoff,
        person=attendee.person,
        week_date=friday_of(today),
        opened_at=at - timedelta(hours=1),
    )
    sign_in(phone, world["rep"])
    phone.goto(reverse("events:commitments:review", args=[world.kickoff.slug]))
    first, second, third = (phone.locator(".k-unanswered").nth(n) for n in range(3))

    first.get_by_text("Done").tap()
    phone.get_by_text("3 promises: 1 answered, 2 to go.").wait_for()
    second.get_by_text("Not yet").tap()
    phone.get_by_text("3 promises: 2 answered, 1 to go.").wait_for()
    third.get_by_text("Drop", exact=True).tap()
    third.get_by_text("No longer matters").tap()
    phone.get_by_text("3 promises: 3 answered, 0 to go.").wait_for()

    assert phone.locator(".k-five .k-cell-done").count() == 3
    assert axe(phone) == []
    for target in phone.locator(".k-tri label:visible, .k-reasons label:visible, #finish").all():
        assert target.bounding_box()["height"] >= 44
    # The button is where a thumb is, above the tabs, whatever was scrolled
    box = phone.locator("#finish").bounding_box()
    assert 844 / 2 < box["y"] <= 844 - box["height"]
    phone.get_by_role("button", name="Finish the review", exact=True).tap()
    phone.get_by_text("Reviewed. Have a good weekend.").wait_for()
    answers = Occurrence.objects.order_by("commitment", "due_date")
    assert list(answers.values_list("commitment__words", "state")) == [
        ("Call the port", "DONE"),
        ("Send the pack", "CARRIED"),
        ("Send the pack", "OPEN"),
        ("Ask the lead", "DROPPED"),
    ]
