"""The budget itself: begun, its drivers and shares, who owns it, the rates of others' currencies."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from events.budget.actions.lines import recount, refuse_archived
from events.budget.actions.refusals import BudgetRefused
from events.budget.models import Budget, BudgetOwner
from events.kickoff.models import Kickoff
from events.rates import actions as rates
from events.rates.models import ExchangeRate
from people.accounts.models import Person
from people.activity.actions import record_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What prices are multiplied by, what is set aside, and above which variance a reason is asked."""

    heads: int
    reps: int
    nights: int
    rooms: int
    contingency: Decimal = Decimal("0.1")
    asks_above: Decimal = Decimal("0.1")


@transaction.atomic
def begin_budget(*, kickoff: Kickoff, settings: Settings, by: Person, at: datetime) -> Budget:
    """
    Give a kickoff its budget; the one that is there where somebody was faster.

    :raises BudgetRefused: the kickoff is archived
    """
    refuse_archived(kickoff)
    budget, is_new = Budget.objects.get_or_create(
        kickoff=kickoff,
        defaults={**_said(settings), "currency": kickoff.currency, "changed_at": at},
    )
    if is_new:
        record_entry(by=by, verb="budget.begun", at=at, object=budget)
    return budget


@transaction.atomic
def change_budget(
    *, budget: Budget, settings: Settings, reason: str, by: Person, at: datetime
) -> int:
    """
    Change the drivers and shares; return how many lines were revised since their number changes.

    :raises BudgetRefused: the kickoff is archived
    """
    refuse_archived(budget.kickoff)
    fresh = Budget.objects.select_for_update(of=("self",)).get(pk=budget.pk)
    fresh.kickoff = budget.kickoff
    for name, value in _said(settings).items():
        setattr(fresh, name, value)
    fresh.changed_at = at
    fresh.save(update_fields=[*_said(settings), "changed_at"])
    record_entry(by=by, verb="budget.changed", at=at, object=fresh, note=reason)
    return recount(budget=fresh, reason=reason, by=by, at=at)


@transaction.atomic
def name_owner(
    *, budget: Budget, person: Person, limit: Decimal | None, by: Person, at: datetime
) -> BudgetOwner:
    """
    Let somebody see the money of a kickoff and approve up to a limit, None for any; or change it.

    :raises BudgetRefused: the kickoff is archived
    """
    refuse_archived(budget.kickoff)
    owner, _is_new = BudgetOwner.objects.update_or_create(
        budget=budget, person=person, defaults={"limit": limit}
    )
    record_entry(by=by, verb="budget.owner_named", at=at, object=budget, subject=person)
    return owner


@transaction.atomic
def remove_owner(*, budget: Budget, owner_id: int, by: Person, at: datetime) -> None:
    """
    Take somebody's say over the money; what they approved stays approved.

    :raises BudgetRefused: they have none, or the kickoff is archived
    """
    refuse_archived(budget.kickoff)
    owner = budget.owners.select_related("person").filter(pk=owner_id).first()
    if owner is None:
        raise BudgetRefused(_("Somebody else has taken them out already."))
    record_entry(by=by, verb="budget.owner_removed", at=at, object=budget, subject=owner.person)
    owner.delete()


@transaction.atomic
def note_rate(
    *,
    budget: Budget,
    currency: str,
    worth: Decimal,
    as_of_date: date,
    by: Person,
    at: datetime,
) -> ExchangeRate:
    """
    Note what one unit of a currency is worth in the budget's on a day. New amounts take it; those
    that are there keep theirs.

    :raises BudgetRefused: it is the budget's own currency, or the kickoff is archived
    """
    refuse_archived(budget.kickoff)
    if currency == budget.currency:
        raise BudgetRefused(_("The budget's own currency needs no rate."))
    rate = rates.note_rate(
        kickoff=budget.kickoff,
        base=currency,
        currency=budget.currency,
        bought=worth,
        as_of_date=as_of_date,
    )
    record_entry(by=by, verb="budget.rate_noted", at=at, object=budget, note=f"{currency} {worth}")
    return rate


def _said(settings: Settings) -> dict[str, object]:
    return {one.name: getattr(settings, one.name) for one in fields(settings)}
