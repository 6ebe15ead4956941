"""Who is credited: splits of one amount, and what is taken back of a cancelled deal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext

from django.views.decorators.debug import sensitive_variables

from events.packets.comp.rules.comp import Spif
from events.packets.comp.rules.payout import EXACT

ZERO = Decimal(0)


@sensitive_variables()
def split(amount: Decimal, shares: Sequence[Decimal], *, digits: int = 2) -> list[Decimal]:
    """
    Part an amount of zero or more by shares of it, which may overlap: overlay specialists are
    credited beside the others, so that shares of 140% credit 1.4 times the amount. The parts add up
    to that exactly, rounded half up.

    Each part is rounded down to the currency's unit, and the units that are left go one each to
    the parts that lost most by it; of equal losses the earlier part comes first (largest remainder).

    :raises ValueError: the shares are negative or add up to less than 1, or the amount is negative
        or has more decimals than `digits`
    """
    unit = Decimal(1).scaleb(-digits)
    if amount < 0 or amount != amount.quantize(unit):
        raise ValueError("An amount to be split is zero or more, in whole units of its currency.")
    if any(share < 0 for share in shares) or sum(shares, ZERO) < 1:
        raise ValueError("The shares of a split add up to 1 or more.")
    with localcontext(EXACT):
        exact = [amount * share for share in shares]
        parts = [part.quantize(unit, ROUND_FLOOR) for part in exact]
        whole = (amount * sum(shares, ZERO)).quantize(unit, ROUND_HALF_UP)
        left = int((whole - sum(parts, ZERO)) / unit)
        lost = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
        for place in lost[:left]:
            parts[place] += unit
    return parts


@sensitive_variables()
def clawback(paid: Decimal, *, months: int, cancelled_in: int, digits: int = 2) -> Decimal:
    """
    What is taken back of the pay for a deal of so many months, cancelled in one of them.

    The month of cancelling counts as delivered: 6,000 cancelled in month 4 of 12 is 8/12, 4,000.
    From the last month on nothing is taken back. Rounded once, half up.

    :raises ValueError: there is no month, or it is counted from 0
    """
    if months < 1 or cancelled_in < 1:
        raise ValueError("Months are counted from 1.")
    with localcontext(EXACT):
        left = max(months - cancelled_in, 0)
        return (paid * left / months).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


@sensitive_variables()
def spif_earned(spif: Spif, days: Sequence[date]) -> Decimal:
    """What a SPIF pays for things done on these days: its amount for each within its dates."""
    return spif.amount * sum(spif.starts <= day <= spif.ends for day in days)
