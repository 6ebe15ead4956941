"""What the CRM says of accounts: open deals, their pipeline, and what was won."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from events.deals.models import Opportunity
from events.packets.territories.queries.plan import Plan
from events.packets.territories.rules.balance import Load, total
from events.packets.territories.rules.proposals import Proposal, Worker, propose

_OPEN = Q(stage__in=Opportunity.OPEN_STAGES)
_WON = Q(stage=Opportunity.Stage.WON)


@dataclass(frozen=True)
class Money:
    """In which currencies there are deals, that of most deals first, and in which years won."""

    currencies: list[str]
    years: list[int]


def money_known() -> Money:
    """The currencies and years that a page can ask for. Two queries."""
    counted = (
        Opportunity.objects.filter(account__isnull=False)
        .order_by()
        .values_list("currency")
        .annotate(count=Count("pk"))
    )
    ordered = sorted(counted, key=lambda row: (-row[1], row[0]))
    years = Opportunity.objects.won().filter(close_date__isnull=False).order_by()
    return Money(
        [code for code, _count in ordered],
        sorted((day.year for day in years.dates("close_date", "year")), reverse=True),
    )


def loads_by_account(
    account_ids: Collection[int] | None = None, year: int | None = None
) -> dict[int, Load]:
    """
    What each account weighs; those without a deal are absent. One query.

    `year` narrows what was won to deals that closed in that calendar year.
    """
    deals = Opportunity.objects.filter(account__isnull=False)
    if account_ids is not None:
        deals = deals.filter(account__in=list(account_ids))
    loads: dict[int, Load] = {}
    for row in _weighed(deals, ["account_id"], year):
        pk = row["account_id"]
        loads[pk] = loads.get(pk, Load(accounts=1)) + _load(row)
    return loads


def load_of(account_ids: Collection[int], loads: Mapping[int, Load]) -> Load:
    """What some accounts weigh together, those without a deal counted too."""
    return total([loads.get(pk, Load(accounts=1)) for pk in account_ids])


def workers_of(account_ids: Collection[int]) -> dict[int, list[Worker]]:
    """Everybody who has deals at some accounts, by account. One query."""
    rows = _weighed(
        Opportunity.objects.filter(account__in=list(account_ids)),
        ["account_id", "owner_id", "owner__full_name"],
        None,
    )
    loads: dict[tuple[int, int], Load] = defaultdict(Load)
    names: dict[int, str] = {}
    for row in rows:
        key = (row["account_id"], row["owner_id"])
        loads[key] += _load(row)
        names[row["owner_id"]] = row["owner__full_name"]
    found: dict[int, list[Worker]] = defaultdict(list)
    for (account_id, owner_id), load in loads.items():
        if load.open_deals or load.won_deals:
            found[account_id].append(Worker(owner_id, names[owner_id], load))
    return dict(found)


def to_propose(plan: Plan) -> list[int]:
    """The accounts that have not exactly one owner and are worked by somebody. One query."""
    unsettled = [pk for pk, holding in plan.holdings.items() if holding.only is None]
    deals = Opportunity.objects.filter(_OPEN | _WON, account__in=unsettled)
    worked = set(deals.order_by().values_list("account_id", flat=True).distinct())
    return [pk for pk in unsettled if pk in worked]


def proposals(plan: Plan, account_ids: Collection[int]) -> list[Proposal]:
    """
    Who should own each of some accounts, in their order. One query.

    Of an account that several territories claim, one of their owners who works it is proposed;
    of any other, the rep on the roster who is strongest there.
    """
    workers = workers_of(account_ids)
    found = []
    for pk in account_ids:
        able = set(plan.reps)
        claimants = {each.owner_id for each in plan.holders(pk)}
        here = workers.get(pk, [])
        if claimants & {each.person_id for each in here} & able:
            able &= {each for each in claimants if each is not None}
        found.append(propose(pk, here, able))
    return found


def _weighed(deals: Any, group: list[str], year: int | None) -> Any:
    won = _WON & Q(close_date__year=year) if year else _WON
    return (
        deals.order_by()
        .values(*group, "currency")
        .annotate(
            open_deals=Count("pk", filter=_OPEN),
            pipeline=Sum("value", filter=_OPEN),
            won_deals=Count("pk", filter=won),
            won=Sum("value", filter=won),
        )
    )


def _load(row: Mapping[str, Any]) -> Load:
    def amount(key: str) -> dict[str, Decimal]:
        return {row["currency"]: row[key]} if row[key] is not None else {}

    return Load(
        open_deals=row["open_deals"],
        pipeline=amount("pipeline"),
        won_deals=row["won_deals"],
        won=amount("won"),
    )
