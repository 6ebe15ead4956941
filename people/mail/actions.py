from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.translation import gettext as _

from core.due.claiming import claim, claim_batch, record_failure, record_sent, record_skipped
from core.due.models import ERROR_LENGTH
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.mail import rules
from people.mail.models import Message
from people.mail.rendering import html_of, text_of
from people.org.queries import is_here

# A tick leaves the worker to others after this long, and a server that refuses this many in a
# row is down: the rest keep their tries for the next tick
BATCH_SECONDS = 45.0
FAILURES_IN_A_ROW = 5


class MessageRefused(Exception):
    """The message was not changed. The text is fit to show to a planner."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be queued; see `queue_message` for what the fields mean."""

    key: str
    person: Person
    subject: str
    body: str
    due_at: datetime | None = None
    button: str = ""


def queue_message(
    *,
    key: str,
    person: Person | None,
    subject: str,
    body: str,
    at: datetime,
    due_at: datetime | None = None,
    to_email: str | None = None,
    button: str = "",
    is_secret: bool = False,
) -> Message:
    """
    Put a message in the outbox, inside the caller's transaction, or return the one with this key.

    `key` says what makes the message the only one: `packet-released:412:v2`. It leaves at
    `due_at`, or with the next tick. `to_email` is for an address that is nobody's yet.
    A secret's text is dropped once it has left, and never shown.

    :raises ValueError: neither a person nor an address
    """
    address = to_email or (person.email if person else "")
    if not address:
        raise ValueError("A message needs a person or an address.")
    message, _created = Message.objects.get_or_create(
        key=key,
        defaults={
            "person": person,
            "to_email": address,
            "subject": rules.one_line(subject),
            "body": body,
            "button": button,
            "is_secret": is_secret,
            "queued_at": at,
            "due_at": due_at or at,
        },
    )
    return message


