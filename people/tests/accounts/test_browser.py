import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import DESKTOP, PASSWORD, PHONE
from people.accounts import actions, queries
from people.tests.factories import PersonFactory, PlannerFactory, TeamFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_invited_rep_is_in_after_two_steps_on_a_phone(phone, axe):
    invitation = actions.invite_person(
        email="dana@example.com", full_name="دانا الخطيب", by=PlannerFactory(), at=timezone.now()
    )
    phone.goto(reverse("people:accounts:welcome", args=[queries.invitation_token(invitation)]))
    assert axe(phone) == []

    phone.get_by_label("New password").fill("a long enough one")
    phone.get_by_role("button", name="Save the password and sign in").click()

    phone.wait_for_url(lambda url: "/welcome/" not in url)
    assert phone.get_by_role("main").is_visible()
    invitation.person.refresh_from_db()
    assert invitation.person.last_login is not None


def test_a_code_is_asked_for_without_typing_the_address_twice(phone):
    person = PersonFactory()
    phone.goto(reverse("account_login"))

    phone.get_by_label("Email").fill(person.email)
    phone.get_by_role("button", name="Mail me a code instead").click()

    code = phone.get_by_label("Code")
    assert code.get_attribute("inputmode") == "numeric"
    assert person.email in phone.get_by_role("main").inner_text()


@pytest.mark.look
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_every_page_about_accounts_is_fit_for_everybody(new_page, sign_in, axe, size):
    planner = PlannerFactory(full_name="Priya Raghunathan")
    team = TeamFactory(name="EMEA Cross-border")
    boss = PersonFactory(full_name="Søren Lindqvist-Ødegaard", team=team, region=team.region)
    PersonFactory(full_name="دانا الخطيب", manager=boss, team=team, region=team.region)
    page = new_page(size)
    sign_in(page, planner)

    found = {}
    for path in (
        reverse("people:accounts:list"),
        reverse("people:accounts:invite"),
        reverse("people:accounts:detail", args=[boss.pk]),
        reverse("people:accounts:edit", args=[boss.pk]),
        reverse("people:accounts:profile"),
        reverse("people:org:list"),
        reverse("people:org:edit_team", args=[team.pk]),
        reverse("people:accounts:sessions"),
        reverse("account_change_password"),
    ):
        page.goto(path)
        found[path] = axe(page)
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            found[path] = [*found[path], "scrolls sideways"]

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.look
def test_the_sign_in_pages_are_fit_for_everybody_in_the_dark_too(new_page, axe):
    page = new_page(PHONE, dark=True)

    for name in ("account_login", "account_request_login_code", "account_signup"):
        page.goto(reverse(name))
        assert axe(page) == []


def test_changing_a_role_asks_for_the_password_and_goes_on(page, sign_in):
    planner, person = PlannerFactory(), PersonFactory()
    sign_in(page, planner)
    page.goto(reverse("people:accounts:edit", args=[person.pk]))

    page.get_by_label("Role").select_option("EXECUTIVE")
    page.get_by_role("button", name="Save the changes").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()

    page.wait_for_url(f"**{reverse('people:accounts:detail', args=[person.pk])}")
    person.refresh_from_db()
    assert person.role == "EXECUTIVE"
