"""Many at once at the ways in; real concurrency, so on PostgreSQL."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from core.tests.races import at_once
from people.accounts import actions, queries
from people.accounts.models import Person
from people.mail.models import Message
from people.tests.factories import PersonFactory, PlannerFactory, RevOpsFactory

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_a_link_clicked_twice_at_once_is_accepted_once():
    invitation = actions.invite_person(
        email="dana@example.com", full_name="دانا", by=PlannerFactory(), at=NOON
    )
    token = queries.invitation_token(invitation)

    def accept(number):
        return lambda: actions.accept_invitation(
            token=token, password=f"password number {number}", at=NOON
        )

    done = at_once(*map(accept, range(4)), refusals=actions.InvitationRefused)

    assert sum(isinstance(one, actions.InvitationRefused) for one in done) == 3


@pytest.fixture
def _texts_stay(monkeypatch):
    """The outbox drops secrets as it sends them; here they are read before."""
    monkeypatch.setattr("people.mail.tasks.send_message.delay", lambda **_: None)


def same_browser(browser):
    """Another connection of it, with the same cookies."""
    copy = Client()
    copy.cookies = browser.cookies.copy()
    return copy


@pytest.mark.usefixtures("_texts_stay")
def test_of_many_guesses_at_a_code_at_once_three_are_compared():
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": PersonFactory().email})
    code = re.search(r"\d{4}-\d{4}", Message.objects.get().body)[0]
    confirm = reverse("account_confirm_login_code")

    def guess(typed):
        copy = same_browser(browser)
        return lambda: copy.post(confirm, {"code": typed}).status_code

    at_once(*(guess(f"0000-{number:04}") for number in range(12)))
    late = same_browser(browser)
    late.post(confirm, {"code": code})

    assert "_auth_user_id" not in late.session


def test_guesses_at_a_password_at_once_do_not_slip_by_the_limit():
    person = PersonFactory()

    def guess(number):
        password = "correct horse battery" if number == 11 else f"wrong {number}"
        browser = Client()

        def act():
            browser.post(reverse("account_login"), {"login": person.email, "password": password})
            return "_auth_user_id" in browser.session

        return act

    for number in range(6):
        guess(number)()

    assert not any(at_once(*map(guess, range(4, 12))))


def test_of_two_of_revops_who_lose_the_role_at_once_one_keeps_it():
    planner = PlannerFactory()

    def take_role(person):
        return lambda: actions.update_person(person=person, role="", by=planner, at=NOON)

    at_once(*map(take_role, RevOpsFactory.create_batch(2)), refusals=actions.PersonRefused)

    assert Person.objects.revops().count() == 1


def test_of_two_former_revops_who_come_back_at_once_one_waits_for_the_other():
    planner = PlannerFactory()

    def reactivate(person):
        return lambda: actions.reactivate_person(person=person, by=planner, at=NOON)

    at_once(*map(reactivate, RevOpsFactory.create_batch(2, is_active=False)))

    assert Person.objects.revops().count() == 1
