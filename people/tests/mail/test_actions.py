from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction

from core.due import claiming
from core.due.ticks import run_tick
from people.activity.models import Entry
from people.mail import actions, queries
from people.mail.models import Message
from people.tests.factories import GONE, MessageFactory, PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 2, 3, 12, tzinfo=UTC)


class RefusingBackend(EmailBackend):
    """A mail server that is up and takes nothing."""

    def send_messages(self, messages):
        raise OSError("451 try later")


@pytest.fixture
def refusing(settings):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"


def _message(message):
    message.refresh_from_db()
    return message


def _queue(key="welcome:1", **fields):
    fields.setdefault("person", PersonFactory())
    return actions.queue_message(key=key, subject="Welcome", body="Hello", at=NOON, **fields)


def test_a_key_makes_one_message_however_often_it_is_queued():
    person = PersonFactory()

    first, second = (_queue(person=person) for _ in range(2))

    assert first == second
    assert (first.to_email, first.due_at) == (person.email, NOON)


def test_a_message_may_go_to_an_address_that_is_nobodys():
    assert _queue(person=None, to_email="new@example.com").to_email == "new@example.com"
    with pytest.raises(ValueError, match="person or an address"):
        _queue("welcome:2", person=None)


def test_many_are_queued_with_few_statements_and_known_keys_are_left(
    django_assert_max_num_queries,
):
    people = PersonFactory.create_batch(30)
    _queue("welcome:0")
    drafts = [
        actions.Draft(f"welcome:{n}", person, "Welcome", "Hello") for n, person in enumerate(people)
    ]

    with django_assert_max_num_queries(5):
        new = actions.queue_messages(drafts=drafts, at=NOON)

    assert new == 29
    assert Message.objects.count() == 30


def test_a_message_sent_twice_mails_once(mailoutbox):
    message = MessageFactory()

    sent = [actions.send_message(message_id=message.pk, at=NOON) for _ in range(2)]

    assert sent == [True, False]
    assert [mail.to for mail in mailoutbox] == [[message.to_email]]
    assert _message(message).sent_at == NOON
    assert message.leased_until is None


def test_a_mail_carries_an_id_made_from_its_key(mailoutbox, settings):
    settings.SITE_URL = "https://sko.example.com"
    actions.send_message(message_id=MessageFactory(key="welcome:1").pk, at=NOON)

    assert mailoutbox[0].message()["Message-ID"] == actions.rules.message_id(
        "welcome:1", "sko.example.com"
    )


def test_a_message_that_is_not_due_waits(mailoutbox):
    message = MessageFactory(due_at=NOON + timedelta(seconds=1))

    assert not actions.send_message(message_id=message.pk, at=NOON)
    assert actions.send_due(at=NOON)["sent"] == 0
    assert mailoutbox == []


def test_two_ticks_at_the_same_moment_send_once(mailoutbox):
    MessageFactory.create_batch(3)

    first, second = (run_tick(NOON)["mail"] for _ in range(2))

    assert first == {"sent": 3, "failed": 0, "dead": 0, "skipped": 0}
    assert second["sent"] == 0
    assert len(mailoutbox) == 3


def test_what_another_worker_takes_during_a_batch_is_left_to_it(mailoutbox):
    first, second = MessageFactory.create_batch(2)
    batch = claiming.claim_batch(Message.objects.all(), NOON, 10)

    assert next(batch) == first
    actions.send_message(message_id=second.pk, at=NOON)

    assert list(batch) == []
    assert len(mailoutbox) == 1


def test_a_batch_stops_when_its_time_is_up():
    MessageFactory.create_batch(2)

    assert list(claiming.claim_batch(Message.objects.all(), NOON, 10, seconds=-1)) == []


@pytest.mark.parametrize("gone", GONE)
def test_someone_who_left_is_skipped(mailoutbox, gone):
    message = MessageFactory(person=PersonFactory(**gone))

    assert actions.send_due(at=NOON)["skipped"] == 1
    assert _message(message).state == Message.State.SKIPPED
    assert message.last_error == "The person is no longer here."
    assert mailoutbox == []


def test_a_worker_killed_between_claim_and_record_leaves_a_row_that_a_person_sees(mailoutbox):
    message = MessageFactory()
    claiming.claim(Message.objects.all(), message.pk, NOON)  # and then: kill -9

    later = NOON + claiming.LEASE + timedelta(seconds=1)
    assert run_tick(NOON)["mail"]["sent"] == 0
    assert run_tick(later)["mail"]["sent"] == 0
    assert mailoutbox == []
    assert list(Message.objects.stuck(NOON)) == []
    assert list(Message.objects.stuck(later)) == [message]
    assert queries.count_needing_a_person(later) == 1
    assert _message(message).is_stuck(later)


