from datetime import datetime

from people.mail.models import Message


def seconds_overdue(at: datetime) -> float:
    """How long the oldest message that is due has waited, in seconds; 0 when none is."""
    oldest = Message.objects.due(at).order_by("due_at").values_list("due_at", flat=True).first()
    return (at - oldest).total_seconds() if oldest else 0.0


def count_needing_a_person(at: datetime) -> int:
    """How many messages failed for good or are stuck."""
    return Message.objects.needing_a_person(at).count()
