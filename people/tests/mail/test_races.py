from datetime import UTC, datetime

import pytest
from django.core import mail

from core.tests.races import at_once
from people.mail import actions
from people.mail.models import Message
from people.tests.factories import MessageFactory, PersonFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NOON = datetime(2027, 2, 3, 12, tzinfo=UTC)
WORKERS = 4


def test_workers_that_send_the_same_message_at_once_mail_it_once():
    message = MessageFactory()

    sent = at_once(lambda: actions.send_message(message_id=message.pk, at=NOON), times=WORKERS)

    assert sorted(sent) == [False, False, False, True]
    assert len(mail.outbox) == 1


def test_ticks_that_overlap_send_each_message_once():
    MessageFactory.create_batch(60)

    counts = at_once(lambda: actions.send_due(at=NOON), times=WORKERS)

    assert sum(count["sent"] for count in counts) == 60
    assert sorted(sent.to[0] for sent in mail.outbox) == sorted(
        Message.objects.values_list("to_email", flat=True)
    )


def test_transactions_that_queue_the_same_key_at_once_make_one_message():
    person = PersonFactory()

    messages = at_once(
        lambda: actions.queue_message(
            key="welcome:1", person=person, subject="Welcome", body="Hello", at=NOON
        ),
        times=WORKERS,
    )

    assert len({message.pk for message in messages}) == 1
    assert Message.objects.count() == 1
