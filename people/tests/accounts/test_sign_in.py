"""Signing in: the ways in, and what people see of their own account."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from people.accounts import actions, queries
from people.keys.models import BrowserSession
from people.keys.rules import session_digest
from people.mail.models import Message
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
LOGIN = reverse_lazy("account_login")
CODE = reverse_lazy("account_request_login_code")
CONFIRM = reverse_lazy("account_confirm_login_code")
RESET = reverse_lazy("account_reset_password")


@pytest.fixture(autouse=True)
def _texts_stay(monkeypatch):
    """The outbox drops secrets as it sends them; here they are read before."""
    monkeypatch.setattr("people.mail.tasks.send_message.delay", lambda **_: None)


def sign_in(client, person, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": person.email, "password": password, **more})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def ask_for_code(client, email):
    return client.post(CODE, {"email": email})


def mailed_code():
    return re.search(r"\d{4}-\d{4}", Message.objects.order_by("-pk").first().body)[0]


@pytest.fixture
def rep():
    return PersonFactory(email="aicha@meridane.example", full_name="Aïcha Benyahia")


def test_a_password_lets_in_whatever_the_case_of_the_address(client, rep):
    response = client.post(LOGIN, {"login": "Aicha@Meridane.Example", "password": PASSWORD})

    assert response.url == reverse("home")
    assert is_signed_in(client)


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060", "\ufeff", "\u202c", "\u00ad"])
def test_an_address_that_was_copied_with_a_sign_that_nobody_sees_lets_in(client, rep, unseen):
    client.post(LOGIN, {"login": f"aicha{unseen}@meridane.example{unseen}", "password": PASSWORD})

    assert is_signed_in(client)


def test_a_code_lets_in_after_two_steps(client, rep):
    assert ask_for_code(client, rep.email).url == CONFIRM
    response = client.post(CONFIRM, {"code": mailed_code()})

    assert response.url == reverse("home")
    assert is_signed_in(client)


def test_the_address_typed_at_sign_in_is_enough_to_ask_for_a_code(client, rep):
    response = client.post(CODE, {"login": rep.email, "password": ""})

    assert response.url == CONFIRM
    assert Message.objects.get().to_email == rep.email


def test_a_code_is_typed_with_or_without_its_dash(client, rep):
    ask_for_code(client, rep.email)

    client.post(CONFIRM, {"code": mailed_code().replace("-", " ")})

    assert is_signed_in(client)


def test_a_code_is_no_part_of_a_subject_and_its_mail_is_secret(client, rep):
    ask_for_code(client, rep.email)

    message = Message.objects.get()
    assert message.is_secret
    assert not re.search(r"\d", message.subject)


def test_the_link_to_a_new_password_signs_in(client, rep):
    client.post(RESET, {"email": rep.email})
    path = re.search(r"https?://[^/]+(/\S+)", Message.objects.get().body)[1]

    page = client.get(path, follow=True)
    response = client.post(
        page.redirect_chain[-1][0],
        {"password1": "another horse battery", "password2": "another horse battery"},
    )

    assert response.status_code == 302
    assert is_signed_in(client)
    rep.refresh_from_db()
    assert rep.check_password("another horse battery")
    assert client.get(path, follow=True).context["token_fail"]


def test_an_invited_person_is_in_after_two_steps(client):
    invitation = actions.invite_person(
        email="dana@example.com", full_name="دانا", by=PlannerFactory(), at=timezone.now()
    )
    url = reverse("people:accounts:welcome", args=[queries.invitation_token(invitation)])

    assert client.get(url).status_code == 200
    response = client.post(url, {"password": "a long enough one"})

    assert response.url == reverse("home")
    assert client.get(reverse("people:accounts:profile")).status_code == 200
    assert sign_in(Client(), invitation.person, "a long enough one").status_code == 302


def test_an_invited_person_may_go_in_without_a_password(client):
    invitation = actions.invite_person(
        email="dana@example.com", full_name="دانا", by=PlannerFactory(), at=timezone.now()
    )
    url = reverse("people:accounts:welcome", args=[queries.invitation_token(invitation)])

    client.post(url, {"without_password": "1"})

    assert client.session["_auth_user_id"] == str(invitation.person_id)
    assert client.post(url, {"without_password": "1"}).status_code == 410


def test_a_weak_first_password_is_refused_and_the_link_still_works(client):
    invitation = actions.invite_person(
        email="dana@example.com", full_name="دانا", by=PlannerFactory(), at=timezone.now()
    )
    url = reverse("people:accounts:welcome", args=[queries.invitation_token(invitation)])

    page = client.post(url, {"password": "12345"})

    assert page.status_code == 200
    assert page.context["form"].errors["password"]
    assert not is_signed_in(client)
    assert client.get(url).status_code == 200


# Sessions and passwords


def test_sessions_are_listed_and_the_others_ended(client, rep):
    other = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) AppleWebKit Safari/604"})
    for browser in (client, other):
        sign_in(browser, rep)

    page = client.get(reverse("people:accounts:sessions")).content.decode()
    assert "Safari on iPhone" in page
    assert "This device" in page
    client.post(reverse("people:accounts:end_other_sessions"))

    assert client.get(reverse("people:accounts:sessions")).status_code == 200
    assert other.get(reverse("people:accounts:sessions")).status_code == 302


def test_one_session_is_ended_and_nobody_elses(client, rep):
    stranger = PersonFactory()
    other, theirs = Client(), Client()
    sign_in(client, rep)
    sign_in(other, rep)
    sign_in(theirs, stranger)
    mine = BrowserSession.objects.get(session_key=session_digest(other.session.session_key))
    foreign = BrowserSession.objects.get(person=stranger)

    assert client.post(reverse("people:accounts:end_session", args=[foreign.pk])).status_code == 404
    client.post(reverse("people:accounts:end_session", args=[mine.pk]))

    assert other.get(reverse("people:accounts:sessions")).status_code == 302
    assert theirs.get(reverse("people:accounts:sessions")).status_code == 200


def test_a_new_password_signs_other_devices_out(client, rep):
    other = Client()
    for browser in (client, other):
        sign_in(browser, rep)

    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "another horse battery",
            "password2": "another horse battery",
        },
    )

    assert client.get(reverse("people:accounts:sessions")).status_code == 200
    assert other.get(reverse("people:accounts:sessions")).status_code == 302
    assert "changed" in Message.objects.get().subject


def test_signing_out_takes_a_post(client, rep):
    sign_in(client, rep)

    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_request_login_code", "account_signup", "account_reset_password",
     "account_reset_password_done", "account_reset_password_from_key_done", "account_inactive"],
)  # fmt: skip
def test_each_page_of_sign_in_opens_for_the_anonymous(client, name):
    page = client.get(reverse(name))

    assert page.status_code == 200
    assert "k-bare" in page.content.decode()


@pytest.mark.parametrize(
    "name", ["account_change_password", "account_reauthenticate", "account_logout"]
)
def test_each_page_of_ones_own_account_opens(client, rep, name):
    sign_in(client, rep)

    page = client.get(reverse(name))

    assert page.status_code == 200
    assert "k-bare" in page.content.decode()


def test_whoever_has_no_password_sets_one(client, rep):
    rep.set_unusable_password()
    rep.save()
    ask_for_code(client, rep.email)
    client.post(CONFIRM, {"code": mailed_code()})

    assert client.get(reverse("account_change_password")).url == reverse("account_set_password")
    client.post(
        reverse("account_set_password"),
        {"password1": "another horse battery", "password2": "another horse battery"},
    )

    rep.refresh_from_db()
    assert rep.check_password("another horse battery")


@pytest.fixture
def code_only():
    person = PlannerFactory(email="priya@meridane.example")
    person.set_unusable_password()
    person.save(update_fields=["password"])
    return person


def change_of_role(client):
    other = PersonFactory()
    url = reverse("people:accounts:edit", args=[other.pk])
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    return client.post(url, {**data, "role": "REVOPS"}), url, other


def test_whoever_signs_in_by_code_alone_confirms_by_a_fresh_code(client, code_only, time_machine):
    now = timezone.now()
    time_machine.move_to(now)
    ask_for_code(client, code_only.email)
    client.post(CONFIRM, {"code": mailed_code()})
    time_machine.move_to(now + timedelta(minutes=6))

    asked, url, other = change_of_role(client)
    assert asked.url == f"{reverse('account_reauthenticate')}?next={quote(url, safe='')}"
    page = client.get(asked.url)
    assert "Sign out, and sign in again with a code" in page.content.decode()
    out = client.post(reverse("account_logout"), {"next": page.context["code_url"]})
    assert not is_signed_in(client)
    sent = client.post(out.url, {"email": code_only.email, "next": url})
    assert sent.url == f"{CONFIRM}?next={quote(url, safe='')}"
    back = client.post(sent.url, {"code": mailed_code(), "next": url})

    assert back.url == url
    change_of_role(client)
    assert list(type(other).objects.values_list("role", flat=True)).count("REVOPS") == 1


def test_a_machine_left_signed_in_by_code_gets_no_password(client, code_only, time_machine):
    now = timezone.now()
    time_machine.move_to(now)
    ask_for_code(client, code_only.email)
    client.post(CONFIRM, {"code": mailed_code()})
    time_machine.move_to(now + timedelta(minutes=6))

    new = {"password1": "a thief was here", "password2": "a thief was here"}
    answer = client.post(reverse("account_set_password"), new)

    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert "a thief was here" not in str(dict(client.session.items()))
    code_only.refresh_from_db()
    assert not code_only.has_usable_password()
