"""What a draw does to monthly pay: an advance, and how later earnings pay it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.views.decorators.debug import sensitive_variables

from events.packets.comp.rules.comp import Draw, DrawKind, Reconciled

ZERO = Decimal(0)
_MONTHS = {Reconciled.MONTHLY: 1, Reconciled.QUARTERLY: 3, Reconciled.YEARLY: 12}


@dataclass(frozen=True, slots=True, repr=False)
class Month:
    """
    One month: what was earned, what is paid, and the advance that is still to be paid back.

    `is_reconciled` where draws were set against earnings at the end of this month; before that
    the draw alone is paid.
    """

    earned: Decimal
    paid: Decimal
    balance: Decimal
    is_reconciled: bool


@sensitive_variables()
def pay_months(draw: Draw, earnings: Sequence[Decimal]) -> list[Month]:
    """
    Pay months in a row from the plan's first, each earning zero or more.

    A draw is paid each month while it runs. When it is reconciled, earnings beyond draw and
    balance are paid on top; what is short becomes balance if the draw is recoverable, and stays
    the rep's if it is not. Reconciled monthly that is: paid = max(draw, earnings − balance) and
    balance = balance + paid − earnings. After its last month a draw is nothing, each month is
    reconciled, and a balance is taken from earnings alone, never from salary.
    """
    recovers = draw.kind == DrawKind.RECOVERABLE
    balance, found = ZERO, []
    span_earned = span_drawn = ZERO
    for number, earned in enumerate(earnings, start=1):
        advance = draw.amount if number <= draw.months else ZERO
        span_earned += earned
        span_drawn += advance
        closes = _closes_span(draw, number)
        paid = advance
        if closes:
            paid += max(span_earned - span_drawn - balance, ZERO)
            if recovers:
                # Of the span: its draws and what came on top, against its earnings
                balance += span_drawn + (paid - advance) - span_earned
            span_earned = span_drawn = ZERO
        found.append(Month(earned, paid, balance, closes))
    return found


def _closes_span(draw: Draw, month: int) -> bool:
    """Whether draws are set against earnings at the end of this month, counted from 1."""
    return month >= draw.months or month % _MONTHS[draw.reconciled] == 0
