"""What becomes of a touch whose hour has come."""

from datetime import date, datetime, timedelta


def mail_key(person_id: int, local_date: date) -> str:
    """The key of the one message that tells a person of all their touches of a day."""
    return f"touches:{person_id}:{local_date:%Y-%m-%d}"


def is_stale(*, due_at: datetime, at: datetime, grace_hours: int) -> bool:
    """Whether downtime has made a touch too old to be worth a message."""
    return at - due_at > timedelta(hours=grace_hours)
