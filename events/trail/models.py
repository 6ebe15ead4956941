from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.sealing.models import SealedField
from events.sealing.rules import seal, unseal
from events.trail import rules


class TrailSealQuerySet(models.QuerySet["TrailSeal"]):
    def batches(self) -> Self:
        """Those over entries."""
        return self.filter(kind=TrailSeal.Kind.SEALED)

    def removals(self) -> Self:
        """Those that say which entries were deleted."""
        return self.filter(kind=TrailSeal.Kind.REMOVED)


class TrailSeal(models.Model):
    """
    A link of the chain over the audit trail: a batch of entries, or the checkpoint of a deletion.

    `hash` is over the link before and all that stands here but the salts. `sealed_hash` is the same
    under the keys: whoever has the database alone cannot make the chain anew.
    """

    class Kind(models.TextChoices):
        SEALED = "SEALED", _("entries sealed")
        REMOVED = "REMOVED", _("entries deleted under retention")

    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=7, choices=Kind.choices, default=Kind.SEALED)
    at = models.DateTimeField()
    # A batch begins where the one before ended, so nothing can be put in between
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    count = models.PositiveIntegerField()
    why = models.CharField(max_length=300, blank=True)
    leaves = models.BinaryField()
    salts = models.BinaryField()
    hash = models.CharField(max_length=64)
    sealed_hash = SealedField()

    objects = TrailSealQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("seal of the trail")
        verbose_name_plural = _("seals of the trail")
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1), name="events_trailseal_numbers_from_one"
            ),
            models.CheckConstraint(
                condition=Q(last_id__gte=F("first_id")), name="events_trailseal_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(kind="SEALED", why="") | (Q(kind="REMOVED") & ~Q(why="")),
                name="events_trailseal_removal_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.kind}"

    @property
    def head(self) -> rules.Head:
        """What it says, as a plain value."""
        return rules.Head(
            number=self.number,
            kind=self.kind,
            at=self.at,
            first_id=self.first_id,
            last_id=self.last_id,
            count=self.count,
            why=self.why,
        )

    def close(self, previous: str) -> None:
        """Hash it after the link before; saving is the caller's."""
        self.hash = rules.hash_of(previous, self.head, bytes(self.leaves))
        self.sealed_hash = seal(self.hash, settings.PACKET_KEYS, owner=self._sealed_for)

    def kept_hash(self) -> str:
        """:raises Unreadable: no key opens it, or it is out of another row"""
        return unseal(self.sealed_hash, settings.PACKET_KEYS, owner=self._sealed_for)

    @property
    def _sealed_for(self) -> str:
        return f"trail seal {self.number}"


class TrailWatch(models.Model):
    """
    Up to which entry the trail reached, and when that was seen: the one row of its table.

    Entries get their numbers before they are committed. What is sealed is what was there half an
    hour ago, so that nothing comes in late between sealed entries.
    """

    seen_id = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("watch of the trail")
        verbose_name_plural = _("watches of the trail")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="events_trailwatch_is_one_row")
        ]

    def __str__(self) -> str:
        return f"#{self.seen_id}"
