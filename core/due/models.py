from datetime import datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

ERROR_LENGTH = 500


class DueRow(models.Model):
    """Something that is due at a moment: a row, not a timer. Abstract; core has no tables."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("waiting")
        SENDING = "SENDING", _("sending")
        SENT = "SENT", _("sent")
        DEAD = "DEAD", _("failed")
        SKIPPED = "SKIPPED", _("skipped")

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class LeasedRow(DueRow):
    """
    A due row that a worker claims before it acts, because the act cannot be taken back. Abstract.

    WAITING → SENDING (claimed under a lease) → SENT, or back to WAITING with a later
    `due_at` after a failure, or DEAD after the last try. SENDING past its lease is STUCK:
    shown to a person, never resent silently.
    """

    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=ERROR_LENGTH, blank=True)

    class Meta:
        abstract = True

    def is_stuck(self, at: datetime) -> bool:
        """Whether it was claimed, its lease ran out, and nobody recorded what came of it."""
        return (
            self.state == self.State.SENDING
            and self.leased_until is not None
            and self.leased_until < at
        )


Row = TypeVar("Row", bound=DueRow)
Leased = TypeVar("Leased", bound=LeasedRow)


class DueQuerySet(models.QuerySet[Row]):
    def due(self, at: datetime) -> Self:
        """Rows to be sent at this moment."""
        return self.filter(state=DueRow.State.WAITING, due_at__lte=at)


class LeasedQuerySet(DueQuerySet[Leased]):
    def stuck(self, at: datetime) -> Self:
        """Rows claimed and never recorded: a person decides whether they were sent."""
        return self.filter(state=DueRow.State.SENDING, leased_until__lt=at)

    def needing_a_person(self, at: datetime) -> Self:
        """Rows that will not go out by themselves."""
        return self.filter(
            Q(state=DueRow.State.DEAD) | Q(state=DueRow.State.SENDING, leased_until__lt=at)
        )
