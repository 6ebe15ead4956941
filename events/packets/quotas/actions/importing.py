"""Quotas from a file: all of its rows or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from core.imports import parsers
from core.keys import seen
from events.packets.quotas.actions.planning import BATCH, claim, scaled
from events.packets.quotas.models import QuotaNode, QuotaPlan
from events.packets.quotas.queries import rates_of
from events.packets.quotas.rules.figures import Figures
from events.packets.quotas.rules.files import QuotaRow
from events.packets.quotas.rules.making import Year, by_season
from people.accounts.models import Person
from people.activity.actions import record_entry


@dataclass(slots=True, repr=False)
class ImportPlan:
    """What a file would change: quotas of people who have none yet, and others."""

    new: list[QuotaNode] = field(default_factory=list)
    changed: list[QuotaNode] = field(default_factory=list)
    unchanged: int = 0

    @property
    def count(self) -> int:
        return len(self.new) + len(self.changed)


@sensitive_variables()
def plan_import(*, plan: QuotaPlan, rows: Sequence[QuotaRow]) -> ImportPlan:
    """What the rows of a file would change; nothing is written. Two queries."""
    rates = rates_of(plan)
    nodes = {node.person_id: node for node in plan.nodes.all()}
    year, found = plan.year, ImportPlan()
    for row in rows:
        node = nodes.get(row.person_id)
        before = node.read() if node else Figures()
        after = _figures(row, before, year, plan.period_unit)
        wanted = node or QuotaNode(plan=plan, person_id=row.person_id, version=0)
        old = (wanted.rate_id, wanted.is_pinned, wanted.is_ramped)
        if row.currency is not None:
            rate = rates.get(row.currency)
            wanted.rate_id = rate.pk if rate else None
        if row.by_hand is not None:
            wanted.is_pinned = row.by_hand
        elif after.amount != before.amount:
            wanted.is_pinned = True
        if row.ramped is not None:
            wanted.is_ramped = row.ramped
        same = after == before and old == (wanted.rate_id, wanted.is_pinned, wanted.is_ramped)
        if same:
            found.unchanged += 1
            continue
        wanted.write(after)
        (found.changed if node else found.new).append(wanted)
    return found


@transaction.atomic
@sensitive_variables()
def import_quotas(
    *, plan_id: int, rows: Sequence[QuotaRow], by: Person, at: datetime
) -> ImportPlan:
    """
    Take over the rows of a file; the same file again changes nothing.

    An amount that changes counts as set by hand, unless the file says otherwise.

    :raises QuotaRefused: the plan is locked
    """
    plan = claim(plan_id=plan_id, by=by, at=at)
    found = plan_import(plan=plan, rows=rows)
    for node in (*found.new, *found.changed):
        node.version += 1
        node.changed_at = at
    QuotaNode.objects.bulk_create(found.new, batch_size=BATCH)
    QuotaNode.objects.bulk_update(
        found.changed,
        ["sealed", "rate", "is_pinned", "is_ramped", "version", "changed_at"],
        batch_size=BATCH,
    )
    note = f"{found.count} changed, {found.unchanged} unchanged"
    record_entry(by=by, verb="quotas.imported", at=at, object=plan, note=note)
    return found


@sensitive_variables()
def _figures(row: QuotaRow, before: Figures, year: Year, unit: Decimal) -> Figures:
    amount = before.amount if row.quota is None else row.quota
    season = before.season
    if row.periods:
        # What the plan's own season gives is no season of one's own
        own = tuple(by_season(amount or Decimal(0), year.shares, unit))
        season = () if row.periods == own else row.periods
    elif amount != before.amount and season:
        season = scaled(season, amount)
    return replace(
        before,
        amount=amount,
        season=season,
        weight=before.weight if row.weight is None else row.weight,
        reason=before.reason if _says_no_other(row.reason, before.reason) else row.reason or "",
    )


def _says_no_other(reason: str | None, before: str) -> bool:
    # Files have no double spaces, and no signs that nobody sees
    return reason is None or reason == parsers.text(seen(before))
