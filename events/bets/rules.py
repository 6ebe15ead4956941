"""How far a bet is on its way, in plain values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

FEW = 3  # bets that a kickoff carries; one more needs a reason
MOST = 6
PLAN_DAYS = 90  # after the last day, for which an action plan runs


def way(baseline: Decimal | None, target: Decimal | None, value: Decimal | None) -> int | None:
    """
    How much of the way from the baseline to the target is gone, in whole percent from 0 to 100;
    None where one of them is not known or there is no way to go. A target may lie below.
    """
    if baseline is None or target is None or value is None or baseline == target:
        return None
    part = (value - baseline) / (target - baseline)
    return int(max(Decimal(0), min(Decimal(1), part)) * 100)


def first_of_month(day: date) -> date:
    """The day under which a month is kept."""
    return day.replace(day=1)
