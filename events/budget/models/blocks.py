from __future__ import annotations

from datetime import UTC, datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.fields import NameField
from events.budget.models.budgets import Budget
from events.budget.models.fields import money, share
from events.budget.rules.block import Night, Pickup, pickup_of


class RoomBlock(models.Model):
    """Rooms that a hotel holds for a kickoff until a cut-off, with an attrition clause."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="blocks")
    hotel = NameField(_("hotel"), max_length=120)
    price = money(_("price of a night"))
    share = share(_("share that has to be reserved"), "0.85")
    cutoff_at = models.DateTimeField(_("cut-off"))

    class Meta:
        ordering = ["hotel", "pk"]
        verbose_name = _("room block")
        verbose_name_plural = _("room blocks")
        constraints = [
            models.UniqueConstraint(
                "budget", Lower("hotel"), name="events_roomblock_one_per_hotel"
            ),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1), name="events_roomblock_share_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0), name="events_roomblock_price_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.hotel

    @property
    def pickup(self) -> Pickup:
        """What it comes to today; reads its nights."""
        nights = [Night(one.contracted, one.reserved) for one in self.nights.all()]
        return pickup_of(nights, self.share, self.price)

    def is_open(self, at: datetime) -> bool:
        """Whether nights can still be reserved or given back."""
        return at < self.cutoff_at.astimezone(UTC)


class BlockNight(models.Model):
    """One night of a block; `date` is the day on which guests arrive."""

    block = models.ForeignKey(RoomBlock, models.CASCADE, related_name="nights")
    date = models.DateField(_("night"))
    contracted = models.PositiveIntegerField(_("contracted"), default=0)
    reserved = models.PositiveIntegerField(_("reserved"), default=0)

    class Meta:
        ordering = ["date"]
        verbose_name = _("night of a block")
        verbose_name_plural = _("nights of blocks")
        constraints = [
            models.UniqueConstraint(fields=["block", "date"], name="events_blocknight_once")
        ]

    def __str__(self) -> str:
        return f"#{self.block_id} {self.date}"
