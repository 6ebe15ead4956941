from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.currencies import digits
from events.kickoff.models import Kickoff
from events.packets.comp.rules.payout import decimal_from, plain
from events.packets.quotas.rules.figures import (
    Figures,
    figures_from_text,
    figures_to_text,
    standards_from_text,
    standards_to_text,
)
from events.packets.quotas.rules.making import Ramp, Year
from events.packets.quotas.rules.quota import spans
from events.rates.models import ExchangeRate
from events.sealing.models import SealedField
from events.sealing.rules import seal, unseal


def _decimals(texts: list[str]) -> tuple[Decimal, ...]:
    return tuple(Decimal(text) for text in texts)


class QuotaPlan(models.Model):
    """
    One kickoff's quota plan: a company target, and how it is handed down and laid over the year.

    Every change of the plan or of anything in it counts `version` up by a conditional UPDATE, so
    that two changes at once cannot both be made from what one of them saw.
    """

    class Basis(models.TextChoices):
        """By what people of one manager share what is handed down."""

        WON = "WON", _("Past won revenue")
        EQUAL = "EQUAL", _("Equal parts")
        HEADCOUNT = "HEADCOUNT", _("Number of reps")
        HAND = "HAND", _("Weights set by hand")

    class Season(models.TextChoices):
        QUARTERS = "QUARTERS", _("Quarters")
        MONTHS = "MONTHS", _("Months")

    class Rounding(models.TextChoices):
        """To what a quota and its periods are rounded once they are cut to days there and ramp."""

        STEPS = "STEPS", _("Whole steps, such as 904,000")
        DECIMALS = "DECIMALS", _("The currency's decimals, such as 904,109.59")

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        LOCKED = "LOCKED", _("Locked")

    MONTHS_OF = {Season.QUARTERS: 3, Season.MONTHS: 1}

    kickoff = models.OneToOneField(Kickoff, models.CASCADE, related_name="quota_plan")
    currency = models.CharField(_("plan currency"), max_length=3)
    starts_date = models.DateField(_("first day of the plan year"))
    ends_date = models.DateField(_("last day of the plan year"))
    sealed = SealedField()  # the company target
    step = models.DecimalField(_("whole steps of"), max_digits=14, decimal_places=2)
    rounding = models.CharField(
        _("rounding"), max_length=8, choices=Rounding.choices, default=Rounding.STEPS
    )
    # Shares as text, from the company down; the last counts for every level below
    over_assignment = models.JSONField(default=list)
    basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.WON)
    won_from_date = models.DateField(_("past revenue from"))
    won_to_date = models.DateField(_("past revenue to"))
    floor = models.DecimalField(max_digits=4, decimal_places=3, default=Decimal("0.5"))
    season = models.CharField(max_length=10, choices=Season.choices, default=Season.QUARTERS)
    season_shares = models.JSONField(default=list)  # as text; empty for equal parts
    ramp = models.CharField(max_length=10, choices=Season.choices, default=Season.QUARTERS)
    ramp_shares = models.JSONField(default=list)  # as text; empty for no ramp
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)
    cascaded_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("quota plan")
        verbose_name_plural = _("quota plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_date__gte=F("starts_date")),
                name="events_quotaplan_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(won_to_date__gte=F("won_from_date")),
                name="events_quotaplan_won_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(step__gt=0), name="events_quotaplan_step_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(floor__gte=0, floor__lte=1), name="events_quotaplan_floor_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kickoff_id}"

    @property
    def is_locked(self) -> bool:
        return self.status == self.Status.LOCKED

    @property
    def over(self) -> tuple[Decimal, ...]:
        """Over-assignment of each level, from the company down."""
        return _decimals(self.over_assignment)

    @property
    def year(self) -> Year:
        """The plan year in periods, with their shares."""
        found = tuple(spans(self.starts_date, self.ends_date, self.months_a_period))
        shares = _decimals(self.season_shares)
        if len(shares) != len(found):
            shares = (Decimal(1),) * len(found)
        return Year(self.starts_date, self.ends_date, found, shares)

    @property
    def months_a_period(self) -> int:
        return self.MONTHS_OF[self.Season(self.season)]

    @property
    def ramp_profile(self) -> Ramp | None:
        """The ramp of new hires, if there is one."""
        return ramp_of(self.ramp, self.ramp_shares)

    def unit_of(self, code: str, rate: PlanRate | None) -> Decimal:
        """What quotas in a currency are rounded to: its steps, or whole units where it has none."""
        if self.rounding == self.Rounding.DECIMALS:
            return Decimal(1).scaleb(-digits(code))
        if code == self.currency:
            return decimal_from(plain(self.step))  # without the zeros that the database pads with
        return decimal_from(plain(rate.step)) if rate else Decimal(1)

    @property
    def period_unit(self) -> Decimal:
        """What periods in the plan's own currency are multiples of."""
        return max(self.unit_of(self.currency, None), Decimal(1))

    def write_target(self, target: Decimal) -> None:
        """Seal the company target; saving is the caller's."""
        self.sealed = seal(plain(target), settings.PACKET_KEYS)

    def read_target(self) -> Decimal:
        """:raises Unreadable: no key opens it"""
        return decimal_from(unseal(self.sealed, settings.PACKET_KEYS))


def ramp_of(unit: str, shares: list[str]) -> Ramp | None:
    """A stored ramp, or None where there are no shares."""
    if not shares:
        return None
    return Ramp(QuotaPlan.MONTHS_OF[QuotaPlan.Season(unit)], _decimals(shares))


class PlanRateManager(models.Manager["PlanRate"]):
    """A plan rate says nothing without the rate that it is."""

    def get_queryset(self) -> models.QuerySet[PlanRate]:
        return super().get_queryset().select_related("quoted")


class PlanRate(models.Model):
    """
    The exchange rate that a plan has chosen for one currency, and the steps of quotas in it.

    Fixed for the year, so that a quota moves with the plan and not with the market.
    """

    plan = models.ForeignKey(QuotaPlan, models.CASCADE, related_name="rates")
    currency = models.CharField(_("currency"), max_length=3)
    quoted = models.ForeignKey(ExchangeRate, models.RESTRICT, related_name="+")
    step = models.DecimalField(_("whole steps of"), max_digits=16, decimal_places=2)

    objects = PlanRateManager()

    class Meta:
        ordering = ["currency"]
        base_manager_name = "objects"
        verbose_name = _("plan rate")
        verbose_name_plural = _("plan rates")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "currency"], name="events_planrate_one_per_currency"
            ),
            models.CheckConstraint(condition=Q(step__gt=0), name="events_planrate_above_zero"),
        ]

    def __str__(self) -> str:
        return self.currency

    @property
    def rate(self) -> Decimal:
        """How much of the currency one unit of the plan's buys."""
        return self.quoted.bought

    @property
    def as_of_date(self) -> date:
        """The day whose rate it is."""
        return self.quoted.as_of_date