def test_a_planner_says_that_a_stuck_message_went_out(mailoutbox):
    message = MessageFactory()
    claiming.claim(Message.objects.all(), message.pk, NOON)
    later = NOON + timedelta(hours=1)
    planner = PlannerFactory()

    with pytest.raises(actions.MessageRefused):
        actions.mark_sent(message_id=message.pk, by=planner, at=NOON)
    actions.mark_sent(message_id=message.pk, by=planner, at=later)

    assert _message(message).state == Message.State.SENT
    assert mailoutbox == []
    assert Entry.objects.get().verb == "message.marked_sent"


def test_a_planner_lets_a_stuck_message_go_out_again(mailoutbox):
    message = MessageFactory()
    claiming.claim(Message.objects.all(), message.pk, NOON)
    later = NOON + timedelta(hours=1)

    actions.retry_message(message_id=message.pk, by=PlannerFactory(), at=later)
    run_tick(later)

    assert len(mailoutbox) == 1
    assert _message(message).state == Message.State.SENT


def test_a_failure_is_tried_again_later_and_after_six_is_dead(refusing):
    message = MessageFactory()
    at, pauses = NOON, []

    for _ in range(6):
        actions.send_due(at=at)
        before, at = at, _message(message).due_at
        pauses.append((at - before).total_seconds())

    assert message.state == Message.State.DEAD
    assert message.tries == 6
    assert message.last_error == "OSError: 451 try later"
    for pause, bare in zip(pauses, [120, 240, 480, 960, 1920], strict=False):
        assert bare <= pause <= bare * 1.25
    assert list(Message.objects.needing_a_person(at)) == [message]


def test_a_dead_message_goes_out_when_a_planner_retries_it(mailoutbox):
    message = MessageFactory(state=Message.State.DEAD, tries=6, last_error="OSError")
    planner = PlannerFactory()

    actions.retry_message(message_id=message.pk, by=planner, at=NOON)
    actions.send_due(at=NOON)

    assert len(mailoutbox) == 1
    assert (_message(message).state, message.last_error) == (Message.State.SENT, "")
    entry = Entry.objects.get()
    assert (entry.actor, entry.verb, entry.subject) == (planner, "message.retried", message.person)


@pytest.mark.parametrize("state", ["WAITING", "SENT", "SKIPPED"])
def test_only_what_needs_a_person_is_retried(state):
    message = MessageFactory(state=state, sent_at=NOON)

    with pytest.raises(actions.MessageRefused, match="by itself"):
        actions.retry_message(message_id=message.pk, by=PlannerFactory(), at=NOON)


def test_a_server_that_refuses_five_in_a_row_is_left_alone(refusing):
    MessageFactory.create_batch(8)

    assert actions.send_due(at=NOON)["failed"] == 5
    assert Message.objects.filter(tries=0).count() == 3


def test_a_message_that_cannot_be_mailed_holds_nobody_up(mailoutbox):
    MessageFactory(to_email="broken\n@example.com", due_at=NOON - timedelta(hours=1))
    MessageFactory()

    counts = actions.send_due(at=NOON)

    assert (counts["failed"], counts["sent"]) == (1, 1)


def test_a_secret_keeps_no_text_once_it_has_left(mailoutbox):
    message = _queue(is_secret=True)

    actions.send_message(message_id=message.pk, at=NOON)

    assert mailoutbox[0].body == "Hello"
    assert _message(message).body == ""


def test_a_secret_that_failed_for_good_is_dropped_and_not_sent_again(refusing):
    message = MessageFactory(is_secret=True, tries=5)

    actions.send_due(at=NOON)

    assert (_message(message).state, message.body) == (Message.State.DEAD, "")
    with pytest.raises(actions.MessageRefused, match="request a new one"):
        actions.retry_message(message_id=message.pk, by=PlannerFactory(), at=NOON)


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "SENT", "sent_at": None},
        {"state": "SENDING", "leased_until": None},
        {"state": "SENT", "sent_at": NOON, "is_secret": True, "body": "482913"},
    ],
    ids=["sent with no time", "claimed with no lease", "secret kept"],
)
def test_the_outbox_cannot_hold(broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        MessageFactory(**broken)


def test_the_outbox_cannot_hold_two_of_one_key():
    MessageFactory(key="welcome:1")

    with pytest.raises(IntegrityError), transaction.atomic():
        MessageFactory(key="welcome:1")


def test_how_long_the_oldest_due_message_has_waited():
    assert queries.seconds_overdue(NOON) == 0
    MessageFactory(due_at=NOON - timedelta(minutes=6))
    MessageFactory(due_at=NOON + timedelta(minutes=6))

    assert queries.seconds_overdue(NOON) == 360


def test_who_has_left_may_sign_in_while_their_account_is_open(mailoutbox):
    person = PersonFactory(leave_date=date(2020, 1, 31))
    MessageFactory(person=person, is_secret=True, subject="Your code")

    assert actions.send_due(at=NOON)["sent"] == 1
    assert [mail.subject for mail in mailoutbox] == ["Your code"]
