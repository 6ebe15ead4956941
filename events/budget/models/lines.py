from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.fields import NameField
from events.budget.models.budgets import Basis, Budget, Category
from events.budget.models.fields import money
from events.budget.rules.lines import Amounts, Rate
from events.rates.models import ExchangeRate
from people.files.models import StoredFile


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
    price = money(_("price"))
    own_count = models.PositiveIntegerField(_("number of its own"), null=True, blank=True)
    count = models.PositiveIntegerField()
    currency = models.CharField(_("currency"), max_length=3)
    rate = models.ForeignKey(ExchangeRate, models.RESTRICT, null=True, blank=True, related_name="+")
    committed = money(_("committed"))
    invoiced = money(_("invoiced"))
    paid = money(_("paid"))
    said = models.DecimalField(
        _("forecast"), max_digits=16, decimal_places=3, null=True, blank=True
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    lacks_reason = models.BooleanField(default=False)
    asks = money(_("asks for"))
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


class LineFile(models.Model):
    """A paper of a budget line: a contract, an invoice. Whoever sees the money reads it."""

    class Kind(models.TextChoices):
        CONTRACT = "CONTRACT", _("contract")
        INVOICE = "INVOICE", _("invoice")
        OTHER = "OTHER", _("other paper")

    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CONTRACT)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file of a budget line")
        verbose_name_plural = _("files of budget lines")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["CONTRACT", "INVOICE", "OTHER"]),
                name="events_linefile_known_kind",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.line_id}"
