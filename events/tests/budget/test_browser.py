import pytest
from django.urls import reverse

from events.tests.budget.factories import let_own, make_budget, make_line, revise
from events.tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_planner_opens_a_category_and_approves_by_keyboard(page, sign_in, axe):
    world = build_world(currency="USD")
    budget = make_budget(world.kickoff)
    line = make_line(budget)
    let_own(budget, 9_000, world["planner"])
    revise(line, let_own(budget, 1), said=39_400)
    sign_in(page, world["planner"])
    page.goto(reverse("events:budget:page", args=[world.kickoff.slug]))
    page.evaluate("window.isTheSamePage = true")

    page.get_by_role("link", name="AV and production").press("Enter")
    page.get_by_role("link", name="Stage, sound and light", exact=True).wait_for()
    assert page.evaluate("window.isTheSamePage") is True
    assert (
        page.get_by_role("link", name="AV and production").get_attribute("aria-expanded") == "true"
    )
    assert axe(page) == []

    page.get_by_role("button", name="Approve Stage, sound and light, +$8,400").press("Enter")
    page.get_by_text("Approved: Stage, sound and light.").wait_for()

    assert page.get_by_role("heading", name="Forecast is $8,400 over plan").is_visible()
