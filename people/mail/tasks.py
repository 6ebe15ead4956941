from datetime import datetime

from celery import shared_task
from django.utils import timezone

from people.mail import actions


@shared_task(name="people.mail.send_message", acks_late=True)
def send_message(*, message_id: int, **_: object) -> bool:
    """Send one message now. Idempotent; `**_` lets old workers accept new arguments."""
    return actions.send_message(message_id=message_id, at=timezone.now())


def tick(at: datetime) -> dict[str, int]:
    """Send what is due."""
    return actions.send_due(at=at)
