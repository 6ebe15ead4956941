from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.fields import NameField
from events.budget.rules.block import Night, Pickup, pickup_of
from events.budget.rules.lines import Amounts, Drivers, Rate
from events.kickoff.models import Kickoff
from events.rates.models import ExchangeRate

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _money(label: _StrPromise) -> models.DecimalField[Decimal, Decimal]:
    return models.DecimalField(label, max_digits=16, decimal_places=3, default=Decimal(0))


def _share(label: _StrPromise, default: str) -> models.DecimalField[Decimal, Decimal]:
    return models.DecimalField(label, max_digits=5, decimal_places=4, default=Decimal(default))


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
    contingency = _share(_("contingency"), "0.1")
    asks_above = _share(_("asks why above"), "0.1")
    # Of people's time; empty for the days of the kickoff
    time_days = models.DecimalField(
        _("days of people’s time"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    margin = _share(_("gross margin"), "0.7")
    lift = _share(_("expected lift in win rate"), "0.01")
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


class BudgetLine(models.Model):
    """
    One thing that is paid for. What it costs is its revision that stands; `version` counts what is
    done to it, so that nobody decides on what they have not seen.
    """

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="lines")
    category = models.CharField(_("category"), max_length=10, choices=Category)
    name = NameField(_("line"), max_length=120)
    note = models.CharField(_("note"), max_length=200, blank=True)
    current = models.OneToOneField(
        "Revision", models.SET_NULL, null=True, blank=True, related_name="stands_of"
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        constraints = [
            models.UniqueConstraint("budget", Lower("name"), name="events_budgetline_one_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class RevisionQuerySet(models.QuerySet["Revision"]):
    def waiting(self) -> Self:
        """Revisions that somebody has to decide on."""
        return self.filter(state=Revision.State.WAITING)


class Revision(models.Model):
    """
    What a line says from here on, once somebody who may has approved it; the one before is kept.

    Amounts are in `currency`; `rate` is what it was worth, None in the budget's own. `asks` is how
    much more it lets be spent, in the budget's currency: what a limit is held against.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", _("waits for approval")
        STANDS = "STANDS", _("approved")
        REFUSED = "REFUSED", _("sent back")
        WITHDRAWN = "WITHDRAWN", _("replaced before it was decided")

    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    predecessor = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="+"
    )
    basis = models.CharField(_("a price for each"), max_length=10, choices=Basis)
    price = _money(_("price"))
    own_count = models.PositiveIntegerField(_("number of its own"), null=True, blank=True)
    count = models.PositiveIntegerField()
    currency = models.CharField(_("currency"), max_length=3)
    rate = models.ForeignKey(ExchangeRate, models.RESTRICT, null=True, blank=True, related_name="+")
    committed = _money(_("committed"))
    invoiced = _money(_("invoiced"))
    paid = _money(_("paid"))
    said = models.DecimalField(
        _("forecast"), max_digits=16, decimal_places=3, null=True, blank=True
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    lacks_reason = models.BooleanField(default=False)
    asks = _money(_("asks for"))
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("what the approver says"), max_length=300, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["line", "-number"]
        verbose_name = _("budget revision")
        verbose_name_plural = _("budget revisions")
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="events_revision_numbered"),
            models.UniqueConstraint(
                fields=["line"], condition=Q(state="WAITING"), name="events_revision_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(
                    price__gte=0, committed__gte=0, invoiced__gte=0, paid__gte=0, asks__gte=0
                )
                & (Q(said=None) | Q(said__gte=0)),
                name="events_revision_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(paid__lte=F("invoiced")), name="events_revision_paid_was_invoiced"
            ),
            models.CheckConstraint(
                condition=Q(state="WAITING", decided_at=None)
                | (~Q(state="WAITING") & Q(decided_at__isnull=False)),
                name="events_revision_decided_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.line_id}.{self.number}"

    @property
    def amounts(self) -> Amounts:
        """What it says, in its own currency."""
        return Amounts(
            planned=self.price * self.count,
            committed=self.committed,
            invoiced=self.invoiced,
            paid=self.paid,
            said=self.said,
        )

    @property
    def conversion(self) -> Rate | None:
        """Into the budget's currency, whichever way round the rate was noted."""
        if self.rate is None:
            return None
        if self.rate.base == self.currency:
            return Rate(times=self.rate.bought)
        return Rate(of=self.rate.bought)

    @property
    def worth(self) -> Amounts:
        """The same in the budget's currency, not rounded."""
        return self.amounts.converted(self.conversion)


class RoomBlock(models.Model):
    """Rooms that a hotel holds for a kickoff until a cut-off, with an attrition clause."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="blocks")
    hotel = NameField(_("hotel"), max_length=120)
    price = _money(_("price of a night"))
    share = _share(_("share that has to be reserved"), "0.85")
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
    day_part = _share(_("part of each day"), "1")

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
