"""
Leases: one worker at a time holds a row, and one that dies holds it no longer than that.

The row has a column `leased_until`. Which rows may be taken, and what else changes with it, is said
by whoever calls.
"""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def take(rows: QuerySet[Row, Any], pk: int, until: datetime, **changes: Any) -> bool:
    """
    Take one of these rows; return whether this call got it.

    One conditional UPDATE decides, so of many callers exactly one acts. Must be committed before
    the act, so call it outside any transaction. `rows` are filtered by columns of the row alone:
    Django updates what is joined by `pk IN (SELECT …)`, and then two would win.
    """
    return rows.filter(pk=pk).update(leased_until=until, **changes) == 1


def give_back(held: QuerySet[Row, Any], **changes: Any) -> bool:
    """Record what came of a row; return whether it was still `held`."""
    return held.update(leased_until=None, **changes) == 1
