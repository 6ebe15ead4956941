import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import PASSWORD
from people.accounts import actions, queries
from people.tests.factories import PersonFactory, PlannerFactory

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
