import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from people.mail.models import Message

_BETWEEN_MAILS = b"-" * 79
_MOST_FILES = 50


@dataclass(frozen=True, slots=True)
class FiledMail:
    """One mail in `var/mail`, where mail goes on somebody's own machine."""

    to: str
    subject: str
    sent: str
    body: str


def seconds_overdue(at: datetime) -> float:
    """How long the oldest message that is due has waited, in seconds; 0 when none is."""
    oldest = Message.objects.due(at).order_by("due_at").values_list("due_at", flat=True).first()
    return (at - oldest).total_seconds() if oldest else 0.0


def count_needing_a_person(at: datetime) -> int:
    """How many messages failed for good or are stuck."""
    return Message.objects.needing_a_person(at).count()


def outbox() -> QuerySet[Message]:
    """Every message without its text: no list needs it, and no page shows it."""
    return Message.objects.select_related("person").defer("body")


def filed_mails() -> list[FiledMail]:
    """The mails in the newest 50 files of `var/mail`, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    found = []
    for file in files[:_MOST_FILES]:
        parts = file.read_bytes().split(_BETWEEN_MAILS)
        found += [_read(part) for part in reversed(parts) if part.strip()]
    return found


def _read(data: bytes) -> FiledMail:
    mail = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101  (what the default policy makes)
    text = mail.get_body(("plain",))
    return FiledMail(
        to=str(mail["To"] or ""),
        subject=str(mail["Subject"] or ""),
        sent=str(mail["Date"] or ""),
        body=text.get_content() if text else "",
    )
