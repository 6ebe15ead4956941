"""
A person's quota and its periods.

Nothing here has a `repr` with figures, so that no log or error page shows any.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

QUARTER_MONTHS = 3
YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True, repr=False)
class Period:
    """A part of the plan year and its share of the quota; both dates are included."""

    starts: date
    ends: date
    amount: Decimal


@dataclass(frozen=True, slots=True, repr=False)
class Origin:
    """
    How a quota came out of that of a full year: the days that somebody is there, and their ramp.

    `ramp` has a share for each period, from 0 to 1; it is empty where nothing is ramped.
    """

    full_year: Decimal
    present_from: date
    present_to: date
    days: int
    year_days: int
    ramp: tuple[Decimal, ...] = ()

    @property
    def is_prorated(self) -> bool:
        return self.days < self.year_days

    @property
    def is_ramped(self) -> bool:
        return any(share < 1 for share in self.ramp)


@dataclass(frozen=True, slots=True, repr=False)
class Quota:
    """
    The year's quota and its periods.

    `origin` explains the amount and is no part of what is promised: two quotas of equal periods
    are equal.

    :raises ValueError: the periods do not add up to the amount
    """

    amount: Decimal
    periods: tuple[Period, ...]
    origin: Origin | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if sum((period.amount for period in self.periods), Decimal(0)) != self.amount:
            raise ValueError("The periods of a quota add up to it.")


@dataclass(frozen=True, slots=True, repr=False)
class QuotaOffer:
    """
    One person's quota in their own currency; `share` is the part of the year that they are there.

    `rule` is the job title of the rule that gave it, and empty for whoever is in the cascade.
    """

    quota: Quota
    currency: str
    share: Decimal
    rule: str = ""


def quarters(starts: date, ends: date) -> list[tuple[date, date]]:
    """The plan year in steps of three months from its first day; the last may be shorter."""
    return spans(starts, ends, QUARTER_MONTHS)


def spans(starts: date, ends: date, months: int) -> list[tuple[date, date]]:
    """The plan year in steps of some months from its first day; the last may be shorter."""
    found = []
    start, step = starts, 1
    while start <= ends:
        following = months_later(starts, months * step)
        found.append((start, min(following - timedelta(days=1), ends)))
        start, step = following, step + 1
    return found


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the first of the month after if there is none."""
    year, month = divmod(day.month - 1 + months, YEAR_MONTHS)
    try:
        return day.replace(year=day.year + year, month=month + 1)
    except ValueError:
        year, month = divmod(day.month + months, YEAR_MONTHS)
        return date(day.year + year, month + 1, 1)


def year_from(starts: date) -> date:
    """The last day of a plan year that begins on this day."""
    return months_later(starts, YEAR_MONTHS) - timedelta(days=1)


def split_evenly(amount: Decimal, parts: int, step: Decimal = Decimal(1)) -> list[Decimal]:
    """
    Split into equal parts of whole steps; what remains goes to the last.

    1,000,001 in four is three times 250,000, then 250,001.
    """
    each = (amount / parts // step) * step
    return [each] * (parts - 1) + [amount - each * (parts - 1)]


def spread(amount: Decimal, starts: date, ends: date) -> Quota:
    """A quota over its quarters, evenly."""
    found = quarters(starts, ends)
    parts = split_evenly(amount, len(found))
    return Quota(
        amount, tuple(Period(*span, part) for span, part in zip(found, parts, strict=True))
    )
