"""RevOps plans quotas: at a desk, and a look on a phone."""

import re

import pytest
from django.urls import reverse

from events.packets.quotas.models import QuotaPlan
from events.tests.factories import AttendeeFactory
from events.tests.packets.quotas.factories import QuotaNodeFactory, QuotaPlanFactory
from events.tests.world import build_world
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    world = build_world()
    mate = PersonFactory(full_name="Emre Çağlayan", manager=world["manager"])
    AttendeeFactory(kickoff=world.kickoff, person=mate)
    world.things["mate"] = mate
    return world


def url(world, name="plan", **kwargs):
    return reverse(f"events:packets:quotas:{name}", kwargs={"slug": world.kickoff.slug, **kwargs})


def test_from_the_company_target_to_an_amount_by_hand(page, sign_in, axe, world):
    sign_in(page, world["revops"])
    page.goto(url(world))
    page.get_by_role("link", name="Start the quota plan").click()
    page.get_by_label("Company target").fill("3,000,000")
    page.get_by_label("Whole steps of").first.fill("100")
    page.get_by_label("Number of reps").check()
    page.get_by_label("Over-assignment by level").fill("8")
    page.get_by_role("button", name="Start the plan").click()

    page.get_by_text("5 amounts would change.").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Change 5 amounts").click()
    page.get_by_text("5 quotas changed.").wait_for()
    assert page.locator("#totals").inner_text().count("+16.6%") >= 2
    assert axe(page) == []

    # Typed and left, as in a sheet: the row, its manager and the totals follow
    field = page.get_by_label("Quota of Aïcha Benyahia in USD")
    assert field.input_value() == "1,166,400"
    field.fill("1,500,000")
    field.press("ArrowDown")
    page.get_by_text("by hand", exact=True).wait_for()
    manager = page.locator(f"#row-{world['manager'].pk}")
    assert re.search(r"\+23\.4%", manager.inner_text())
    assert page.evaluate("document.activeElement.id") == f"amount-{world.things['mate'].pk}"

    # Enter sets it once, and what is wrong is told beside the field, which keeps the focus
    field = page.get_by_label("Quota of Emre Çağlayan in USD")
    field.fill("a lot")
    field.press("Enter")
    page.locator(f"#wrong-{world.things['mate'].pk}").wait_for()
    assert field.input_value() == "a lot"
    assert page.evaluate("document.activeElement.id") == f"amount-{world.things['mate'].pk}"
    field.fill("900000")
    field.press("Enter")
    page.locator(f"#row-{world.things['mate'].pk}").get_by_text("by hand", exact=True).wait_for()
    plan = QuotaPlan.objects.get()
    assert plan.nodes.get(person=world.things["mate"]).version == 2
    assert axe(page) == []


def test_a_tree_on_a_phone_is_blocks_that_can_be_edited(phone, sign_in, axe, world):
    plan = QuotaPlanFactory(kickoff=world.kickoff)
    for role in ("manager", "other_manager", "rep", "peer"):
        QuotaNodeFactory(plan=plan, person=world[role])
    sign_in(phone, world["revops"])
    phone.goto(url(world))

    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe(phone) == []
    field = phone.get_by_label("Quota of Aïcha Benyahia in EUR")
    field.fill("1,250,000")
    field.press("Enter")
    phone.get_by_text("by hand", exact=True).wait_for()

    phone.get_by_role("link", name="Aïcha Benyahia").tap()
    phone.get_by_role("heading", name="Period by period").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe(phone) == []
    phone.get_by_role("button", name="Give it back to the cascade").tap()
    phone.get_by_text("The next cascade may change this quota again.").wait_for()
