"""
Claim a due row, act on it, record what came of it: three steps, and no transaction around them.

A worker that dies between claim and record leaves a row that is stuck: a person sees it, and
nothing sends it again by itself.
"""

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, TypeVar

from django.db.models import F, QuerySet

from core.due import leases
from core.due.models import ERROR_LENGTH, DueRow, LeasedRow
from core.due.rules import MAX_TRIES, backoff_seconds

LEASE = timedelta(minutes=10)
_CHUNK = 100
_JITTER = 0.25

Row = TypeVar("Row", bound=LeasedRow)


def claim(queryset: QuerySet[Row, Any], pk: int, at: datetime, lease: timedelta = LEASE) -> bool:
    """Take one due row under a lease (`core.due.leases`); return whether this call got it."""
    due = queryset.filter(state=DueRow.State.WAITING, due_at__lte=at)
    return leases.take(due, pk, at + lease, state=DueRow.State.SENDING, tries=F("tries") + 1)


def claim_batch(
    queryset: QuerySet[Row, Any],
    at: datetime,
    limit: int,
    lease: timedelta = LEASE,
    seconds: float | None = None,
) -> Iterator[Row]:
    """
    Yield up to `limit` due rows, oldest first, each claimed just before it is yielded.

    What another worker takes in between is left out. Ends early after `seconds`: the rest waits
    for the next tick. Leases run from the moment of the claim, not from the start of the batch.
    """
    started = monotonic()
    waiting = queryset.filter(state=DueRow.State.WAITING, due_at__lte=at)
    pks = list(waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:limit])
    for start in range(0, len(pks), _CHUNK):
        chunk = pks[start : start + _CHUNK]
        rows = queryset.in_bulk(chunk)
        for pk in chunk:
            spent = monotonic() - started
            if seconds is not None and spent > seconds:
                return
            row = rows.get(pk)
            if row is None or not claim(queryset, pk, at, lease + timedelta(seconds=spent)):
                continue
            row.state = DueRow.State.SENDING
            row.tries += 1
            yield row


def record_sent(queryset: QuerySet[Row, Any], pk: int, at: datetime, **changes: Any) -> bool:
    """Record that a claimed row went out; return whether it was still claimed."""
    return _record(queryset, pk, state=DueRow.State.SENT, sent_at=at, last_error="", **changes)


def record_skipped(queryset: QuerySet[Row, Any], pk: int, reason: str, **changes: Any) -> bool:
    """Record that a claimed row is not to go out any more, and why."""
    return _record(
        queryset, pk, state=DueRow.State.SKIPPED, last_error=reason[:ERROR_LENGTH], **changes
    )


def record_failure(
    queryset: QuerySet[Row, Any],
    row: Row,
    at: datetime,
    reason: str,
    *,
    jitter: float | None = None,
    changes_when_dead: Mapping[str, Any] | None = None,
) -> DueRow.State:
    """
    Give a claimed row back for a later try, or call it dead after the last one.

    Returns the state it is in now. `jitter` (0 to 1) is drawn when not given.
    """
    share = random.uniform(0, _JITTER) if jitter is None else jitter  # noqa: S311
    if row.tries >= MAX_TRIES:
        _record(
            queryset,
            row.pk,
            state=DueRow.State.DEAD,
            last_error=reason[:ERROR_LENGTH],
            **(changes_when_dead or {}),
        )
        return DueRow.State.DEAD
    later = at + timedelta(seconds=backoff_seconds(row.tries, share))
    _record(
        queryset,
        row.pk,
        state=DueRow.State.WAITING,
        due_at=later,
        last_error=reason[:ERROR_LENGTH],
    )
    return DueRow.State.WAITING


def _record(queryset: QuerySet[Row, Any], pk: int, **changes: Any) -> bool:
    return leases.give_back(queryset.filter(pk=pk, state=DueRow.State.SENDING), **changes)
