"""Reads of a budget, for its pages and for what waits."""

from events.budget.queries.board import (
    Board,
    Group,
    Row,
    board_of,
    budget_of,
    limits_of,
    lines_of,
    rates_of,
)
from events.budget.queries.people import possible_owners, suggested_drivers
from events.budget.queries.readiness import check_readiness

__all__ = [
    "Board",
    "Group",
    "Row",
    "board_of",
    "budget_of",
    "check_readiness",
    "limits_of",
    "lines_of",
    "possible_owners",
    "rates_of",
    "suggested_drivers",
]
