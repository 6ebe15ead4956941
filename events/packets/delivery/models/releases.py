"""Who approves the packets of a kickoff, and each time that some of them went out or will."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.kickoff.models import Kickoff


class ApproverKind(models.TextChoices):
    """Both have to approve a version before it can be released."""

    FINANCE = "FINANCE", _("Finance")
    SALES = "SALES", _("Sales leadership")


class PacketApprover(models.Model):
    """Somebody whom RevOps named to approve the packets of one kickoff: for one side of the two."""

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="packet_approvers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="packet_approvals"
    )
    kind = models.CharField(_("approves for"), max_length=8, choices=ApproverKind)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "person__full_name", "pk"]
        verbose_name = _("packet approver")
        verbose_name_plural = _("packet approvers")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "person"], name="events_packetapprover_one_kind_each"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ApproverKind.values), name="events_packetapprover_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


class PacketReleaseQuerySet(models.QuerySet["PacketRelease"]):
    def waiting(self) -> Self:
        """Under embargo: neither lifted nor cancelled."""
        return self.filter(lifted_at=None, cancelled_at=None)

    def confirmed(self) -> Self:
        """Those that come out by themselves: the event was not moved since their moment was chosen."""
        return self.filter(held_at=None)


class PacketRelease(models.Model):
    """
    One act of release by RevOps, signed for the company: at once, or under an embargo.

    Until an embargo is lifted its versions stay APPROVED and nobody but RevOps reads them.
    `due_at` follows the moment of the agenda under `moment_key`; without a key it is fixed. A move
    of the event holds it.
    """

    kickoff = models.ForeignKey(Kickoff, models.PROTECT, related_name="packet_releases")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    scope = models.CharField(_("what is released"), max_length=200)
    moment_key = models.CharField(max_length=80, blank=True)
    moment_label = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField()
    # The event was moved meanwhile: it comes out once RevOps has confirmed when
    held_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Whose packet could not be opened when the others went out
    left_out = models.TextField(blank=True)

    objects = PacketReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("packet release")
        verbose_name_plural = _("packet releases")
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at=None) | Q(cancelled_at=None),
                name="events_packetrelease_lifted_or_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(moment_key="") | ~Q(moment_label=""),
                name="events_packetrelease_moment_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kickoff_id}"

    @property
    def is_waiting(self) -> bool:
        return self.lifted_at is None and self.cancelled_at is None
