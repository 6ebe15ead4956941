from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.fields import NameField
from events.budget.models.fields import share
from events.budget.rules.lines import Drivers
from events.kickoff.models import Kickoff


class Category(models.TextChoices):
    """What money is spent on, in the order of the page."""

    ROOMS = "ROOMS", _("Hotel rooms")
    FOOD = "FOOD", _("Food and drink")
    AV = "AV", _("AV and production")
    VENUE = "VENUE", _("Venue hire")
    TRAVEL = "TRAVEL", _("Travel and transfers")
    EVENINGS = "EVENINGS", _("Evenings")
    PEOPLE = "PEOPLE", _("Facilitators, MC, film")
    GIFTS = "GIFTS", _("Gifts, signs, print")
    MATERIALS = "MATERIALS", _("Session materials")
    OTHER = "OTHER", _("Other")


class Basis(models.TextChoices):
    """What a price is paid for each of."""

    EVENT = "EVENT", _("event")
    HEAD = "HEAD", _("head")
    HEAD_NIGHT = "HEAD_NIGHT", _("head and night")
    HEAD_DAY = "HEAD_DAY", _("head and day")
    ROOM = "ROOM", _("room")
    ROOM_DAY = "ROOM_DAY", _("room and day")
    DAY = "DAY", _("day")


class Budget(models.Model):
    """
    The money of one kickoff, in the currency that it had when the budget began: what prices are
    multiplied by, what is set aside, and what its return is reckoned from.
    """

    kickoff = models.OneToOneField(Kickoff, models.CASCADE, related_name="budget")
    currency = models.CharField(_("currency"), max_length=3)
    heads = models.PositiveIntegerField(_("guests"), default=0)
    reps = models.PositiveIntegerField(_("reps among them"), default=0)
    nights = models.PositiveSmallIntegerField(_("nights a guest"), default=0)
    rooms = models.PositiveSmallIntegerField(_("rooms for sessions"), default=0)
    contingency = share(_("contingency"), "0.1")
    asks_above = share(_("asks why above"), "0.1")
    # Of people's time; empty for the days of the kickoff
    time_days = models.DecimalField(
        _("days of people’s time"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    margin = share(_("gross margin"), "0.7")
    lift = share(_("expected lift in win rate"), "0.01")
    months = models.PositiveSmallIntegerField(_("months that it lasts"), default=9)
    attainment = models.DecimalField(
        _("average attainment of quota"), max_digits=5, decimal_places=4, null=True, blank=True
    )
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        constraints = [
            models.CheckConstraint(
                condition=Q(reps__lte=F("heads")), name="events_budget_reps_are_heads"
            ),
            models.CheckConstraint(
                condition=Q(contingency__gte=0, contingency__lte=1)
                & Q(asks_above__gte=0, asks_above__lte=1)
                & Q(margin__gte=0, margin__lte=1)
                & Q(lift__gte=0, lift__lte=1),
                name="events_budget_shares_are_shares",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kickoff_id}"

    @property
    def drivers(self) -> Drivers:
        """What prices are multiplied by."""
        return Drivers(
            heads=self.heads, nights=self.nights, rooms=self.rooms, days=len(self.kickoff.days)
        )

    @property
    def days_of_time(self) -> Decimal:
        """Days that people are away from their work."""
        return Decimal(len(self.kickoff.days)) if self.time_days is None else self.time_days


class BudgetOwner(models.Model):
    """Who answers for money of a budget, and how much of it at once they may approve."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="owners")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    # None: no limit
    limit = models.DecimalField(
        _("may approve up to"), max_digits=16, decimal_places=3, null=True, blank=True
    )

    class Meta:
        ordering = [F("limit").desc(nulls_first=True), "pk"]
        verbose_name = _("budget owner")
        verbose_name_plural = _("budget owners")
        constraints = [
            models.UniqueConstraint(fields=["budget", "person"], name="events_budgetowner_once"),
            models.CheckConstraint(
                condition=Q(limit=None) | Q(limit__gte=0),
                name="events_budgetowner_limit_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"


class DayRate(models.Model):
    """
    What a day of somebody in a role costs the company, as a planner or RevOps says it: one rounded
    figure a role, in the budget's currency, and never reckoned from anybody's pay.
    """

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="day_rates")
    role = NameField(_("role"), max_length=80)
    heads = models.PositiveIntegerField(_("people"))
    rate = models.PositiveIntegerField(_("a day costs"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("day rate")
        verbose_name_plural = _("day rates")
        constraints = [
            models.UniqueConstraint("budget", Lower("role"), name="events_dayrate_one_per_role")
        ]

    def __str__(self) -> str:
        return self.role


class Scenario(models.Model):
    """One of three ways to hold the same kickoff, beside one another."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="scenarios")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=60)
    heads = models.SmallIntegerField(_("guests more or fewer"), default=0)
    days = models.SmallIntegerField(_("days more or fewer"), default=0)
    dearer = models.DecimalField(
        _("place dearer by"), max_digits=5, decimal_places=4, default=Decimal(0)
    )
    is_virtual = models.BooleanField(_("nobody travels"), default=False)
    day_part = share(_("part of each day"), "1")

    class Meta:
        ordering = ["position"]
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        constraints = [
            models.UniqueConstraint(fields=["budget", "position"], name="events_scenario_in_order"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=3), name="events_scenario_of_three"
            ),
            models.CheckConstraint(
                condition=Q(day_part__gt=0, day_part__lte=1) & Q(dearer__gte=-1),
                name="events_scenario_shares_are_shares",
            ),
        ]

    def __str__(self) -> str:
        return self.name
