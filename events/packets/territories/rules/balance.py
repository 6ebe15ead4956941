"""
How even territories are: each against the mean of all.

Thresholds: 20% of the mean, and 1.5 standard deviations (of the population, since every territory
is counted) from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

EVEN_WITHIN = Decimal("0.20")
OUTLIER_BEYOND = Decimal("1.5")
_Money = Mapping[str, Decimal]


@dataclass(frozen=True)
class Load:
    """What one account, or one territory, weighs. Amounts are by currency and never added up."""

    accounts: int = 0
    open_deals: int = 0
    pipeline: _Money = field(default_factory=dict)
    won_deals: int = 0
    won: _Money = field(default_factory=dict)

    def __add__(self, other: Load) -> Load:
        return total([self, other])

    @property
    def currencies(self) -> frozenset[str]:
        return frozenset(self.pipeline) | frozenset(self.won)


def total(loads: Sequence[Load]) -> Load:
    """All of them together, each currency for itself."""
    return Load(
        sum(load.accounts for load in loads),
        sum(load.open_deals for load in loads),
        _together([load.pipeline for load in loads]),
        sum(load.won_deals for load in loads),
        _together([load.won for load in loads]),
    )


@dataclass(frozen=True, slots=True)
class AgainstMean:
    """
    One figure against the mean: `share` is (figure − mean) ÷ mean, None where the mean is 0;
    `deviations` is (figure − mean) ÷ standard deviation, 0 where all are equal.
    """

    value: Decimal
    share: Decimal | None
    deviations: Decimal

    @property
    def is_uneven(self) -> bool:
        """More than 20% above or below the mean."""
        return self.share is not None and abs(self.share) > EVEN_WITHIN

    @property
    def is_outlier(self) -> bool:
        """More than 1.5 standard deviations from the mean."""
        return abs(self.deviations) > OUTLIER_BEYOND

    @property
    def is_above(self) -> bool:
        return self.deviations > 0


@dataclass(frozen=True)
class Balance:
    """All figures of one measure against their mean, in the order that was given."""

    mean: Decimal
    deviation: Decimal
    compared: Sequence[AgainstMean]

    @property
    def uneven(self) -> int:
        return sum(each.is_uneven for each in self.compared)

    @property
    def outliers(self) -> int:
        return sum(each.is_outlier for each in self.compared)


def weigh(values: Sequence[Decimal | int]) -> Balance:
    """Each value against mean and standard deviation; nothing at all weighs 0."""
    figures = [Decimal(value) for value in values]
    if not figures:
        return Balance(Decimal(0), Decimal(0), [])
    mean = sum(figures, Decimal(0)) / len(figures)
    variance = sum(((figure - mean) ** 2 for figure in figures), Decimal(0)) / len(figures)
    deviation = variance.sqrt()
    return Balance(
        mean,
        deviation,
        [
            AgainstMean(
                figure,
                (figure - mean) / mean if mean else None,
                (figure - mean) / deviation if deviation else Decimal(0),
            )
            for figure in figures
        ],
    )


def _together(several: Sequence[_Money]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for amounts in several:
        for code, amount in amounts.items():
            found[code] = found.get(code, Decimal(0)) + amount
    return found
