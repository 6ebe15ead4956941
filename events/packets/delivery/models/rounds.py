"""What RevOps sent to the approvers at once, as it was when it was sent."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.delivery.models.versions import PacketVersion
from events.packets.delivery.rules import rounds
from events.packets.delivery.rules.cells import Kept
from events.sealing import rules as sealing
from events.sealing.models import SealedField


class PacketRoundQuerySet(models.QuerySet["PacketRound"]):
    def open(self) -> Self:
        """With its approvers: at most one a kickoff."""
        return self.filter(closed_at=None)


class PacketRound(models.Model):
    """
    Drafts that were sent for approval together. While it is open nothing of it changes: a change,
    a return or a packet more ends it, and what both sides have not approved goes back.

    `sealed` holds each packet's part in the sums and which sums are shown, as of sending; `shown_at`
    is when an approver first saw them. Emptied, it can show nothing, nor be compared with.
    """

    class Outcome(models.TextChoices):
        APPROVED = "APPROVED", _("Both sides have approved it.")
        RETURNED = "RETURNED", _("An approver sent it back.")
        CHANGED = "CHANGED", _("One of its packets has changed.")
        WITHDRAWN = "WITHDRAWN", _("RevOps took it back.")

    kickoff = models.ForeignKey(Kickoff, models.PROTECT, related_name="packet_rounds")
    number = models.PositiveSmallIntegerField()
    versions = models.ManyToManyField(PacketVersion, related_name="rounds")
    size = models.PositiveIntegerField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField()
    sealed = SealedField(blank=True)
    shown_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)

    objects = PacketRoundQuerySet.as_manager()

    class Meta:
        ordering = ["kickoff", "number"]
        verbose_name = _("approval round")
        verbose_name_plural = _("approval rounds")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "number"], name="events_packetround_one_per_number"
            ),
            models.UniqueConstraint(
                fields=["kickoff"],
                condition=Q(closed_at=None),
                name="events_packetround_one_open",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="")
                | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="events_packetround_closed_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kickoff_id} {self.number}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_approved(self) -> bool:
        return self.outcome == self.Outcome.APPROVED

    @sensitive_variables()
    def write(self, kept: Kept) -> None:
        """Seal what is kept of it; saving is the caller's."""
        self.sealed = sealing.seal(rounds.to_text(kept), settings.PACKET_KEYS, owner=self._owner)

    @sensitive_variables()
    def read(self) -> Kept:
        """:raises Unreadable: no key opens it, or it was emptied"""
        if not self.sealed:
            raise sealing.Unreadable("The figures of this round are gone.")
        text = sealing.unseal(self.sealed, settings.PACKET_KEYS, owner=self._owner)
        return rounds.from_text(text, year=self.kickoff_id)

    @property
    def _owner(self) -> str:
        return f"round {self.number} of {self.kickoff_id}"
