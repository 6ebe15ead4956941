"""Reads of quotas. Whoever calls them sees figures: RevOps, and who makes packets."""

from events.packets.quotas.queries.board import (
    Board,
    Member,
    Row,
    board_of,
    first_line,
    levels_of,
    plan_of,
    rates_of,
    won_totals,
)
from events.packets.quotas.queries.offers import (
    QuotaOffer,
    in_own_currency,
    newcomers_of,
    offer_of,
    quotas_of,
)
from events.packets.quotas.queries.pay import (
    Mismatch,
    currencies_of_pay,
    full_years_of,
    mismatch_of,
)

__all__ = [
    "Board",
    "Member",
    "Mismatch",
    "QuotaOffer",
    "Row",
    "board_of",
    "currencies_of_pay",
    "first_line",
    "full_years_of",
    "in_own_currency",
    "levels_of",
    "mismatch_of",
    "newcomers_of",
    "offer_of",
    "plan_of",
    "quotas_of",
    "rates_of",
    "won_totals",
]
