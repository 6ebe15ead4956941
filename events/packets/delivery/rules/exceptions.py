"""What is out of the ordinary in a packet, beside last year's and beside the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from events.packets.delivery.rules.cells import Figures
from events.packets.delivery.rules.content import Content

# Quota and variable
Pair = tuple[Decimal, Decimal]
QUOTA_MOVED, VARIABLE_MOVED, OFF_PLAN, SHORT_NOTICE = "quota", "variable", "plan", "notice"
MOST_QUOTA, MOST_VARIABLE = Decimal("0.15"), Decimal("0.10")
NOTICE = timedelta(days=30)  # a plan is in the hands of its rep this long before it starts


def exceptions_of(content: Content, last: Pair | None, plan: Pair | None, day: date) -> list[str]:
    """The kinds of exception that a packet is on a day; without last year or plan, none of those."""
    return list(_found(content, last, plan, day))


def kinds_for(rows: Sequence[Figures]) -> list[str]:
    """The kinds that a round can tell of: without last year, or without a plan, not all."""
    kinds = []
    if any(row.last is not None for row in rows):
        kinds += [QUOTA_MOVED, VARIABLE_MOVED]
    if any(row.plan is not None for row in rows):
        kinds.append(OFF_PLAN)
    return [*kinds, SHORT_NOTICE]


def _found(content: Content, last: Pair | None, plan: Pair | None, day: date) -> Iterator[str]:
    now = (content.quota.amount, content.comp.target_variable)
    if last is not None:
        if _moved(last[0], now[0]) > MOST_QUOTA:
            yield QUOTA_MOVED
        if _moved(last[1], now[1]) > MOST_VARIABLE:
            yield VARIABLE_MOVED
    if plan is not None and plan != now:
        yield OFF_PLAN
    if content.effective_from - day < NOTICE:
        yield SHORT_NOTICE


def _moved(then: Decimal, now: Decimal) -> Decimal:
    """By what share something moved, either way; from nothing to anything is all of it."""
    if not then:
        return Decimal(bool(now))
    return abs(now / then - 1)
