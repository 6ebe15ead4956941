"""Reads of quotas. Whoever calls them sees figures: RevOps, and who makes packets."""

from events.packets.quotas.queries.board import (
    Board,
    Row,
    board_of,
    first_line,
    levels_of,
    plan_of,
    rates_of,
    won_totals,
)
from events.packets.quotas.queries.offers import newcomers_of, offer_of, quotas_of
from events.packets.quotas.queries.pay import currencies_of_pay, full_years_of, mismatch_of
from events.packets.quotas.queries.reporting import reporting_of
