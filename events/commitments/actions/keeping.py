"""How long promises are kept."""

from datetime import datetime

from django.db import transaction

from events.commitments.models import ActionPlan, Commitment, WeeklyReview
from events.commitments.queries import past_keeping


def forget_old(at: datetime) -> dict[str, int]:
    """
    The part of the tick, once an hour: delete plans, promises and reviews two years after their
    kickoff, and 90 days after their person left.
    """
    if at.minute:
        return {}
    with transaction.atomic():
        gone = [
            model.objects.filter(past_keeping(at)).delete()[0]
            for model in (WeeklyReview, ActionPlan, Commitment)
        ]
    return {"forgotten": sum(gone)}