class QuotaNode(models.Model):
    """
    One person's place in a cascade, manager or rep. Who stands above whom is the manager tree's.

    What is sealed is `Figures`: the full-year amount in the plan's currency, and what shapes it.
    """

    plan = models.ForeignKey(QuotaPlan, models.CASCADE, related_name="nodes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="quota_nodes")
    # None: the plan's currency
    rate = models.ForeignKey(PlanRate, models.PROTECT, null=True, blank=True, related_name="nodes")
    sealed = SealedField()
    is_pinned = models.BooleanField(default=False)  # set by hand: a cascade leaves it
    is_ramped = models.BooleanField(default=True)  # False: an experienced hire starts at full
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "person"], name="events_quotanode_one_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"

    def write(self, figures: Figures) -> None:
        """Seal figures; saving is the caller's."""
        text = figures_to_text(figures)
        self.sealed = seal(text, settings.PACKET_KEYS, owner=self._sealed_for)

    def read(self) -> Figures:
        """:raises Unreadable: no key opens it, or it is out of another row"""
        return figures_from_text(unseal(self.sealed, settings.PACKET_KEYS, owner=self._sealed_for))

    @property
    def _sealed_for(self) -> str:
        return f"quota of {self.person_id} in {self.plan_id}"


class NewHireRule(models.Model):
    """
    The quota of whoever joins after the cascade, by job title: a standard full year by currency,
    which is sealed, or a share of the median of their peers.
    """

    plan = models.ForeignKey(QuotaPlan, models.CASCADE, related_name="hire_rules")
    job_title = models.CharField(_("job title"), max_length=120)
    sealed = SealedField(blank=True)
    share_of_median = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    ramp = models.CharField(
        max_length=10, choices=QuotaPlan.Season.choices, default=QuotaPlan.Season.QUARTERS
    )
    ramp_shares = models.JSONField(default=list)  # as text; empty for the plan's own ramp

    class Meta:
        ordering = ["job_title", "pk"]
        verbose_name = _("rule for new hires")
        verbose_name_plural = _("rules for new hires")
        constraints = [
            models.UniqueConstraint(
                "plan",
                Lower("job_title"),
                name="events_newhirerule_one_per_title",
            ),
            models.CheckConstraint(
                condition=Q(sealed="", share_of_median__isnull=False, share_of_median__gt=0)
                | (~Q(sealed="") & Q(share_of_median=None)),
                name="events_newhirerule_standard_or_median",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.job_title}"

    @property
    def ramp_profile(self) -> Ramp | None:
        """A ramp of its own, if there is one."""
        return ramp_of(self.ramp, self.ramp_shares)

    def write(self, standards: dict[str, Decimal]) -> None:
        """Seal the standard full year by currency; saving is the caller's."""
        self.sealed = seal(standards_to_text(standards), settings.PACKET_KEYS) if standards else ""

    def read(self) -> dict[str, Decimal]:
        """:raises Unreadable: no key opens it"""
        if not self.sealed:
            return {}
        return standards_from_text(unseal(self.sealed, settings.PACKET_KEYS))
