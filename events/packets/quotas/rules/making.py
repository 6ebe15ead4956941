"""
From the quota of a full year to what one person is held to: season, days there, ramp.

All of it is worked out in exact fractions and rounded once, half up, to the plan's steps or the
currency's decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

from events.packets.quotas.rules.quota import Origin, Period, Quota, months_later

Span = tuple[date, date]
RAMP_DIGITS = 4
CENT = Decimal("0.01")
_LARGE = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Ramp:
    """
    What a new hire is held to after joining: a share for each step of some months, then all of it.

    25, 50, 75 and 100% of 250,000 a quarter are 62,500, 125,000, 187,500 and 250,000.
    """

    months: int  # a step's length: 1 or 3
    shares: tuple[Decimal, ...]

    def over(self, span: Span, hired: date) -> Fraction:
        """The share over the days of a span from the hire on, averaged by days; from 0 to 1."""
        first, last = max(span[0], hired), span[1]
        total = (last - first).days + 1
        if total <= 0:
            return Fraction(1)
        counted, found = 0, Fraction(0)
        for step, share in enumerate(self.shares):
            opens = months_later(hired, self.months * step)
            closes = months_later(hired, self.months * (step + 1)) - timedelta(days=1)
            days = _overlap((first, last), (opens, closes))
            found += days * Fraction(share)
            counted += days
        return (found + (total - counted)) / total


@dataclass(frozen=True, slots=True)
class Year:
    """
    The plan year in its periods, each with its share of the season.

    :raises ValueError: there is not one share for each period, or all of them are zero
    """

    starts: date
    ends: date
    spans: tuple[Span, ...]
    shares: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        if len(self.spans) != len(self.shares) or sum(self.shares) <= 0:
            raise ValueError("Each period has a share, and not all of them are zero.")

    @property
    def days(self) -> int:
        return _days((self.starts, self.ends))

    def shares_of(self, shares: Sequence[Decimal]) -> Year:
        """The same periods with a season of somebody's own."""
        return Year(self.starts, self.ends, self.spans, tuple(shares))


def by_season(
    amount: Decimal, shares: Sequence[Decimal], unit: Decimal = Decimal(1)
) -> list[Decimal]:
    """
    An amount over periods by their shares, in whole units; the last share above zero takes the
    remainder, so that the parts add up to the amount.

    1,000,001 by four equal shares is three times 250,000, then 250,001.
    """
    total = Fraction(sum(shares))
    exact = [Fraction(amount) * Fraction(share) / total for share in shares]
    return _settled(amount, exact, unit)


def make_quota(
    full_year: Decimal,
    year: Year,
    *,
    hired: date | None = None,
    leaves: date | None = None,
    ramp: Ramp | None = None,
    unit: Decimal = CENT,
) -> Quota | None:
    """
    What somebody is held to: None if they are there on no day of the year.

    The full year is cut to the days there, by calendar days (1,200,000 from 1 April 2027, 275 of
    365 days, is 904,109.59), and laid over the periods by season and days there; a new hire's
    ramp cuts each period. The sum is rounded once, half up, to whole `unit`s: 904,000 by
    thousands, and never to nothing. Periods are whole units too, of one at least, and the last
    takes the remainder.
    """
    first = max(year.starts, hired or year.starts)
    last = min(year.ends, leaves or year.ends)
    days = _days((first, last))
    if days <= 0:
        return None
    weights = [
        Fraction(share) * _overlap(span, (first, last)) / _days(span)
        for span, share in zip(year.spans, year.shares, strict=True)
    ]
    if not sum(weights):  # there only in periods that the season leaves empty: by days, then
        weights = [Fraction(_overlap(span, (first, last))) for span in year.spans]
    ramped = [Fraction(1)] * len(weights)
    if ramp and hired and not _is_settled(hired, year, ramp):
        ramped = [
            ramp.over(span, hired) if weight else Fraction(1)
            for span, weight in zip(year.spans, weights, strict=True)
        ]
    a_weight = Fraction(full_year) * days / year.days / sum(weights)
    exact = [a_weight * weight * share for weight, share in zip(weights, ramped, strict=True)]
    whole = sum(exact, Fraction(0))
    total = to_step(whole, unit) or (unit if whole else Decimal(0))
    parts = _settled(total, exact, max(unit, Decimal(1)))
    is_ramped = any(share < 1 for share in ramped)
    return Quota(
        total,
        tuple(Period(*span, part) for span, part in zip(year.spans, parts, strict=True)),
        Origin(
            full_year=full_year,
            present_from=first,
            present_to=last,
            days=days,
            year_days=year.days,
            ramp=tuple(half_up(share, RAMP_DIGITS) for share in ramped) if is_ramped else (),
        ),
    )


def kept_share(
    year: Year, *, hired: date | None, leaves: date | None, ramp: Ramp | None
) -> Fraction:
    """What is left of a full year after days there and ramp, without rounding; from 0 to 1."""
    if (leaves is None or leaves >= year.ends) and (
        hired is None or _is_settled(hired, year, ramp)
    ):
        return Fraction(1)
    quota = make_quota(_LARGE, year, hired=hired, leaves=leaves, ramp=ramp)
    return Fraction(quota.amount) / Fraction(_LARGE) if quota else Fraction(0)


def half_up(value: Fraction, digits: int) -> Decimal:
    """A fraction of zero or more as a decimal, rounded half up."""
    return Decimal(floor(value * 10**digits + Fraction(1, 2))).scaleb(-digits)


def to_step(amount: Decimal | Fraction, step: Decimal) -> Decimal:
    """The nearest whole step, half up."""
    return floor(Fraction(amount) / Fraction(step) + Fraction(1, 2)) * step


def _is_settled(hired: date, year: Year, ramp: Ramp | None) -> bool:
    """Whether somebody was there from the first day of the year, with their ramp behind them."""
    ramped_until = months_later(hired, ramp.months * len(ramp.shares)) if ramp else hired
    return ramped_until <= year.starts


def _settled(total: Decimal, exact: Sequence[Fraction], unit: Decimal) -> list[Decimal]:
    """Whole units of each exact part; the last part above zero takes what remains of the total."""
    parts = [floor(part / Fraction(unit)) * unit for part in exact]
    taker = max((place for place, part in enumerate(exact) if part), default=len(parts) - 1)
    parts[taker] = total - (sum(parts, Decimal(0)) - parts[taker])
    return parts


def _days(span: Span) -> int:
    return (span[1] - span[0]).days + 1


def _overlap(one: Span, other: Span) -> int:
    return max(_days((max(one[0], other[0]), min(one[1], other[1]))), 0)
