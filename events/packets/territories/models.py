from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.fields import NameField
from core.imports.names import join_names
from events.deals.models import Account
from events.kickoff.models import Kickoff

DEFAULT_ROLE = "AE"


class TerritoryPlan(models.Model):
    """
    The territories of one kickoff as a whole. `version` counts its changes.

    Every change begins by counting up here, so that two at once happen one after the other.
    """

    kickoff = models.OneToOneField(Kickoff, models.CASCADE, related_name="territory_plan")
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"#{self.kickoff_id} v{self.version}"


class SalesTerritoryQuerySet(models.QuerySet["SalesTerritory"]):
    def of(self, kickoff: Kickoff, role: str) -> Self:
        """Those of one kickoff and one role: within them each account has one owner."""
        return self.filter(kickoff=kickoff, role=role)


class SalesTerritory(models.Model):
    """
    A territory at one kickoff, in the hands of one rep or nobody.

    `places` and `segments` are lists of names: an account fits where it lies in one of the places
    and in one of the segments, an empty list fitting all. With both empty it has its named
    accounts only.
    """

    owner_id: int | None

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="territories")
    role = NameField(_("role"), max_length=40, default=DEFAULT_ROLE)
    name = NameField(_("name"), max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="territories",
        verbose_name=_("owner"),
    )
    places = models.JSONField(_("geography"), default=list, blank=True)
    segments = models.JSONField(_("segment"), default=list, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = SalesTerritoryQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        constraints = [
            models.UniqueConstraint(
                "kickoff", "role", Lower("name"), name="events_territory_one_per_name"
            ),
            models.UniqueConstraint(
                fields=["kickoff", "role", "owner"],
                condition=Q(owner__isnull=False),
                name="events_territory_one_per_owner_and_role",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(role=""), name="events_territory_has_name_and_role"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def geography(self) -> str:
        """Its places in one line."""
        return join_names(self.places)

    @property
    def segment(self) -> str:
        """Its segments in one line."""
        return join_names(self.segments)


class TerritoryAccount(models.Model):
    """An account that a territory names as its own, or leaves out whatever its criteria say."""

    territory = models.ForeignKey(SalesTerritory, models.CASCADE, related_name="listed")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    is_excluded = models.BooleanField(_("left out"), default=False)

    class Meta:
        verbose_name = _("account of a territory")
        verbose_name_plural = _("accounts of territories")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "account"], name="events_territory_lists_account_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.territory_id} {self.account_id}"


class OwnershipChange(models.Model):
    """
    One account that left a territory or came into one: who did it, when, why. Never changed.

    An empty side is nobody. The names are kept as they were on that day.
    """

    class Cause(models.TextChoices):
        MOVED = "MOVED", _("moved")
        EDITED = "EDITED", _("territory changed")
        ASSIGNED = "ASSIGNED", _("territory given to another rep")
        PROPOSED = "PROPOSED", _("proposal accepted")
        IMPORTED = "IMPORTED", _("imported")

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="ownership_changes")
    role = models.CharField(_("role"), max_length=40)
    account = models.ForeignKey(Account, models.PROTECT, related_name="ownership_changes")
    from_territory = models.ForeignKey(SalesTerritory, models.SET_NULL, null=True, related_name="+")
    from_name = models.CharField(_("from"), max_length=120, blank=True)
    from_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    to_territory = models.ForeignKey(SalesTerritory, models.SET_NULL, null=True, related_name="+")
    to_name = models.CharField(_("to"), max_length=120, blank=True)
    to_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    cause = models.CharField(_("what happened"), max_length=10, choices=Cause.choices)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of ownership")
        verbose_name_plural = _("changes of ownership")
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_name="") | ~Q(to_name=""),
                name="events_ownership_change_names_a_side",
            ),
        ]
        indexes = [
            models.Index(fields=["kickoff", "account", "-at"], name="events_ownership_account_at")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.account_id}"
