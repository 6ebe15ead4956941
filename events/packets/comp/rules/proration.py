"""A share of a year by days: for hire, leave and transfer within a plan's dates."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal


def share_of_days(starts: date, ends: date, *, present_from: date, present_to: date) -> Decimal:
    """
    The part of a plan that somebody is there for, from 0 to 1; all four days are included.

    Hired on 1 April 2027 within the year 2027: 275 of 365 days.
    """
    first, last = max(starts, present_from), min(ends, present_to)
    days = max((last - first).days + 1, 0)
    return Decimal(days) / Decimal((ends - starts).days + 1)


def prorated(amount: Decimal, share: Decimal, *, digits: int = 2) -> Decimal:
    """An amount for a share of the year, rounded once, half up, to the currency's decimals."""
    return (amount * share).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
