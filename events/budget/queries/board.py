"""A budget as its page shows it: all lines by category, what waits, what is left of contingency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet

from events.budget.models import Budget, BudgetLine, BudgetOwner, Category, Revision
from events.budget.rules.limits import Limits
from events.budget.rules.lines import Amounts, Contingency, Rate, contingency_of, total
from events.kickoff.models import Kickoff
from events.rates.models import ExchangeRate

_NONE = Amounts()


@dataclass(frozen=True, slots=True)
class Row:
    """A line with what stands of it, in the budget's currency, and with what waits."""

    line: BudgetLine
    amounts: Amounts
    waits: Revision | None = None

    @property
    def current(self) -> Revision | None:
        return self.line.current


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one category."""

    category: Category
    rows: Sequence[Row]

    @property
    def amounts(self) -> Amounts:
        return total(row.amounts for row in self.rows)


@dataclass(frozen=True)
class Board:
    """A budget with all of its lines."""

    budget: Budget
    groups: Sequence[Group]
    rates: Sequence[ExchangeRate] = field(default=())

    @cached_property
    def owners(self) -> list[BudgetOwner]:
        """Who may approve what is spent. One query."""
        return list(self.budget.owners.select_related("person"))

    @cached_property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @cached_property
    def total(self) -> Amounts:
        """Of all lines; the contingency is outside of it."""
        return total(row.amounts for row in self.rows)

    @cached_property
    def contingency(self) -> Contingency:
        return contingency_of(self.total, self.budget.contingency)

    @property
    def at_most(self) -> Decimal:
        """Plan and contingency."""
        return self.total.planned + self.contingency.aside

    @property
    def waiting(self) -> list[Row]:
        """Lines of which a revision waits, those that wait longest first."""
        rows = [(row.waits.made_at, row.line.pk, row) for row in self.rows if row.waits]
        return [row for *_order, row in sorted(rows, key=lambda one: one[:2])]

    @property
    def limits(self) -> Limits:
        return Limits({owner.person_id: owner.limit for owner in self.owners})

    @property
    def cause(self) -> Group | None:
        """The category that is furthest over its plan, if one is."""
        most = max(self.groups, key=lambda group: group.amounts.over, default=None)
        return most if most and most.amounts.over > 0 else None


def budget_of(kickoff: Kickoff) -> Budget | None:
    """A kickoff's budget, None where nobody began one. One query."""
    budget = Budget.objects.filter(kickoff=kickoff).first()
    if budget:
        budget.kickoff = kickoff
    return budget


def board_of(budget: Budget) -> Board:
    """Three queries, however many lines there are."""
    lines = budget.lines.select_related("current__rate", "current__made_by")
    waiting = {
        one.line_id: one
        for one in Revision.objects.waiting()
        .filter(line__budget=budget)
        .select_related("rate", "made_by")
    }
    rows: dict[str, list[Row]] = {}
    for line in lines:
        line.budget = budget
        amounts = line.current.worth if line.current else _NONE
        rows.setdefault(line.category, []).append(Row(line, amounts, waiting.get(line.pk)))
    return Board(
        budget=budget,
        groups=[Group(one, rows[one]) for one in Category if one in rows],
        rates=rates_of(budget),
    )


def lines_of(kickoff: Kickoff) -> QuerySet[BudgetLine]:
    """The lines of a kickoff's budget with what stands of them, each with whether a revision `waits`."""
    waiting = Revision.objects.waiting().filter(line=OuterRef("pk"))
    lines = BudgetLine.objects.filter(budget__kickoff=kickoff)
    return lines.select_related("budget", "current__rate").annotate(waits=Exists(waiting))


def rates_of(budget: Budget) -> list[ExchangeRate]:
    """Rates between the budget's currency and others, the newest first. One query."""
    noted = ExchangeRate.objects.filter(kickoff=budget.kickoff)
    return list(noted.filter(base=budget.currency) | noted.filter(currency=budget.currency))


def newest_rates(rates: Sequence[ExchangeRate], own: str) -> dict[str, ExchangeRate]:
    """The newest rate of each other currency."""
    found: dict[str, ExchangeRate] = {}
    for rate in rates:
        found.setdefault(rate.base if rate.currency == own else rate.currency, rate)
    return found


def worth_of_one(rate: ExchangeRate, own: str) -> tuple[str, Decimal]:
    """The other currency of a rate, and what one unit of it is worth in a budget's own."""
    if rate.currency == own:
        return rate.base, rate.bought
    return rate.currency, Rate(of=rate.bought).converted(Decimal(1))


def limits_of(budget: Budget) -> Limits:
    """What the budget's owners may approve. One query."""
    return Limits(dict(budget.owners.order_by().values_list("person_id", "limit")))
