from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketVersion
from events.packets.inquiries.rules.slots import Span


class ReviewSlotQuerySet(models.QuerySet["ReviewSlot"]):
    def not_cancelled(self) -> Self:
        """Slots that were not cancelled."""
        return self.filter(cancelled_at=None)

    def free(self, at: datetime) -> Self:
        """Slots that a rep may still take."""
        return self.not_cancelled().filter(rep=None, starts_at__gt=at)


class ReviewSlot(models.Model):
    """
    A time that a manager offers at the kickoff: “Review with my manager”.

    Taken by one rep, for the version of the packet that they had in hand then.
    """

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="review_slots")
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="review_slots"
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=120)
    rep = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="packet_reviews"
    )
    version = models.ForeignKey(
        PacketVersion, models.PROTECT, null=True, related_name="review_slots"
    )
    taken_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)  # since it was offered

    objects = ReviewSlotQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("time for a review")
        verbose_name_plural = _("times for reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["manager", "starts_at"],
                condition=Q(cancelled_at=None),
                name="events_reviewslot_one_per_manager_and_time",
            ),
            models.UniqueConstraint(
                fields=["kickoff", "rep"],
                condition=Q(cancelled_at=None, rep__isnull=False),
                name="events_reviewslot_one_per_rep",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="events_reviewslot_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(rep=None, version=None, taken_at=None)
                | Q(rep__isnull=False, version__isnull=False, taken_at__isnull=False),
                name="events_reviewslot_taken_for_a_version",
            ),
            models.CheckConstraint(
                condition=Q(rep=None) | ~Q(rep=F("manager")),
                name="events_reviewslot_not_with_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.manager_id}"

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
