from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from core.fields import IdField, NameField


class Account(models.Model):
    """A company that is sold to. Where it is and its segment say which territory takes it."""

    name = NameField(_("name"), max_length=160)
    country = models.CharField(_("country"), max_length=2, blank=True)  # ISO 3166
    region = NameField(_("region"), max_length=80, blank=True)
    segment = NameField(_("segment"), max_length=80, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(Lower("name"), name="events_account_one_per_name"),
            models.CheckConstraint(
                condition=Q(country="") | Q(Exact(Length("country"), 2)),
                name="events_account_country_is_two_letters",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """What is sold."""

    name = NameField(_("name"), max_length=120)

    class Meta:
        ordering = ["name"]
        verbose_name = _("product")
        verbose_name_plural = _("products")
        constraints = [models.UniqueConstraint(Lower("name"), name="events_product_one_per_name")]

    def __str__(self) -> str:
        return self.name


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def open(self) -> Self:
        """Deals that are neither won nor lost: what a clinic can still change."""
        return self.filter(stage__in=Opportunity.OPEN_STAGES)

    def won(self) -> Self:
        """Deals that were won."""
        return self.filter(stage=Opportunity.Stage.WON)


class Opportunity(models.Model):
    """One deal as the CRM has it. Of the company, not of a kickoff; imported, never edited here."""

    class Stage(models.TextChoices):
        PROSPECTING = "PROSPECTING", _("prospecting")
        ENGAGING = "ENGAGING", _("engaging")
        WON = "WON", _("won")
        LOST = "LOST", _("lost")

    OPEN_STAGES = (Stage.PROSPECTING, Stage.ENGAGING)

    external_id = IdField(_("id in the CRM"), max_length=60, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="opportunities",
        verbose_name=_("owner"),
    )
    account = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opportunities",
        verbose_name=_("account"),
    )
    product = models.ForeignKey(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opportunities",
        verbose_name=_("product"),
    )
    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices)
    engage_date = models.DateField(_("engaged"), null=True, blank=True)
    close_date = models.DateField(_("close date"), null=True, blank=True)
    value = models.DecimalField(_("value"), max_digits=15, decimal_places=3, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    # None where no import had such a column, empty where it had one and said nothing
    next_step = models.CharField(_("next step"), max_length=200, null=True, blank=True)
    next_step_date = models.DateField(_("next step due"), null=True, blank=True)
    last_activity_date = models.DateField(_("last activity"), null=True, blank=True)
    competitor = NameField(_("competitor"), max_length=80, blank=True)
    imported_at = models.DateTimeField()

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        ordering = ["-engage_date", "pk"]
        verbose_name = _("opportunity")
        verbose_name_plural = _("opportunities")
        constraints = [
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0),
                name="events_opportunity_value_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(engage_date=None)
                | Q(close_date=None)
                | Q(close_date__gte=F("engage_date")),
                name="events_opportunity_closes_after_engaged",
            ),
        ]
        indexes = [models.Index(fields=["stage", "owner"], name="events_opportunity_stage_owner")]

    def __str__(self) -> str:
        return self.external_id

    @property
    def is_open(self) -> bool:
        """Whether it is neither won nor lost."""
        return self.stage in self.OPEN_STAGES
