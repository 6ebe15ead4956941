import re

import pytest
from django.urls import reverse

from people.mail import tasks
from people.mail.models import Message
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def _ask_for_a_code(client, email):
    return client.post(reverse("account_request_login_code"), {"email": email})


def test_a_sign_in_code_goes_through_the_outbox_at_once_and_is_kept_nowhere(
    client, mailoutbox, django_capture_on_commit_callbacks
):
    person = PersonFactory()

    with django_capture_on_commit_callbacks(execute=True):
        _ask_for_a_code(client, person.email)

    (message,) = Message.objects.all()
    assert (message.person, message.state, message.body) == (person, Message.State.SENT, "")
    assert mailoutbox[0].to == [person.email]
    assert re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", mailoutbox[0].body)


def test_a_broker_that_is_down_leaves_the_page_and_the_code_waits(
    client, monkeypatch, django_capture_on_commit_callbacks
):
    def down(**_):
        raise OSError("no broker")

    monkeypatch.setattr(tasks.send_message, "delay", down)
    person = PersonFactory()

    with django_capture_on_commit_callbacks(execute=True):
        answer = _ask_for_a_code(client, person.email)

    assert answer.status_code == 302
    assert Message.objects.get().state == Message.State.WAITING


def test_somebody_who_is_not_invited_gets_no_code(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        _ask_for_a_code(client, "stranger@example.com")

    assert not Message.objects.exclude(person=None).exists()
    assert not Message.objects.filter(key__contains="login_code").exists()


def test_nobody_signs_up_by_themselves(client):
    response = client.post(
        reverse("account_signup"), {"email": "new@example.com", "password1": "correct horse 9"}
    )

    assert b"new@example.com" not in response.content
    assert not Message.objects.exists()