@transaction.atomic
def queue_messages(*, drafts: Iterable[Draft], at: datetime) -> int:
    """
    Put many messages in the outbox with a few statements; return how many are new.

    A key that is there already is left as it is.
    """
    by_key = {draft.key: draft for draft in drafts}
    keys = list(by_key)
    for start in range(0, len(keys), 500):
        known = Message.objects.filter(key__in=keys[start : start + 500])
        for key in known.values_list("key", flat=True):
            del by_key[key]
    Message.objects.bulk_create(
        [
            Message(
                key=draft.key,
                person=draft.person,
                to_email=draft.person.email,
                subject=rules.one_line(draft.subject),
                body=draft.body,
                button=draft.button,
                queued_at=at,
                due_at=draft.due_at or at,
            )
            for draft in by_key.values()
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    return len(by_key)


def drop_waiting(*, keys: Iterable[str], why: str) -> int:
    """
    Take messages that have not left out of the outbox; return how many. What is being sent goes.
    """
    waiting = Message.objects.filter(key__in=list(keys), state=Message.State.WAITING)
    return waiting.update(state=Message.State.SKIPPED, last_error=why[:ERROR_LENGTH])


def send_message(*, message_id: int, at: datetime) -> bool:
    """
    Send one due message; return whether this call sent it.

    Only the call whose claim succeeds sends, so running it twice mails once. Not to be called
    inside a transaction: the claim must be committed before the mail leaves. A failure is
    recorded and tried again by a later tick, never raised.
    """
    everything = Message.objects.select_related("person")
    if not claim(everything, message_id, at):
        return False
    message = everything.get(pk=message_id)
    with get_connection() as connection:
        return _deliver(message, connection, at) == Message.State.SENT


def send_due(*, at: datetime, limit: int = 10_000) -> dict[str, int]:
    """
    Send what is due, oldest first, over one mail connection; return counts by outcome.

    Rows are claimed and recorded one at a time, so a worker that dies leaves one row stuck at
    most. Ends early after 45 s, or when the mail server refuses five in a row.
    """
    counts = {"sent": 0, "failed": 0, "dead": 0, "skipped": 0}
    in_a_row = 0
    connection = get_connection()
    everything = Message.objects.select_related("person")
    batch = claim_batch(everything, at, limit, seconds=BATCH_SECONDS)
    try:
        for message in batch:
            state = _deliver(message, connection, at)
            counts[_OUTCOME[state]] += 1
            failed = state in (Message.State.WAITING, Message.State.DEAD)
            in_a_row = in_a_row + 1 if failed else 0
            if in_a_row >= FAILURES_IN_A_ROW:
                break
    finally:
        connection.close()
    return counts


@transaction.atomic
def retry_message(*, message_id: int, by: Person, at: datetime) -> Message:
    """
    Let a message that failed, or that is stuck, go out with the next tick, with all its tries.

    For a stuck one the planner has seen that it did not arrive: it may go out twice otherwise.

    :raises MessageRefused: it waits, is being sent, or was sent; or its text is gone
    """
    message = _needing_a_person(message_id, at)
    if message.is_secret:
        raise MessageRefused(
            _("A sign-in mail is not sent again. Ask the person to request a new one.")
        )
    _settle(message, at, state=Message.State.WAITING, due_at=at, tries=0, leased_until=None)
    record_entry(by=by, verb="message.retried", at=at, subject=message.person, object=message)
    return message


@transaction.atomic
def mark_sent(*, message_id: int, by: Person, at: datetime) -> Message:
    """
    Record that a stuck message did go out, as a planner found out.

    :raises MessageRefused: the message is not stuck
    """
    message = _needing_a_person(message_id, at)
    if not message.is_stuck(at):
        raise MessageRefused(_("Only a message that is stuck can be marked as sent."))
    kept = "" if message.is_secret else message.body
    _settle(message, at, state=Message.State.SENT, sent_at=at, leased_until=None, body=kept)
    record_entry(by=by, verb="message.marked_sent", at=at, subject=message.person, object=message)
    return message


_OUTCOME = {
    Message.State.SENT: "sent",
    Message.State.WAITING: "failed",
    Message.State.DEAD: "dead",
    Message.State.SKIPPED: "skipped",
}


def _deliver(message: Message, connection: BaseEmailBackend, at: datetime) -> Message.State:
    """Mail a claimed message and record what came of it."""
    rows = Message.objects.all()
    gone = {"body": ""} if message.is_secret else {}
    if message.person is not None and not _is_reached(message, message.person, at):
        record_skipped(rows, message.pk, _("The person is no longer here."), **gone)
        return Message.State.SKIPPED
    domain = urlsplit(settings.SITE_URL).hostname or "localhost"
    # Who signs in, or has no account, has nothing to choose
    is_personal = message.person is not None and not message.is_secret
    mail = EmailMultiAlternatives(
        message.subject,
        text_of(message.body, is_personal=is_personal),
        to=[message.to_email],
        headers={"Message-ID": rules.message_id(message.key, domain)},
        connection=connection,
    )
    html = html_of(message.subject, message.body, button=message.button, is_personal=is_personal)
    mail.attach_alternative(html, "text/html")
    try:
        connection.open()
        connection.send_messages([mail])
    except Exception as error:
        # Any error at all: one message that cannot be mailed must not hold up the others
        connection.close()
        reason = f"{type(error).__name__}: {error}"
        return Message.State(record_failure(rows, message, at, reason, changes_when_dead=gone))
    record_sent(rows, message.pk, at, **gone)
    return Message.State.SENT


def _is_reached(message: Message, person: Person, at: datetime) -> bool:
    """Whoever has left gets no mail, but for what lets them sign in while their account is open."""
    return is_here(person, at) or (message.is_secret and person.is_active)


def _needing_a_person(message_id: int, at: datetime) -> Message:
    message = Message.objects.select_related("person").filter(pk=message_id).first()
    if message is None or not (message.state == Message.State.DEAD or message.is_stuck(at)):
        raise MessageRefused(_("This message goes out by itself, or has gone out already."))
    return message


def _settle(message: Message, at: datetime, **changes: object) -> None:
    # Conditional, since another planner may have decided in the meantime
    row = Message.objects.needing_a_person(at).filter(pk=message.pk)
    if not row.update(**changes):
        raise MessageRefused(_("This message was changed in the meantime."))
    message.refresh_from_db()
