"""The lines of a past budget, for a kickoff that is ahead."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.budget.actions.lines import Figures, Words, add_line
from events.budget.actions.settings import Settings, begin_budget
from events.budget.models import Budget, BudgetLine, Revision
from events.budget.queries import budget_of, rates_of, suggested_drivers
from events.budget.queries.board import newest_rates
from events.kickoff.hooks import Copied
from events.kickoff.models import Kickoff
from events.rates.models import ExchangeRate
from people.accounts.models import Person


def copy_budget(source: Kickoff, target: Kickoff, by: Person, at: datetime) -> Copied | None:
    """
    Copy what was planned, line by line; what was committed, invoiced and paid is the past. A price
    in a currency that has no rate here is left out, and its line has none.
    """
    before = budget_of(source)
    lines = list(before.lines.select_related("current")) if before else []
    if before is None or not lines:
        return None
    if BudgetLine.objects.filter(budget__kickoff=target).exists():
        return Copied(_("Budget"), is_held=True)
    found = suggested_drivers(target, at)
    settings = Settings(
        heads=found["heads"],
        reps=found["reps"],
        nights=found["nights"],
        rooms=found["rooms"],
        contingency=before.contingency,
        asks_above=before.asks_above,
    )
    budget = begin_budget(kickoff=target, settings=settings, by=by, at=at)
    rates = newest_rates(rates_of(budget), budget.currency)
    priceless = 0
    for line in lines:
        figures = _figures(line, budget, rates)
        had_price = line.current is not None and line.current.price > 0
        priceless += had_price and not figures.price
        words = Words(category=line.category, name=line.name, note=line.note)
        add_line(budget=budget, words=words, figures=figures, by=by, at=at)
    count = len(lines)
    says = [ngettext("%(count)d line as planned", "%(count)d lines as planned", count)]
    says = [said % {"count": count} for said in says]
    if priceless:
        said = ngettext(
            "%(count)d of them has no price: there is no rate for its currency here",
            "%(count)d of them have no price: there is no rate for their currency here",
            priceless,
        )
        says.append(said % {"count": priceless})
    waiting = Revision.objects.waiting().filter(line__budget=budget).count()
    if waiting:
        said = ngettext("%(count)d waits for approval", "%(count)d wait for approval", waiting)
        says.append(said % {"count": waiting})
    return Copied(_("Budget"), says)


def _figures(line: BudgetLine, budget: Budget, rates: dict[str, ExchangeRate]) -> Figures:
    stands = line.current
    if stands is None:
        return Figures(basis="EVENT", price=Decimal(0), currency=budget.currency)
    rate = rates.get(stands.currency)
    if stands.currency != budget.currency and rate is None:
        return Figures(
            basis=stands.basis,
            price=Decimal(0),
            currency=budget.currency,
            own_count=stands.own_count,
        )
    return Figures(
        basis=stands.basis,
        price=stands.price,
        currency=stands.currency,
        own_count=stands.own_count,
        rate=rate if stands.currency != budget.currency else None,
    )
