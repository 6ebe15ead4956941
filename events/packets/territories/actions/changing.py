"""What every change of a plan shares: one at a time, and each account's change of hands kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from events.kickoff.models import Kickoff
from events.packets.territories.actions.refusals import refuse_archived
from events.packets.territories.models import OwnershipChange, SalesTerritory, TerritoryPlan
from events.packets.territories.queries import Plan, read_plan
from events.packets.territories.rules.ownership import changes
from people.accounts.models import Person

_BATCH = 500
REASON_LIMIT = 300


@dataclass(frozen=True)
class Why:
    """Who changes a plan, when, by what, and for what reason."""

    by: Person | None
    at: datetime
    cause: OwnershipChange.Cause
    reason: str = ""


@dataclass
class Changing:
    """A change on its way: the plan as it is once nobody else can change it."""

    plan: Plan
    moved: int = 0  # accounts that changed hands, known at the end


@contextmanager
def changing(kickoff: Kickoff, role: str, why: Why) -> Iterator[Changing]:
    """
    Change the territories of one role within this block, and keep what changed hands.

    Counting up the plan's version locks its row, so that a second change waits for the first and
    then begins from what that one left (on SQLite the transaction itself does so).

    :raises TerritoryRefused: the kickoff is archived
    """
    with transaction.atomic():
        lock_plan(kickoff)
        # Not before the lock: another may have archived it in between
        kickoff.refresh_from_db(fields=["status"])
        refuse_archived(kickoff)
        change = Changing(read_plan(kickoff, role))
        yield change
        after = read_plan(kickoff, role)
        rows = _rows(change.plan, after, why)
        OwnershipChange.objects.bulk_create(rows, batch_size=_BATCH)
        # Whoever has a form of one of these open is told when they save
        touched = {pk for row in rows for pk in (row.from_territory_id, row.to_territory_id) if pk}
        SalesTerritory.objects.filter(pk__in=touched).update(changed_at=why.at)
        change.moved = len({row.account_id for row in rows})


def lock_plan(kickoff: Kickoff) -> None:
    """Make every other change of this kickoff's plan wait until this transaction ends."""
    TerritoryPlan.objects.bulk_create([TerritoryPlan(kickoff=kickoff)], ignore_conflicts=True)
    TerritoryPlan.objects.filter(kickoff=kickoff).update(version=F("version") + 1)


def _rows(before: Plan, after: Plan, why: Why) -> list[OwnershipChange]:
    rows = [
        _row(before, after, why, each.account_id, each.before, each.after)
        for each in changes(before.holdings, after.holdings)
    ]
    # A territory that went to another rep took its accounts along
    for pk, territory in after.territories.items():
        was = before.territories.get(pk)
        if was is not None and was.owner_id != territory.owner_id:
            stayed = set(before.accounts_in[pk]) & set(after.accounts_in[pk])
            rows += [_row(before, after, why, account_id, pk, pk) for account_id in sorted(stayed)]
    return rows


def _row(
    before: Plan,
    after: Plan,
    why: Why,
    account_id: int,
    source: int | None,
    target: int | None,
) -> OwnershipChange:
    came_from: SalesTerritory | None = before.territories.get(source or 0)
    went_to: SalesTerritory | None = after.territories.get(target or 0)
    return OwnershipChange(
        kickoff=before.kickoff,
        role=before.role,
        account_id=account_id,
        # One that is deleted by this very change is kept by name alone
        from_territory=came_from if came_from and came_from.pk in after.territories else None,
        from_name=came_from.name if came_from else "",
        from_owner_id=came_from.owner_id if came_from else None,
        to_territory=went_to,
        to_name=went_to.name if went_to else "",
        to_owner_id=went_to.owner_id if went_to else None,
        cause=why.cause,
        reason=" ".join(why.reason.split())[:REASON_LIMIT],
        by=why.by,
        at=why.at,
    )
