"""Guessing at passwords and codes: what stops it, and whom that never keeps out."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse, reverse_lazy

from people.accounts.models import Person
from people.limits.rules import Limit
from people.mail.models import Message
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
LOGIN = reverse_lazy("account_login")
CODE = reverse_lazy("account_request_login_code")
CONFIRM = reverse_lazy("account_confirm_login_code")


@pytest.fixture(autouse=True)
def _texts_stay(monkeypatch):
    """The outbox drops secrets as it sends them; here they are read before."""
    monkeypatch.setattr("people.mail.tasks.send_message.delay", lambda **_: None)


def sign_in(client, person, password=PASSWORD):
    return client.post(LOGIN, {"login": person.email, "password": password})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def ask_for_code(client, email):
    return client.post(CODE, {"email": email})


def mailed_code():
    return re.search(r"\d{4}-\d{4}", Message.objects.order_by("-pk").first().body)[0]


def visible(response):
    """What an outsider sees of an answer, without what differs by itself."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    text = re.sub(r'x-csrftoken": "[^"]+"', "", text)
    return response.status_code, re.sub(r"\S+@meridane\.example\S*", "", text)


@pytest.fixture
def rep():
    return PersonFactory(email="aicha@meridane.example", full_name="Aïcha Benyahia")


def test_a_code_can_be_guessed_at_three_times_only(client, rep):
    ask_for_code(client, rep.email)
    code = mailed_code()

    for guess in ("0000-0000", "0000-0001", "0000-0002"):
        client.post(CONFIRM, {"code": guess if guess != code else "9999-9999"})
    client.post(CONFIRM, {"code": code})

    assert not is_signed_in(client)


def test_guessing_at_many_codes_hits_the_limit_of_the_account(rep):
    asked = 0
    for _ in range(6):
        # A new browser each time: the limit counts by account
        browser = Client(REMOTE_ADDR=f"10.0.0.{asked + 1}")
        if ask_for_code(browser, rep.email).status_code == 302:
            asked += 1
        for guess in range(3):
            browser.post(CONFIRM, {"code": f"0000-000{guess}"})

    assert asked == 3
    assert "Too many" in ask_for_code(Client(), rep.email).content.decode()


def guess_at(person, times, **client):
    for number in range(times):
        sign_in(Client(**client), person, f"wrong {number}")


def test_a_right_password_is_not_refused_after_many_wrong_ones_from_the_same_address(rep, client):
    for number in range(62):
        sign_in(Client(), PersonFactory(), f"wrong {number}")

    sign_in(client, rep)

    assert is_signed_in(client)


def test_after_five_wrong_passwords_a_right_one_takes_a_code_as_well(rep, client):
    guess_at(rep, 5, REMOTE_ADDR="10.0.1.1")

    answer = sign_in(client, rep)
    assert (answer.url.split("?")[0], is_signed_in(client)) == (CONFIRM, False)
    assert "as well" in client.get(CONFIRM).content.decode()
    client.post(CONFIRM, {"code": mailed_code()})

    assert is_signed_in(client)


def test_after_five_wrong_passwords_nobody_learns_whether_a_sixth_is_right(rep):
    guess_at(rep, 5)
    guess_at(Person(email="nobody@meridane.example"), 5)
    right, wrong, unknown = Client(), Client(), Client()

    answers = [
        sign_in(right, rep),
        sign_in(wrong, rep, "wrong"),
        sign_in(unknown, Person(email="nobody@meridane.example")),
    ]

    assert len({answer.url for answer in answers}) == 1
    pages = [visible(browser.get(CONFIRM)) for browser in (right, wrong, unknown)]
    assert pages == pages[:1] * 3
    assert Message.objects.get().to_email == rep.email


def test_what_others_try_does_not_count_on_a_device_that_has_signed_in_before(rep, client):
    sign_in(client, rep)
    client.post(reverse("account_logout"))
    guess_at(rep, 30)

    sign_in(client, rep)

    assert is_signed_in(client)


def test_guesses_on_a_device_that_has_signed_in_before_have_a_limit_too(rep, client):
    sign_in(client, rep)
    client.post(reverse("account_logout"))
    for number in range(5):
        sign_in(client, rep, f"wrong {number}")

    sign_in(client, rep)

    assert not is_signed_in(client)


def test_a_forged_device_is_not_believed(rep, client):
    guess_at(rep, 5)
    client.cookies["device"] = signing.dumps({"id": "x", "accounts": []}, salt="another")

    sign_in(client, rep)

    assert not is_signed_in(client)


def test_what_others_ask_for_does_not_count_on_a_device_that_has_signed_in_before(rep, client):
    sign_in(client, rep)
    client.post(reverse("account_logout"))
    for _ in range(4):
        ask_for_code(Client(), rep.email)

    assert ask_for_code(client, rep.email).url == CONFIRM


def test_many_wrong_passwords_from_one_address_ask_for_a_code_as_well(rep, client, monkeypatch):
    few = (Limit(3, timedelta(minutes=10)),)
    monkeypatch.setattr("people.accounts.rules.WRONG_PASSWORDS_FROM_ADDRESS", few)
    for _ in range(3):
        sign_in(Client(), PersonFactory(), "wrong")

    sign_in(client, rep)
    client.post(CONFIRM, {"code": mailed_code()})

    assert is_signed_in(client)


def test_codes_mailed_once_more_count_as_codes_that_were_asked_for(rep, client):
    ask_for_code(client, rep.email)

    answers = [client.post(CONFIRM, {"action": "resend"}).status_code for _ in range(2)]
    refused = ask_for_code(Client(), rep.email)

    assert answers == [302, 302]
    assert "Too many" in refused.content.decode()
    assert Message.objects.count() == 3


@pytest.mark.long
def test_a_hotel_full_of_people_signs_in_behind_one_address():
    people = [PersonFactory() for _ in range(60)]

    for person in people:
        browser = Client(REMOTE_ADDR="192.0.2.7")
        sign_in(browser, person)
        assert is_signed_in(browser)


def test_a_forged_forwarded_address_is_not_believed(rep, monkeypatch):
    few = (Limit(3, timedelta(minutes=10)),)
    monkeypatch.setattr("people.accounts.rules.WRONG_PASSWORDS_FROM_ADDRESS", few)
    for number in range(3):
        Client().post(
            LOGIN,
            {"login": f"nobody{number}@example.com", "password": "wrong"},
            headers={"x-forwarded-for": f"203.0.113.{number}"},
        )

    answer = sign_in(Client(headers={"x-forwarded-for": "198.51.100.1"}), rep)

    assert answer.url.split("?")[0] == CONFIRM


@pytest.mark.parametrize("name", ["account_reauthenticate", "account_change_password"])
def test_guessing_at_the_password_of_a_machine_left_signed_in_has_a_limit(rep, client, name):
    sign_in(client, rep)

    wrong = {"password": "wrong", "oldpassword": "wrong", "password1": "x", "password2": "x"}
    answers = [client.post(reverse(name), wrong).status_code for _ in range(11)]

    assert answers == [200] * 10 + [429]
