"""The designer in a real browser: typed, redrawn, changed by keyboard, saved; on a phone too."""

import pytest
from playwright.sync_api import expect

from events.packets.comp.models import CompPlan
from events.tests.packets.comp.pages import at

pytestmark = pytest.mark.django_db(transaction=True)


def _draws_a_payout_curve(answer):
    return "/preview/" in answer.url and "PAYOUT_CURVE" in answer.request.post_data


def test_a_plan_is_designed_by_keyboard_with_its_payout_beside_it(page, sign_in, axe, world):
    world.things["plan"].roles.all().delete()
    sign_in(page, world["revops"])
    page.goto(at(world, "create"))
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Ready: 100% pays the target")

    page.get_by_label("Name").fill("Growth")
    page.get_by_label("Mid-market AE").check()
    page.get_by_label("Band 1: Rate").fill("0.5")
    expect(preview).to_contain_text("100% of target pays $28,000, not the target variable")
    page.get_by_label("Band 1: Rate").fill("")
    expect(preview).to_contain_text("The curve is drawn once these can be read.")
    page.get_by_label("Band 1: Rate").fill("1")
    expect(preview).to_contain_text("Ready: 100% pays the target")

    page.get_by_role("button", name="Add a band").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Band 4: From, percent of target")).to_be_focused()
    page.keyboard.type("200")
    page.get_by_role("button", name="Remove band 4").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("Band 4: Rate")).to_have_count(0)

    page.get_by_role("button", name="Add a measure").press("Enter")
    expect(page.get_by_label("What is paid for").nth(1)).to_be_focused()
    page.keyboard.type("Multi-year contracts")
    page.get_by_label("Weight").first.fill("80")
    page.get_by_label("Weight").last.fill("20")
    with page.expect_response(_draws_a_payout_curve):
        page.get_by_label("Paid as").last.select_option("PAYOUT_CURVE")
    expect(page.get_by_label("Point 3: Pays, percent of variable")).to_have_value("200")
    expect(preview).to_contain_text("100% of target pays $56,000")
    expect(preview).to_have_css("opacity", "1")  # paler while the next is on its way
    assert axe(page) == []

    # Return in a field saves, wherever it stands
    page.get_by_label("Name").press("Enter")
    page.get_by_text("“Growth” is saved and ready.").wait_for()
    plan = CompPlan.objects.get(name="Growth")
    assert [str(one.weight) for one in plan.design.measures] == ["0.8", "0.2"]
    assert plan.roles.get().job_title == "Mid-market AE"


def test_the_designer_on_a_phone(phone, sign_in, axe, world):
    sign_in(phone, world["revops"])
    phone.goto(at(world, "edit", plan_id=world.things["plan"].pk))

    phone.get_by_role("link", name="See what it pays").click()
    phone.get_by_text("100% of target pays $56,000").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe(phone) == []
