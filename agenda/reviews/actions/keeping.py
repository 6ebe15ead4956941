"""What is kept of buyers, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from agenda.reviews.actions.recording import NO_WORDS
from agenda.reviews.models import StatedReason, Statement

KEPT_AFTER_END = timedelta(days=730)  # as what people promised is


def forget_old(at: datetime) -> dict[str, int]:
    """
    The part of the tick, once an hour: two years after its kickoff no word of a record is left. Which
    reasons were named is still counted.
    """
    if at.minute:
        return {}
    old = Statement.objects.filter(
        kickoff__ends_date__lt=at.date() - KEPT_AFTER_END, written_at__isnull=False
    )
    quoted = StatedReason.objects.filter(statement__in=old).exclude(quote="")
    worded = old.exclude(**NO_WORDS)
    with transaction.atomic():
        return {"forgotten": quoted.update(quote="") + worded.update(**NO_WORDS)}
