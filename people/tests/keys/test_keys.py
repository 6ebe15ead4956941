"""What a dump of the database gives away of sessions and of keys to the API: nothing that opens."""

import json
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.accounts.models import Person
from people.activity.models import Entry
from people.keys import actions
from people.keys.models import ApiToken, BrowserSession
from people.mail.models import Message
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)


def dump():
    """All that the database holds, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found.append(json.dumps(cursor.fetchall(), default=str))
    return "\n".join(found)


@pytest.fixture
def rep():
    return PersonFactory(email="aicha@meridane.example")


def asks(key):
    return Client().get(reverse("api:people-me"), headers={"authorization": f"Token {key}"})


def test_a_dump_holds_no_key_of_a_session(client, rep):
    client.force_login(rep)

    assert client.get(reverse("people:accounts:profile")).status_code == 200
    assert client.cookies["sessionid"].value not in dump()


def test_what_a_dump_holds_of_a_session_signs_nobody_in(client, rep):
    client.force_login(rep)
    thief = Client()
    thief.cookies["sessionid"] = BrowserSession.objects.get(person=rep).session_key

    assert thief.get(reverse("people:accounts:profile")).status_code == 302


def test_a_code_that_was_mailed_is_nowhere_in_a_dump(client, rep, mailoutbox):
    client.post(reverse("account_request_login_code"), {"email": rep.email})
    call_command("tick", stdout=StringIO())

    code = re.search(r"\d{4}-\d{4}", mailoutbox[0].body)[0]
    held = dump()
    assert Message.objects.get().state == Message.State.SENT
    assert code not in held
    assert code.replace("-", "") not in held


def test_a_key_to_the_api_works_and_is_not_in_a_dump(rep):
    key = actions.make_token(person=rep, at=NOON)

    assert asks(key).json()["email"] == rep.email
    assert key not in dump()
    assert asks(ApiToken.objects.get().digest).status_code == 401
    assert Entry.objects.get(verb="person.token_made").subject == rep


def test_a_new_key_ends_the_one_before(rep):
    first = actions.make_token(person=rep, at=NOON)
    second = actions.make_token(person=rep, at=NOON)

    assert (asks(first).status_code, asks(second).status_code) == (401, 200)


def test_a_key_of_somebody_deactivated_opens_nothing(rep):
    key = actions.make_token(person=rep, at=NOON)
    Person.objects.filter(pk=rep.pk).update(is_active=False)

    assert asks(key).status_code == 401


def test_the_command_prints_a_key_that_works(rep):
    out = StringIO()
    call_command("create_token", "Aicha@Meridane.example", stdout=out)

    assert asks(out.getvalue().strip()).status_code == 200


def test_the_command_makes_no_key_for_somebody_unknown():
    with pytest.raises(CommandError, match="Nobody"):
        call_command("create_token", "nobody@meridane.example")


def test_after_a_leak_one_command_ends_every_session_and_key(client, rep):
    client.force_login(rep)
    key = actions.make_token(person=rep, at=NOON)
    out = StringIO()

    call_command("end_all_keys", stdout=out)

    assert out.getvalue() == "1 sessions and 1 keys to the API are ended.\n"
    assert client.get(reverse("people:accounts:profile")).status_code == 302
    assert asks(key).status_code == 401


def test_sessions_that_are_over_are_dropped(client, rep):
    client.force_login(rep)
    later = timezone.now() + timedelta(days=15)

    assert actions.forget_expired(later) == {"forgotten": 1}
    assert not BrowserSession.objects.exists()


def test_a_session_sealed_under_another_secret_signs_nobody_in(client, rep, settings):
    client.force_login(rep)
    settings.SECRET_KEY = "another"

    assert client.get(reverse("people:accounts:profile")).status_code == 302
