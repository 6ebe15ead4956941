"""What somebody should look at in a cascade, at each manager and in total."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

MOST = Decimal("0.25")
_EXACT = Decimal("0.000001")


class Flag(StrEnum):
    """
    FINE: from nothing up to 25% over. OVER: above 25%. UNDER: the team is given less than its
    manager; with a reason, such as unfilled headcount, it is EXPLAINED. MISSING: no quota yet.
    """

    FINE = "FINE"
    OVER = "OVER"
    UNDER = "UNDER"
    EXPLAINED = "EXPLAINED"
    MISSING = "MISSING"


NEEDS_SOMEBODY = frozenset({Flag.OVER, Flag.UNDER, Flag.MISSING})


def flag_over(over: Decimal | None, *, has_reason: bool = False) -> Flag:
    """Judge one over-assignment; None is one without an amount above it."""
    if over is None:
        return Flag.MISSING
    if over < -_EXACT:
        return Flag.EXPLAINED if has_reason else Flag.UNDER
    return Flag.OVER if over > MOST + _EXACT else Flag.FINE


def flag_rep(amount: Decimal | None) -> Flag:
    """A rep has a quota above zero, or is missing one."""
    return Flag.FINE if amount else Flag.MISSING
