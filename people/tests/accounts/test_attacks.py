"""Attacks on the ways in: what must stay shut, stay silent, or stop after a few tries."""

import re
from datetime import timedelta
from time import monotonic

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from people.accounts import actions, queries
from people.accounts.addresses import agree_to_address
from people.accounts.models import Person
from people.keys.actions import make_token
from people.keys.models import BrowserSession
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


def test_opening_a_link_signs_nobody_in_since_mail_scanners_open_links(client):
    invitation = actions.invite_person(
        email="dana@example.com", full_name="دانا", by=PlannerFactory(), at=timezone.now()
    )
    url = reverse("people:accounts:welcome", args=[queries.invitation_token(invitation)])

    client.get(url)
    client.head(url)

    assert not is_signed_in(client)
    assert client.get(url).status_code == 200


def test_a_link_replaces_whoever_is_signed_in_on_this_device(client, rep):
    invitation = actions.invite_person(
        email="dana@example.com", full_name="دانا", by=PlannerFactory(), at=timezone.now()
    )
    client.force_login(rep)
    url = reverse("people:accounts:welcome", args=[queries.invitation_token(invitation)])

    client.post(url, {"without_password": "1"})

    assert client.session["_auth_user_id"] == str(invitation.person_id)


def test_a_link_dies_once_its_person_has_signed_in_by_code(client):
    invitation = actions.invite_person(
        email="dana@example.com", full_name="دانا", by=PlannerFactory(), at=timezone.now()
    )
    url = reverse("people:accounts:welcome", args=[queries.invitation_token(invitation)])
    ask_for_code(client, "dana@example.com")
    client.post(CONFIRM, {"code": mailed_code()})

    assert Client().get(url).status_code == 410


def test_an_expired_link_says_what_to_do(client, time_machine):
    invitation = actions.invite_person(
        email="dana@example.com", full_name="دانا", by=PlannerFactory(), at=timezone.now()
    )
    url = reverse("people:accounts:welcome", args=[queries.invitation_token(invitation)])
    time_machine.move_to(timezone.now() + timedelta(days=14, seconds=1))

    page = client.post(url, {"password": "a long enough one"})

    assert page.status_code == 410
    assert "no longer works" in page.content.decode()
    assert not is_signed_in(client)


def test_signing_up_leads_to_the_planner_and_makes_nobody(client):
    url = reverse("account_signup")

    assert "Ask your planner" in client.get(url).content.decode()
    client.post(url, {"email": "intruder@example.com", "password1": "a long enough one"})

    assert not is_signed_in(client)
    assert not type(PersonFactory()).objects.filter(email="intruder@example.com").exists()


@pytest.mark.parametrize(
    "path", ["email/", "confirm-email/", "3rdparty/", "social/signup/", "2fa/"]
)
def test_pages_that_make_no_sense_here_do_not_exist(client, rep, path):
    client.force_login(rep)

    assert client.get(f"/accounts/{path}").status_code == 404


def test_the_inactive_get_in_neither_by_password_nor_by_code_nor_by_link(client, rep):
    client.post(RESET, {"email": rep.email})
    path = re.search(r"https?://[^/]+(/\S+)", Message.objects.get().body)[1]
    rep.is_active = False
    rep.save()

    assert sign_in(client, rep).url == reverse("account_inactive")
    ask_for_code(client, rep.email)
    assert not re.search(r"\d{4}-\d{4}", Message.objects.order_by("-pk").first().body)
    page = client.get(path, follow=True)
    client.post(
        page.redirect_chain[-1][0] if page.redirect_chain else path,
        {"password1": "another horse battery", "password2": "another horse battery"},
    )
    assert not is_signed_in(client)


def test_deactivating_ends_every_session_at_once(rep):
    browsers = [Client(), Client()]
    for browser in browsers:
        sign_in(browser, rep)
        assert browser.get(reverse("people:accounts:profile")).status_code == 200

    actions.deactivate_person(person=rep, by=PlannerFactory(), at=timezone.now())

    for browser in browsers:
        assert browser.get(reverse("people:accounts:profile")).status_code == 302
    assert not BrowserSession.objects.filter(person=rep).exists()


def test_the_old_address_lets_nobody_in_after_a_change(client, rep):
    EmailAddress.objects.create(user=rep, email=rep.email, primary=True, verified=True)
    actions.update_person(
        person=rep, email="new@example.com", by=PlannerFactory(), at=timezone.now()
    )
    agree_to_address(change_id=rep.address_change.pk, by=rep, at=timezone.now())

    ask_for_code(client, "aicha@meridane.example")

    last = Message.objects.order_by("-pk").first()
    assert not re.search(r"\d{4}-\d{4}", last.body)
    page = Client().post(LOGIN, {"login": "aicha@meridane.example", "password": PASSWORD})
    assert page.status_code == 200


# Nobody learns who has an account


