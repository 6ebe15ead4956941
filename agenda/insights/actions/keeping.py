"""What is kept of people longer than their insights are read."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from agenda.insights.models import Insight, Telling
from events.commitments.queries.own import KEPT_AFTER_END, KEPT_AFTER_LEAVING


def forget_old(at: datetime) -> dict[str, int]:
    """
    The part of the tick, once an hour: an insight loses the name of its sender two years after its
    kickoff, or 90 days after they left; who was told of it is forgotten then too.
    """
    if at.minute:
        return {}
    ended = at.date() - KEPT_AFTER_END
    left = at.date() - KEPT_AFTER_LEAVING
    with transaction.atomic():
        named = Insight.objects.filter(
            Q(kickoff__ends_date__lt=ended) | Q(sender__leave_date__lt=left), sender__isnull=False
        )
        told = Telling.objects.filter(
            Q(insight__kickoff__ends_date__lt=ended) | Q(person__leave_date__lt=left)
        )
        return {
            "names": Insight.objects.filter(pk__in=named.values("pk")).update(sender=None),
            "told": told.delete()[0],
        }
