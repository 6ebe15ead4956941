"""What a budget taught: its variance, and the reasons of the lines that were furthest over."""

from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from core.ui.figures import money, percent
from events.budget.models import BudgetLine
from events.budget.queries.board import Row
from events.budget.rules.lines import Amounts, total
from events.kickoff.hooks import Learned
from events.kickoff.models import Kickoff

NAMED = 5


def variance_learned(kickoff: Kickoff, at: datetime) -> Learned | None:
    """The variance of all lines, and of the five furthest over their plan why. One query."""
    lines = BudgetLine.objects.filter(budget__kickoff=kickoff, current__isnull=False)
    rows = [
        Row(line, line.current.worth)
        for line in lines.select_related("budget", "current__rate")
        if line.current
    ]
    every = total(row.amounts for row in rows)
    if not every.planned:
        return None
    currency = rows[0].line.budget.currency
    over = sorted((row for row in rows if row.amounts.over > 0), key=_how_far)
    says = [_total(every, currency), *(_said(row, currency) for row in over[:NAMED])]
    return Learned(_("Budget"), says, reverse("events:budget:page", args=[kickoff.slug]))


def _how_far(row: Row) -> tuple[Decimal, int]:
    return -row.amounts.over, row.line.pk


def _total(amounts: Amounts, currency: str) -> str:
    words = {
        "forecast": money(amounts.forecast, currency),
        "planned": money(amounts.planned, currency),
        "share": percent(abs(amounts.over_share)),
    }
    if amounts.over > 0:
        return _("It came to %(forecast)s, %(share)s over the plan of %(planned)s.") % words
    if amounts.over < 0:
        return _("It came to %(forecast)s, %(share)s under the plan of %(planned)s.") % words
    return _("It came to the plan of %(planned)s.") % words


def _said(row: Row, currency: str) -> str:
    reason = row.current.reason if row.current else ""
    words = {"line": row.line.name, "over": money(row.amounts.over, currency), "why": reason}
    if not reason:
        return _("“%(line)s” was %(over)s over; nobody said why.") % words
    return _("“%(line)s” was %(over)s over: %(why)s") % words
