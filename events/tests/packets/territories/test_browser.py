"""RevOps evens out territories: by dragging, by keyboard, on a phone."""

import pytest
from django.urls import reverse

from events.packets.territories import queries
from events.packets.territories.models import TerritoryAccount
from events.tests.factories import OpportunityFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(kickoff, accounts, north, south):
    OpportunityFactory(account=accounts[0], owner=north.owner, value=90_000, currency="EUR")
    return kickoff


def holder(kickoff, account):
    return [each.name for each in queries.read_plan(kickoff, "AE").holders(account.pk)]


def board(page, sign_in, revops, plan):
    sign_in(page, revops)
    page.goto(reverse("events:packets:territories:board", args=[plan.slug]))


def test_an_account_is_dragged_and_the_effect_is_shown_first(
    page, sign_in, axe, revops, plan, accounts
):
    board(page, sign_in, revops, plan)
    assert axe(page) == []
    lane = page.locator(".k-lane", has=page.get_by_role("link", name="South"))

    page.locator(".k-account-card", has_text="Aurelia").drag_to(lane)

    dialog = page.get_by_role("dialog", name="Move 1 account to “South”")
    dialog.wait_for()
    row = dialog.get_by_role("row", name="North")
    assert "2 → becomes 1" in " ".join(row.inner_text().split())
    assert "€90,000" in row.inner_text()
    assert axe(page) == []
    assert holder(plan, accounts[0]) == ["North"]

    dialog.get_by_label("Why").fill("Speaks Italian")
    dialog.get_by_role("button", name="Move 1 account").click()
    page.get_by_text("1 account moved to “South”.").wait_for()
    assert holder(plan, accounts[0]) == ["South"]

    page.get_by_role("button", name="Move back").click()
    page.get_by_role("dialog").get_by_role("button", name="Move 1 account").click()
    page.get_by_text("1 account moved to “North”.").wait_for()
    assert holder(plan, accounts[0]) == ["North"]


def test_several_accounts_are_moved_by_keyboard_alone(page, sign_in, revops, plan, accounts):
    board(page, sign_in, revops, plan)

    for name in ("Aurelia", "Brabant"):
        page.get_by_role("checkbox", name=name).focus()
        page.keyboard.press("Space")
    page.get_by_text("2 accounts chosen").wait_for()
    page.get_by_label("Move to", exact=True).focus()
    page.keyboard.type("South")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Move 2 accounts to “South”")
    dialog.wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert holder(plan, accounts[0]) == ["North"]

    page.get_by_role("button", name="Show the effect").press("Enter")
    dialog.get_by_role("button", name="Move 2 accounts").press("Enter")

    page.get_by_text("2 accounts moved to “South”.").wait_for()
    assert [holder(plan, each) for each in accounts[:2]] == [["South"], ["South"]]


def test_on_a_phone_accounts_are_ticked_and_moved(phone, sign_in, axe, revops, plan, accounts):
    board(phone, sign_in, revops, plan)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(phone) == []

    phone.get_by_text("Aurelia").tap()
    phone.get_by_label("Move to", exact=True).select_option("South · Bo South")
    phone.get_by_role("button", name="Show the effect").tap()
    phone.get_by_role("dialog").get_by_role("button", name="Move 1 account").tap()

    phone.get_by_text("1 account moved to “South”.").wait_for()
    assert holder(plan, accounts[0]) == ["South"]


def test_what_somebody_else_moved_meanwhile_is_said(page, sign_in, revops, plan, accounts, south):
    board(page, sign_in, revops, plan)
    TerritoryAccount.objects.filter(account=accounts[0]).update(territory=south)

    page.get_by_role("checkbox", name="Aurelia").check()
    page.get_by_label("Move to", exact=True).select_option("Nobody")
    page.get_by_role("button", name="Show the effect").click()

    page.get_by_text("Somebody else has moved “Aurelia” in the meantime").wait_for()
    assert holder(plan, accounts[0]) == ["South"]
