"""What people's time costs, what the return assumes, and the three ways side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from events.budget.actions.lines import refuse_archived
from events.budget.actions.refusals import BudgetRefused
from events.budget.models import Budget, DayRate, Scenario
from people.accounts.models import Person
from people.activity.actions import record_entry

SCENARIOS = 3


@dataclass(frozen=True, slots=True)
class RoleTime:
    """People of one role and what a day of one costs, rounded and all told."""

    role: str
    heads: int
    rate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What the return is reckoned with; shares of one, and months."""

    margin: Decimal
    lift: Decimal
    months: int
    attainment: Decimal | None = None


@transaction.atomic
def set_time(
    *,
    budget: Budget,
    days: Decimal | None,
    roles: Sequence[RoleTime],
    by: Person,
    at: datetime,
) -> None:
    """
    Say what people's time costs: of so many days, None for those of the kickoff.

    :raises BudgetRefused: a role is said twice, or the kickoff is archived
    """
    refuse_archived(budget.kickoff)
    names = [one.role.casefold() for one in roles]
    if len(names) != len(set(names)):
        raise BudgetRefused(_("Each role once, please."))
    Budget.objects.filter(pk=budget.pk).update(time_days=days, changed_at=at)
    budget.day_rates.all().delete()
    DayRate.objects.bulk_create(
        DayRate(budget=budget, role=one.role, heads=one.heads, rate=one.rate) for one in roles
    )
    record_entry(by=by, verb="budget.time_said", at=at, object=budget)


@transaction.atomic
def assume(*, budget: Budget, assumptions: Assumptions, by: Person, at: datetime) -> None:
    """
    Say what the return is reckoned with.

    :raises BudgetRefused: the kickoff is archived
    """
    refuse_archived(budget.kickoff)
    said = {one.name: getattr(assumptions, one.name) for one in fields(assumptions)}
    Budget.objects.filter(pk=budget.pk).update(**said, changed_at=at)
    record_entry(by=by, verb="budget.assumed", at=at, object=budget)


@transaction.atomic
def set_scenarios(
    *, budget: Budget, scenarios: Sequence[Scenario], by: Person, at: datetime
) -> None:
    """
    Say which ways to hold the kickoff stand side by side, three at most; none for the usual three.

    :raises BudgetRefused: there are more than three, or the kickoff is archived
    """
    refuse_archived(budget.kickoff)
    if len(scenarios) > SCENARIOS:
        raise BudgetRefused(_("Three stand side by side, no more."))
    budget.scenarios.all().delete()
    for position, one in enumerate(scenarios, start=1):
        one.budget, one.position = budget, position
    Scenario.objects.bulk_create(scenarios)
    record_entry(by=by, verb="budget.scenarios_said", at=at, object=budget)


def usual_scenarios(budget: Budget) -> list[Scenario]:
    """What stands side by side where nobody chose; not saved."""
    return [
        Scenario(budget=budget, position=1, name=_("As planned")),
        Scenario(budget=budget, position=2, name=_("One day less"), days=-1),
        Scenario(
            budget=budget,
            position=3,
            name=_("Virtual, half days"),
            is_virtual=True,
            day_part=Decimal("0.5"),
        ),
    ]
