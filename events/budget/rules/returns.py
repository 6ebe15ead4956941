"""What has to get better to pay an event back, and what is left if something does. Not rounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil, floor

YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Deals:
    """Twelve months of deals that were decided, in one currency; `days` from engaged to closed."""

    won: int
    lost: int
    worth: Decimal
    days: Decimal | None = None

    @property
    def decided(self) -> int:
        return self.won + self.lost

    @property
    def win_rate(self) -> Decimal:
        return Decimal(self.won) / self.decided

    @property
    def size(self) -> Decimal:
        """The average deal that was won."""
        return self.worth / self.won


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """
    What is assumed: the full cost, last year's deals, gross margin as a share, by how much the win
    rate rises (0.01 is one point), and how many months that lasts.
    """

    cost: Decimal
    deals: Deals
    margin: Decimal
    lift: Decimal
    months: Decimal

    @property
    def is_told(self) -> bool:
        """Whether there is anything to reckon from."""
        return bool(self.deals.won and self.deals.worth and self.margin and self.months)

    @property
    def earned(self) -> Decimal:
        """Gross margin of one deal."""
        return self.deals.size * self.margin

    @property
    def part(self) -> Decimal:
        """The part of a year in which it lasts."""
        return self.months / YEAR_MONTHS

    @property
    def deals_needed(self) -> int:
        """How many more deals pay the cost back: a part of a deal is a whole one."""
        return ceil(self.cost / self.earned)

    @property
    def one_in(self) -> int:
        """One more deal in so many that are won anyway in that time."""
        needed = self.deals_needed
        return floor(self.deals.won * self.part / needed) if needed else 0

    @property
    def growth(self) -> Decimal:
        """The share by which won revenue has to grow: 0.02 is 2%."""
        return self.cost / (self.earned * self.deals.won * self.part)

    @property
    def win_rate_needed(self) -> Decimal:
        return self.deals.win_rate * (1 + self.growth)

    @property
    def size_needed(self) -> Decimal:
        return self.deals.size * (1 + self.growth)

    @property
    def days_fewer(self) -> Decimal | None:
        """How many days faster a deal has to be: in the same time, more of them are then decided."""
        if self.deals.days is None:
            return None
        return self.deals.days * self.growth / (1 + self.growth)

    def attainment_needed(self, attainment: Decimal) -> Decimal:
        """What attainment of quota has to become: it grows as won revenue does."""
        return attainment * (1 + self.growth)

    @property
    def gained(self) -> Decimal:
        """Gross margin of the deals that the lift wins."""
        return self.deals.decided * self.lift * self.part * self.earned

    @property
    def left(self) -> Decimal:
        """The expected return: what is gained, the full cost taken off."""
        return self.gained - self.cost

    def lift_needed(self, left: Decimal) -> Decimal:
        """Which lift leaves so much."""
        return (left + self.cost) / (self.deals.decided * self.part * self.earned)


@dataclass(frozen=True, slots=True)
class Swing:
    """What is left when one input alone moves to a worse and to a better value."""

    name: str
    low: Decimal  # the value that is worse
    high: Decimal
    worse: Decimal  # what is left then
    better: Decimal

    @property
    def width(self) -> Decimal:
        return self.better - self.worse


LIFT = (Decimal("0.3"), Decimal("1.8"))  # times what is expected
LASTS = (Decimal("4.8"), Decimal(12))  # months
SIZE = (Decimal("0.83"), Decimal("1.17"))  # times the average
MARGIN = Decimal("0.07")  # up and down
HARD = Decimal("0.1")  # up and down, as a share
HEADS = Decimal("0.125")  # up and down, as a share


def swings(
    model: Model, hard: Decimal, heads: tuple[int, Decimal, int, Decimal] | None = None
) -> list[Swing]:
    """
    The inputs by how far each moves the return, the widest first.

    `hard` is the hard cost within the model's; `heads` more guests with the full cost then, and
    fewer with theirs.
    """

    def with_deals(times: Decimal) -> Model:
        return replace(model, deals=replace(model.deals, worth=model.deals.worth * times))

    found = [
        _swing(
            "lift",
            *((model.lift * times, replace(model, lift=model.lift * times)) for times in LIFT),
        ),
        _swing("lasts", *((months, replace(model, months=months)) for months in LASTS)),
        _swing("size", *((model.deals.size * times, with_deals(times)) for times in SIZE)),
        _swing(
            "margin",
            *(
                (margin, replace(model, margin=margin))
                for margin in (
                    max(model.margin - MARGIN, Decimal(0)),
                    min(model.margin + MARGIN, Decimal(1)),
                )
            ),
        ),
        _swing(
            "hard",
            *(
                (hard * (1 + sign), replace(model, cost=model.cost + hard * sign))
                for sign in (HARD, -HARD)
            ),
        ),
    ]
    if heads:
        more, cost_more, fewer, cost_fewer = heads
        found.append(
            _swing(
                "heads",
                (Decimal(more), replace(model, cost=cost_more)),
                (Decimal(fewer), replace(model, cost=cost_fewer)),
            )
        )
    return sorted(found, key=lambda one: -one.width)


def _swing(name: str, low: tuple[Decimal, Model], high: tuple[Decimal, Model]) -> Swing:
    return Swing(name, low[0], high[0], low[1].left, high[1].left)


def axis(every: Sequence[Swing]) -> tuple[Decimal, Decimal]:
    """The least and the most that a picture of them shows: break-even always is in it."""
    return (
        min([Decimal(0), *(one.worse for one in every)]),
        max([Decimal(0), *(one.better for one in every)]),
    )
