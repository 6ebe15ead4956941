"""What becomes of a touch whose hour has come."""

from datetime import datetime, timedelta


def is_stale(*, due_at: datetime, at: datetime, grace_hours: int) -> bool:
    """Whether downtime has made a touch too old to be worth a message."""
    return at - due_at > timedelta(hours=grace_hours)