def visible(response):
    """What an outsider sees of an answer, without what differs by itself."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    text = re.sub(r'x-csrftoken": "[^"]+"', "", text)
    return response.status_code, re.sub(r"\S+@meridane\.example\S*", "", text)


def test_asking_for_a_code_tells_nothing_about_who_has_an_account(rep):
    known, unknown = Client(), Client()

    answers = [
        ask_for_code(known, "aicha@meridane.example"),
        ask_for_code(unknown, "nobody@meridane.example"),
    ]
    pages = [known.get(CONFIRM), unknown.get(CONFIRM)]
    wrong = [browser.post(CONFIRM, {"code": "0000-0000"}) for browser in (known, unknown)]

    assert answers[0].url == answers[1].url
    for first, second in (pages, wrong):
        assert visible(first) == visible(second)


def test_as_many_tasks_start_for_an_unknown_address_as_for_a_known_one(
    rep, monkeypatch, django_capture_on_commit_callbacks
):
    started = []
    monkeypatch.setattr("people.mail.tasks.send_message.delay", lambda **said: started.append(said))

    def tasks_of(email):
        started.clear()
        browser = Client()
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(RESET, {"email": email})
            browser.post(CODE, {"email": email})
            browser.post(CONFIRM, {"action": "resend"})
        return len(started)

    assert tasks_of("aicha@meridane.example") == tasks_of("nobody@meridane.example") == 3


def test_asking_for_new_passwords_has_a_limit_for_each_account(rep):
    for _ in range(3):
        assert Client().post(RESET, {"email": rep.email}).status_code == 302

    assert "Too many" in Client().post(RESET, {"email": rep.email}).content.decode()
    assert Message.objects.count() == 3


def test_an_address_that_nobody_has_gets_no_mail(rep):
    ask_for_code(Client(), "nobody@meridane.example")
    Client().post(RESET, {"email": "nobody@meridane.example"})

    assert not Message.objects.exists()


def test_answers_about_known_and_unknown_addresses_take_as_long(rep, settings):
    settings.SIGN_IN_PACE_SECONDS = 0.3

    def seconds(act):
        begun = monotonic()
        act()
        return monotonic() - begun

    for url in (CODE, RESET):
        for email in ("aicha@meridane.example", "nobody@meridane.example"):
            assert seconds(lambda url=url, email=email: Client().post(url, {"email": email})) > 0.3


def test_asking_for_a_new_password_tells_nothing_about_who_has_an_account(rep):
    known, unknown = Client(), Client()

    answers = [
        known.post(RESET, {"email": "aicha@meridane.example"}),
        unknown.post(RESET, {"email": "nobody@meridane.example"}),
    ]

    assert answers[0].url == answers[1].url
    assert visible(known.get(answers[0].url)) == visible(unknown.get(answers[1].url))


def test_a_wrong_password_reads_the_same_for_known_and_unknown(rep):
    known = Client().post(LOGIN, {"login": "aicha@meridane.example", "password": "wrong"})
    unknown = Client().post(LOGIN, {"login": "nobody@meridane.example", "password": "wrong"})

    assert visible(known)[1].replace("aicha", "") == visible(unknown)[1].replace("nobody", "")


# Where one lands


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_sign_in_sends_nobody_to_another_site(client, rep, target):
    response = sign_in(client, rep, next=target)

    assert response.url == reverse("home")


def test_a_code_sends_nobody_to_another_site(client, rep):
    client.post(CODE, {"email": rep.email, "next": "https://evil.example/"})

    response = client.post(CONFIRM, {"code": mailed_code(), "next": "https://evil.example/"})

    assert response.url == reverse("home")


def test_sign_in_leads_on_to_the_page_that_was_asked_for(client, rep):
    asked = reverse("people:accounts:profile")

    response = client.get(asked)
    assert response.url == f"{LOGIN}?next={asked}"
    assert sign_in(client, rep, next=asked).url == asked


# A signed-in machine that somebody found


def form_of_a_new_person(**more):
    return {
        "full_name": "Dana Sockpuppet",
        "email": "dana@elsewhere.example",
        "function": "REVOPS",
        "time_zone": "UTC",
        **more,
    }


def test_inviting_somebody_with_a_role_asks_who_is_there(client):
    client.force_login(PlannerFactory())

    answer = client.post(reverse("people:accounts:invite"), form_of_a_new_person(role="REVOPS"))

    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not Person.objects.filter(email="dana@elsewhere.example").exists()


@pytest.mark.parametrize("change", [{"role": "REVOPS"}, {"email": "dana@elsewhere.example"}])
def test_the_api_changes_no_role_and_no_address_without_asking_who_is_there(client, rep, change):
    client.force_login(PlannerFactory())

    answer = client.patch(
        reverse("api:people-detail", args=[rep.pk]), change, content_type="application/json"
    )

    assert answer.status_code == 403
    rep.refresh_from_db()
    assert (rep.role, rep.email) == ("", "aicha@meridane.example")


@pytest.mark.parametrize("change", [{"role": "REVOPS"}, {"email": "dana@elsewhere.example"}])
def test_a_token_changes_no_role_and_no_address(client, rep, change):
    token = make_token(person=PlannerFactory(), at=timezone.now())

    answer = client.patch(
        reverse("api:people-detail", args=[rep.pk]),
        change,
        content_type="application/json",
        headers={"authorization": f"Token {token}"},
    )

    assert answer.status_code == 403
    rep.refresh_from_db()
    assert (rep.role, rep.email) == ("", "aicha@meridane.example")


def test_after_asking_who_is_there_the_api_changes_a_role(client, rep):
    planner = PlannerFactory()
    sign_in(client, planner)
    client.post(f"{reverse('account_reauthenticate')}?next=/", {"password": PASSWORD})

    answer = client.patch(
        reverse("api:people-detail", args=[rep.pk]),
        {"role": "EXECUTIVE"},
        content_type="application/json",
    )

    assert answer.status_code == 200
