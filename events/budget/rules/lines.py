"""
What the lines of a budget come to: how many of what a price is paid for, four amounts that are kept
apart, what it all costs at completion. Exact: nothing is rounded before it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drivers:
    """What prices are multiplied by: guests, their nights, rooms that sessions are in, days."""

    heads: int = 0
    nights: int = 0
    rooms: int = 0
    days: int = 0


# The drivers whose product a price is paid for
FACTORS: Mapping[str, tuple[str, ...]] = {
    "EVENT": (),
    "HEAD": ("heads",),
    "HEAD_NIGHT": ("heads", "nights"),
    "HEAD_DAY": ("heads", "days"),
    "ROOM": ("rooms",),
    "ROOM_DAY": ("rooms", "days"),
    "DAY": ("days",),
}


def count_of(basis: str, drivers: Drivers, own_count: int | None = None) -> int:
    """How many times a price is paid. A line may say so itself: 139 flights, whatever the heads."""
    if own_count is not None:
        return own_count
    count = 1
    for name in FACTORS[basis]:
        count *= getattr(drivers, name)
    return count


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """
    What is planned, committed by a contract, invoiced and paid, in one currency; each includes the
    one after it. `forecast` is what somebody expects it to cost, None where nobody says otherwise.
    """

    planned: Decimal = NOTHING
    committed: Decimal = NOTHING
    invoiced: Decimal = NOTHING
    paid: Decimal = NOTHING
    said: Decimal | None = None

    @property
    def bound(self) -> Decimal:
        """What is owed already."""
        return max(self.committed, self.invoiced, self.paid)

    @property
    def forecast(self) -> Decimal:
        """Cost at completion: what somebody says, else the plan; never less than what is owed."""
        return max(self.planned if self.said is None else self.said, self.bound)

    @property
    def over(self) -> Decimal:
        """How far the forecast is above the plan; negative where it is below."""
        return self.forecast - self.planned

    @property
    def over_share(self) -> Decimal:
        """The same as a share of the plan; all of it where nothing was planned."""
        if self.planned:
            return self.over / self.planned
        return Decimal(1) if self.over else NOTHING

    @property
    def parts(self) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        """The forecast in four: paid; invoiced and to pay; committed, no invoice; to commit."""
        invoiced = max(self.invoiced, self.paid)
        return self.paid, invoiced - self.paid, self.bound - invoiced, self.forecast - self.bound

    def converted(self, rate: Rate | None) -> Amounts:
        """In the currency of the budget."""
        if rate is None:
            return self
        return Amounts(
            **{
                one.name: rate.converted(value)
                for one in fields(self)
                if (value := getattr(self, one.name)) is not None
            }
        )


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency is in the budget's: `times` it, or one `of` so many."""

    times: Decimal = Decimal(1)
    of: Decimal = Decimal(1)

    def converted(self, amount: Decimal) -> Decimal:
        """An amount in the budget's currency, not rounded."""
        return amount * self.times / self.of


def total(every: Iterable[Amounts]) -> Amounts:
    """Sums over lines, each of the one currency. The forecast is the sum of theirs."""
    lines = list(every)
    return Amounts(
        planned=sum((one.planned for one in lines), NOTHING),
        committed=sum((one.committed for one in lines), NOTHING),
        invoiced=sum((one.invoiced for one in lines), NOTHING),
        paid=sum((one.paid for one in lines), NOTHING),
        said=sum((one.forecast for one in lines), NOTHING),
    )


def asked_for(before: Amounts | None, now: Amounts) -> Decimal:
    """What somebody has to approve: the most that one of the amounts, or the forecast, grows by."""
    was = before or Amounts()
    grown: list[Decimal] = [
        getattr(now, name) - getattr(was, name)
        for name in ("planned", "committed", "invoiced", "paid", "forecast")
    ]
    return max(NOTHING, *grown)


@dataclass(frozen=True, slots=True)
class Contingency:
    """What is set aside outside the plan, and what is left of it at today's forecast."""

    aside: Decimal
    used: Decimal

    @property
    def left(self) -> Decimal:
        return self.aside - self.used


def contingency_of(amounts: Amounts, share: Decimal) -> Contingency:
    """A share of the plan; a forecast over plan uses it, one under plan adds nothing."""
    return Contingency(amounts.planned * share, max(amounts.over, NOTHING))


def whole(amount: Decimal) -> Decimal:
    """Rounded once, half up, to be shown."""
    return amount.quantize(Decimal(1), ROUND_HALF_UP)
