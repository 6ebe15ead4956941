from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import NameField
from events.deals.models import Opportunity
from events.prework.models import Assignment, PreworkItem
from events.strategies import rules
from events.strategies.rules import Content, DealFacts, Watched


class Brief(models.Model):
    """What a planner wants of the win strategies of an assignment; without one, the defaults."""

    assignment = models.OneToOneField(Assignment, models.CASCADE, related_name="strategy_brief")
    most_deals = models.PositiveSmallIntegerField(_("deals a person"), default=1)
    warns_closing = models.BooleanField(_("the close date is past"), default=True)
    warns_stalled = models.BooleanField(_("it is stalled in its stage"), default=True)
    stalled_days = models.PositiveSmallIntegerField(
        _("days without activity"), default=rules.STALLED_DAYS
    )
    warns_next_step = models.BooleanField(_("the next step is missing or overdue"), default=True)
    warns_no_data = models.BooleanField(_("the CRM says nothing of it"), default=True)

    class Meta:
        verbose_name = _("brief of win strategies")
        verbose_name_plural = _("briefs of win strategies")
        constraints = [
            models.CheckConstraint(
                condition=Q(most_deals__gte=1, most_deals__lte=rules.MOST_DEALS),
                name="events_brief_one_or_two_deals",
            ),
            models.CheckConstraint(
                condition=Q(stalled_days__gte=1), name="events_brief_stalls_after_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.assignment_id}"

    @property
    def watched(self) -> Watched:
        """Which warnings are on."""
        return Watched(
            closing=self.warns_closing,
            stalled=self.warns_stalled,
            next_step=self.warns_next_step,
            no_data=self.warns_no_data,
            stalled_days=self.stalled_days,
        )


class StrategyQuerySet(models.QuerySet["Strategy"]):
    def with_deals(self) -> Self:
        """With what a page says of the deal."""
        return self.select_related("deal__account", "deal__product")


class Strategy(models.Model):
    """
    How a rep wants to win one deal. `draft` is theirs alone and changes while they type; `sent` is
    what they handed in, which others read. `version` counts both, so that of two windows the later
    one never overwrites what it has not seen.
    """

    deal_id: int | None

    item = models.ForeignKey(PreworkItem, models.CASCADE, related_name="strategies")
    place = models.PositiveSmallIntegerField()
    deal = models.ForeignKey(
        Opportunity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="strategies",
        verbose_name=_("deal"),
    )
    account = NameField(_("account"), max_length=160, blank=True)  # where the CRM has none
    draft = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    sent = models.JSONField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = StrategyQuerySet.as_manager()

    class Meta:
        ordering = ["item_id", "place"]
        verbose_name = _("win strategy")
        verbose_name_plural = _("win strategies")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "place"], name="events_strategy_one_at_each_place"
            ),
            models.UniqueConstraint(fields=["item", "deal"], name="events_strategy_one_per_deal"),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=rules.MOST_DEALS),
                name="events_strategy_at_most_two",
            ),
            models.CheckConstraint(
                condition=Q(deal__isnull=False) | ~Q(account=""), name="events_strategy_of_a_deal"
            ),
            models.CheckConstraint(
                condition=Q(sent__isnull=True, sent_at=None)
                | Q(sent__isnull=False, sent_at__isnull=False),
                name="events_strategy_sent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(changed_at__gte=F("sent_at")),
                name="events_strategy_changed_since_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.item_id}"

    @property
    def name(self) -> str:
        """Whom it wants to win: the account of the CRM, what its rep wrote, or the id of the deal."""
        if self.deal and self.deal.account:
            return self.deal.account.name
        return self.account or (self.deal.external_id if self.deal else "")

    @property
    def written(self) -> Content:
        """What its rep has written so far."""
        return rules.read(self.draft)

    @property
    def handed_in(self) -> Content | None:
        """What others read of it."""
        return None if self.sent is None else rules.read(self.sent)

    @property
    def is_changed_since(self) -> bool:
        """Whether something was written that is not handed in."""
        return self.sent is not None and self.draft != self.sent


def facts_of(deal: Opportunity | None) -> DealFacts | None:
    """What the CRM says of a deal that warnings look at."""
    if deal is None:
        return None
    return DealFacts(
        stage=deal.stage,
        engage_date=deal.engage_date,
        close_date=deal.close_date,
        next_step=deal.next_step,
        next_step_date=deal.next_step_date,
        last_activity_date=deal.last_activity_date,
    )
