"""What a kickoff costs with everybody's time, and what its return is reckoned from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Q, Sum

from core.minute import for_a_minute
from events.budget.models import Budget, DayRate, Revision, Scenario
from events.budget.queries.board import Board, newest_rates, worth_of_one
from events.budget.rules.cost import BENCHMARK_CURRENCY, Cost, Time, time_cost
from events.budget.rules.returns import Deals, Model
from events.budget.rules.scenarios import Change, Priced
from events.deals.models import Opportunity

YEAR = timedelta(days=364)  # between the first and the last day of twelve months


@dataclass(frozen=True, slots=True)
class DealYear:
    """Twelve months of decided deals in a budget's currency, and currencies without a rate."""

    deals: Deals
    since: date
    until: date
    left_out: Sequence[str]


def cost_of_plan(board: Board, rates: Sequence[DayRate], *, planned: bool = False) -> Cost:
    """The kickoff's cost at today's forecast, or as planned."""
    budget = board.budget
    hard = board.total.planned if planned else board.total.forecast
    roles = [Time(one.heads, Decimal(one.rate)) for one in rates]
    return Cost(hard, time_cost(roles, budget.days_of_time), budget.heads, budget.reps)


def day_rates_of(budget: Budget) -> list[DayRate]:
    """What a day of each role costs. One query."""
    return list(budget.day_rates.all())


def priced_lines(board: Board) -> list[Priced]:
    """The lines that stand, in the budget's currency."""
    return [
        Priced(
            row.line.category,
            row.current.basis,
            _own_price(row.current),
            row.current.count,
            row.amounts.forecast,
        )
        for row in board.rows
        if row.current
    ]


def worth_of_benchmarks(board: Board) -> Decimal | None:
    """What a dollar of the published figures is in the budget's currency; None without a rate."""
    own = board.budget.currency
    if own == BENCHMARK_CURRENCY:
        return Decimal(1)
    rate = newest_rates(board.rates, own).get(BENCHMARK_CURRENCY)
    return worth_of_one(rate, own)[1] if rate else None


def deal_year_of(board: Board) -> DealYear | None:
    """
    The twelve months up to the deal that was closed last, None where none was. Two queries,
    once a minute.

    Deals in another currency count at the newest rate that was noted.
    """
    found = _decided()
    if found is None:
        return None
    until, rows = found
    own = board.budget.currency
    newest = newest_rates(board.rates, own)
    won_count = lost_count = timed = 0
    worth, days, left_out = Decimal(0), Decimal(0), []
    for row in rows:
        code = row["currency"]
        if code != own and code not in newest:
            left_out.append(code)
            continue
        one = Decimal(1) if code == own else worth_of_one(newest[code], own)[1]
        won_count, lost_count = won_count + row["won"], lost_count + row["lost"]
        worth += (row["worth"] or Decimal(0)) * one
        timed += row["timed"]
        days += (row["took"] or timedelta()).days
    deals = Deals(won_count, lost_count, worth, days / timed if timed else None)
    return DealYear(deals, until - YEAR, until, sorted(left_out))


@for_a_minute
def _decided() -> tuple[date, list[dict[str, Any]]] | None:
    """The day on which a deal was closed last, and sums of the year up to it by currency."""
    decided = Opportunity.objects.filter(
        stage__in=[Opportunity.Stage.WON, Opportunity.Stage.LOST]
    ).order_by()
    until = decided.aggregate(last=Max("close_date"))["last"]
    if until is None:
        return None
    took = ExpressionWrapper(F("close_date") - F("engage_date"), output_field=DurationField())
    won = Q(stage=Opportunity.Stage.WON)
    timed = won & Q(engage_date__isnull=False)
    # Any, since the sums are no fields of the model
    rows: Any = (
        decided.filter(close_date__gte=until - YEAR)
        .values("currency")
        .annotate(
            won=Count("pk", filter=won & Q(value__isnull=False)),
            lost=Count("pk", filter=~won),
            worth=Sum("value", filter=won),
            timed=Count("pk", filter=timed),
            took=Sum(took, filter=timed),
        )
    )
    return until, list(rows)


def model_of(budget: Budget, cost: Cost, deals: Deals) -> Model:
    """What the budget assumes, over some deals."""
    return Model(
        cost=cost.full,
        deals=deals,
        margin=budget.margin,
        lift=budget.lift,
        months=Decimal(budget.months),
    )


def scenarios_of(budget: Budget) -> list[Scenario]:
    """The three ways side by side; the usual three where nobody chose. One query."""
    return list(budget.scenarios.all())


def change_of(scenario: Scenario) -> Change:
    """What is different in a scenario."""
    return Change(
        heads=scenario.heads,
        days=scenario.days,
        dearer=scenario.dearer,
        is_virtual=scenario.is_virtual,
        day_part=scenario.day_part,
    )


def _own_price(revision: Revision) -> Decimal:
    rate = revision.conversion
    return rate.converted(revision.price) if rate else revision.price
