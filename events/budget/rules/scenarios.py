"""What the same kickoff would cost with other heads, other days, at another place, or at none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from events.budget.rules.cost import Cost
from events.budget.rules.lines import FACTORS, NOTHING, Drivers, count_of

# Categories that nobody pays for who stays at home, and those whose price is that of the place
OF_BEING_THERE = frozenset({"ROOMS", "FOOD", "VENUE", "TRAVEL", "EVENINGS"})
OF_THE_PLACE = frozenset({"ROOMS", "FOOD", "VENUE"})


@dataclass(frozen=True, slots=True)
class Priced:
    """A line as it stands, in the budget's currency; `count` is how many times its price is paid."""

    category: str
    basis: str
    price: Decimal
    count: int
    forecast: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """
    What is different: so many heads and days more, places dearer by a share, nobody travels, and
    the part of a day that takes people's time.
    """

    heads: int = 0
    days: int = 0
    dearer: Decimal = NOTHING
    is_virtual: bool = False
    day_part: Decimal = Decimal(1)


def changed(drivers: Drivers, change: Change) -> Drivers:
    """The drivers under a change: a day more is a night more."""
    return replace(
        drivers,
        heads=max(drivers.heads + change.heads, 0),
        days=max(drivers.days + change.days, 0),
        nights=max(drivers.nights + change.days, 0),
    )


def hard_cost(lines: Iterable[Priced], drivers: Drivers, change: Change) -> Decimal:
    """
    The forecast of all lines under a change: each in proportion to what its price is paid for. A
    line that says its own number moves in the same proportion: 139 flights for 160 heads.
    """
    now = changed(drivers, change)
    cost = NOTHING
    for line in lines:
        if change.is_virtual and line.category in OF_BEING_THERE:
            continue
        was, will = count_of(line.basis, drivers), count_of(line.basis, now)
        amount = line.forecast
        if FACTORS[line.basis] and will != was:
            amount = amount * will / was if was else line.price * will
        if line.category in OF_THE_PLACE:
            amount *= 1 + change.dearer
        cost += amount
    return cost


def cost_of(
    lines: Iterable[Priced], drivers: Drivers, change: Change, planned: Cost, days: Decimal
) -> Cost:
    """Hard cost and time under a change; `days` are those that the time of `planned` is of."""
    now = changed(drivers, change)
    time = planned.time * change.day_part
    if days:
        time = time * max(days + change.days, NOTHING) / days
    if drivers.heads:
        time = time * now.heads / drivers.heads
    return Cost(hard_cost(lines, drivers, change), time, now.heads, planned.reps)
