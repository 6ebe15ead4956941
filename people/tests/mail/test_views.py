from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import EmailMessage, get_connection
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.mail.models import Message
from people.tests.factories import MessageFactory, PlannerFactory

pytestmark = pytest.mark.django_db
OUTBOX = "/outbox/"
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def desk(client):
    client.force_login(PlannerFactory())
    return client


def test_the_outbox_makes_the_same_number_of_queries_at_1_3_and_60_rows(desk):
    counts = []
    for more in (1, 2, 57):
        MessageFactory.create_batch(more)
        with CaptureQueriesContext(connection) as queries:
            desk.get(OUTBOX)
        counts.append(len(queries))

    assert len(set(counts)) == 1
    assert counts[0] <= 12


def test_no_text_of_a_message_is_shown(desk):
    MessageFactory(subject="Sign-in code", body="482913", is_secret=True)
    MessageFactory(subject="Your packet", body="Open it")

    page = desk.get(OUTBOX).content.decode()

    assert "Sign-in code" in page
    assert "482913" not in page
    assert "Open it" not in page


def test_a_failed_message_shows_its_reason_and_goes_out_by_a_button(desk):
    message = MessageFactory(state="DEAD", tries=6, last_error="OSError: refused", due_at=LONG_AGO)
    MessageFactory(state="SENT", sent_at=LONG_AGO, subject="Fine")

    page = desk.get(OUTBOX, {"state": "needs-you"})
    assert "OSError: refused" in page.content.decode()
    assert [row.pk for row, _stuck in page.context["rows"]] == [message.pk]

    done = desk.post(reverse("people:mail:retry", args=[message.pk]), follow=True)
    message.refresh_from_db()
    assert "within a minute" in done.content.decode()
    assert (message.state, message.tries) == (Message.State.WAITING, 0)


def test_a_stuck_message_is_decided_by_a_person(desk):
    message = MessageFactory(state="SENDING", leased_until=LONG_AGO, tries=1)

    page = desk.get(OUTBOX)
    assert "stuck" in page.content.decode()
    assert page.context["needing"] == 1
    desk.post(reverse("people:mail:mark_sent", args=[message.pk]))

    message.refresh_from_db()
    assert message.state == Message.State.SENT


def test_what_cannot_be_retried_is_explained(desk):
    message = MessageFactory(state="SENT", sent_at=LONG_AGO)

    done = desk.post(reverse("people:mail:retry", args=[message.pk]), follow=True)

    assert "has gone out already" in done.content.decode()


def test_planners_are_warned_when_messages_have_waited_too_long(desk):
    MessageFactory(due_at=datetime.now(UTC) - timedelta(minutes=7))

    assert "has been due for 7 minutes" in desk.get(OUTBOX).content.decode()


def test_mails_on_this_machine_are_read_in_debug_by_planners(desk, client, settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend")
    backend.open()
    for n in range(2):
        mail = EmailMessage(f"Code {n}", "Your code: 4829\n\n— bye", to=["bo@x.example"])
        backend.send_messages([mail])
    backend.close()

    assert desk.get("/outbox/files/").status_code == 404
    settings.DEBUG = True
    page = desk.get("/outbox/files/").content.decode()
    assert "Your code: 4829" in page
    assert page.index("Code 1") < page.index("Code 0")
