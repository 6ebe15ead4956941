from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from people.mail.models import Message
from sko_planner.health import oldest_due_seconds

NOON = datetime(2027, 2, 3, 12, tzinfo=UTC)


def queue(key, due_at, **fields):
    return Message.objects.create(
        key=key, to_email="rep@example.com", due_at=due_at, queued_at=due_at, **fields
    )


def test_healthz_answers_without_asking_the_database(client):
    answer = client.get(reverse("healthz"))

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_probes_are_answered_over_plain_http_where_people_are_sent_to_https(name, client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/").status_code == 301
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.django_db
def test_readyz_is_ready_when_database_and_broker_answer(client):
    answer = client.get(reverse("readyz"))

    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "wrong": {},
        "oldest_due_seconds": None,
        "late": False,
    }


@pytest.mark.django_db
def test_the_oldest_due_row_is_the_one_that_has_waited_longest():
    queue("newer", NOON - timedelta(seconds=40))
    queue("older", NOON - timedelta(seconds=90))
    queue("to come", NOON + timedelta(seconds=1))
    queue("sent", NOON - timedelta(days=1), state="SENT", sent_at=NOON)

    assert oldest_due_seconds(NOON) == 90


@pytest.mark.django_db
def test_nothing_is_due_before_its_moment():
    queue("to come", NOON + timedelta(seconds=1))

    assert oldest_due_seconds(NOON) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "late"), [(4, False), (5, False), (6, True)])
def test_readyz_tells_rows_more_than_five_minutes_late_and_stays_ready(
    minutes, late, client, time_machine
):
    queue("waiting", NOON - timedelta(minutes=minutes))
    time_machine.move_to(NOON, tick=False)

    answer = client.get(reverse("readyz"))

    assert answer.status_code == 200
    assert answer.json()["late"] is late
    assert answer.json()["oldest_due_seconds"] == minutes * 60


@pytest.mark.django_db
def test_readyz_names_a_database_that_has_not_all_tables(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_message RENAME TO people_message_gone")

    answer = client.get(reverse("readyz"))

    assert answer.status_code == 503
    assert answer.json()["ready"] is False
    assert "migrate" in answer.json()["wrong"]["database"]


@pytest.fixture
def no_database(transactional_db, monkeypatch):
    """The same database settings, pointing where nothing answers."""
    connection.close()
    with monkeypatch.context() as patched:
        patched.setitem(connection.settings_dict, "NAME", "/nowhere/at/all.sqlite3")
        patched.setitem(connection.settings_dict, "PORT", "1")
        yield
    connection.close()


def test_readyz_names_a_database_that_does_not_answer(no_database, client):
    answer = client.get(reverse("readyz"))

    assert answer.status_code == 503
    assert answer.json()["wrong"] == {"database": "does not answer"}


@pytest.mark.django_db
def test_readyz_names_a_broker_that_does_not_answer_and_stays_ready(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    answer = client.get(reverse("readyz"))

    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert answer.json()["wrong"] == {"broker": "does not answer"}


@pytest.mark.django_db
def test_readyz_names_a_broker_folder_that_is_not_there(client, settings, tmp_path):
    settings.REDIS_URL = ""
    settings.VAR_DIR = tmp_path

    answer = client.get(reverse("readyz"))

    assert answer.json()["wrong"] == {"broker": "does not answer"}
