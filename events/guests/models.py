from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import NameField
from events.kickoff.models import Kickoff
from people.accounts.rules import invitation_expires_at, invitation_is_open


class GuestQuerySet(models.QuerySet["Guest"]):
    def staying(self) -> Self:
        """Guests whom nobody has sent home, of kickoffs that are neither drafts nor archived."""
        return self.filter(ended_at=None, kickoff__in=Kickoff.objects.under_way())


class Guest(models.Model):
    """
    Somebody from outside the company at one kickoff, by a limited account. They count among its
    people where they also stand on its roster, and nowhere else.
    """

    class Kind(models.TextChoices):
        SPEAKER = "SPEAKER", _("speaker")
        PANELIST = "PANELIST", _("panelist")
        GUEST = "GUEST", _("guest")

    person_id: int
    kickoff_id: int

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="guests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="guest_at")
    kind = models.CharField(_("here as"), max_length=10, choices=Kind, default=Kind.SPEAKER)
    company = NameField(_("company"), max_length=120, blank=True)
    purpose = models.CharField(_("what for"), max_length=200, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField()  # the newest link alone lets in
    came_at = models.DateTimeField(null=True, blank=True)  # by the newest link
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = GuestQuerySet.as_manager()

    class Meta:
        ordering = ["person__full_name", "pk"]
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "person"], name="events_guest_once_per_kickoff"
            ),
            models.CheckConstraint(
                condition=Q(came_at=None) | Q(came_at__gte=F("invited_at")),
                name="events_guest_came_after_invited",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"

    def lets_in(self, at: datetime) -> bool:
        """Whether the newest link still lets them in: once, within its days, until they are sent home."""
        return self.ended_at is None and invitation_is_open(
            invited_at=self.invited_at,
            accepted_at=self.came_at,
            last_sign_in_at=self.person.last_login,
            at=at,
        )

    @property
    def link_ends_at(self) -> datetime:
        """The first moment at which the newest link lets nobody in."""
        return invitation_expires_at(self.invited_at)
