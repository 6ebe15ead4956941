"""Accounts moved between territories, and proposals of the CRM accepted: with the effect known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.kickoff.models import Kickoff
from events.packets.territories.actions.changing import Why, changing
from events.packets.territories.actions.refusals import StaleMove, TerritoryRefused
from events.packets.territories.models import OwnershipChange, SalesTerritory, TerritoryAccount
from events.packets.territories.queries import Plan, proposals, to_propose
from events.packets.territories.rules.ownership import Holding, resolve
from people.accounts.models import Person
from people.activity.actions import record_entry

_Cause = OwnershipChange.Cause
# Account id → the territories that it was in when the move was shown
Expected = Mapping[int, Collection[int]]
# Account id → the territory that it goes to; None takes it out of all
Destinations = Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class Moved:
    """How many accounts changed hands, and what they are in now; None is nobody's."""

    count: int
    targets: tuple[SalesTerritory | None, ...]


def move_accounts(
    *,
    kickoff: Kickoff,
    role: str,
    expected: Expected,
    to: Destinations,
    by: Person,
    at: datetime,
    reason: str = "",
) -> Moved:
    """
    Put each account into a territory by name, out of every other one of the role; or into none.

    `expected` says of each account where it was seen: if any is elsewhere by now, none is moved.
    Moving each back to where it came from undoes a move.

    :raises StaleMove: somebody else has moved one of them, or deleted the target
    :raises TerritoryRefused: no account is chosen, one is unknown, or the kickoff is archived
    """
    if not expected:
        raise TerritoryRefused(_("Choose at least one account to move."))
    with changing(kickoff, role, Why(by, at, _Cause.MOVED, reason)) as change:
        plan = change.plan
        refuse_stale(plan, expected)
        going: dict[int | None, set[int]] = {}
        for account_id in expected:
            going.setdefault(to[account_id], set()).add(account_id)
        if not going.keys() - {None} <= plan.territories.keys():
            raise StaleMove(_("Somebody has deleted the territory that you move to."))
        targets = {pk: plan.territories[pk] if pk else None for pk in going}
        for pk, accounts in going.items():
            target = targets[pk]
            _put(plan, accounts, target)
            record_entry(
                by=by,
                verb="territory.moved",
                at=at,
                object=target,
                note=f"{len(accounts)} → {target.name if target else '–'}",
            )
    return Moved(change.moved, tuple(targets.values()))


def accept_proposals(
    *,
    kickoff: Kickoff,
    role: str,
    chosen: Mapping[int, int] | None,
    by: Person,
    at: datetime,
) -> int:
    """
    Give accounts to those whom the CRM's figures propose; return how many changed hands.

    `chosen` maps each account to the person who was shown as its owner; None accepts every
    proposal as it is now. A rep without a territory gets one, named after them.

    :raises StaleMove: a figure or the plan has changed, so that another is proposed now
    :raises TerritoryRefused: nothing is chosen or proposed, or the kickoff is archived
    """
    with changing(kickoff, role, Why(by, at, _Cause.PROPOSED)) as change:
        plan = change.plan
        offered = to_propose(plan)
        asked = [pk for pk in offered if chosen is None or pk in chosen]
        found = {
            each.account_id: each.owner.person_id
            for each in proposals(plan, asked)
            if each.owner is not None
        }
        if chosen is not None and found != dict(chosen):
            raise StaleMove(
                _(
                    "Deals or territories have changed since you looked. Look at the proposals again."
                )
            )
        if not found:
            raise TerritoryRefused(_("Choose at least one proposal to accept."))
        by_owner: dict[int, set[int]] = {}
        for account_id, person_id in found.items():
            by_owner.setdefault(person_id, set()).add(account_id)
        territories = _with_territories(plan, by_owner, at)
        for person_id, accounts in by_owner.items():
            _put(plan, accounts, territories[person_id])
        record_entry(by=by, verb="territory.proposals_accepted", at=at, note=str(len(found)))
    return change.moved


def refuse_stale(plan: Plan, expected: Expected) -> None:
    """
    Refuse a move of what is not where it was seen.

    :raises StaleMove: an account is in other territories by now; the text says which and where
    :raises TerritoryRefused: there is no such account
    """
    if not expected.keys() <= plan.accounts.keys():
        raise TerritoryRefused(_("One of these accounts is not known. Look at the board again."))
    gone = [pk for pk, seen in expected.items() if set(plan.holdings[pk].territories) != set(seen)]
    if not gone:
        return
    first = plan.accounts[gone[0]].name
    holders = plan.holders(gone[0])
    where = ", ".join(each.name for each in holders) or _("nobody’s territory")
    said = ngettext(
        "Somebody else has moved “%(name)s” in the meantime: it is in %(where)s now. Nothing was"
        " moved.",
        "Somebody else has moved “%(name)s” and %(more)d more in the meantime: it is in %(where)s"
        " now. Nothing was moved.",
        len(gone),
    )
    raise StaleMove(said % {"name": first, "where": where, "more": len(gone) - 1})


def _put(plan: Plan, accounts: set[int], target: SalesTerritory | None) -> None:
    """Name accounts in one territory and in no other of the role; or take them out of all."""
    listed = TerritoryAccount.objects.filter(
        territory__kickoff=plan.kickoff, territory__role=plan.role, account__in=accounts
    )
    elsewhere = listed.filter(is_excluded=False)
    if target is None:
        elsewhere.delete()
        TerritoryAccount.objects.bulk_create(
            TerritoryAccount(territory_id=pk, account_id=holding.account_id, is_excluded=True)
            for holding in _by_criteria(plan, accounts).values()
            for pk in holding.territories
        )
        return
    elsewhere.exclude(territory=target).delete()
    mine = listed.filter(territory=target)
    mine.filter(is_excluded=True).update(is_excluded=False)
    there = set(mine.values_list("account_id", flat=True))
    TerritoryAccount.objects.bulk_create(
        TerritoryAccount(territory=target, account_id=pk) for pk in sorted(accounts - there)
    )


def _by_criteria(plan: Plan, accounts: set[int]) -> dict[int, Holding]:
    """Where accounts would be if nobody named them."""
    nameless = [replace(claim, named=frozenset()) for claim in plan.claims.values()]
    return resolve([plan.accounts[pk] for pk in accounts], nameless)


def _with_territories(
    plan: Plan, owners: Collection[int], at: datetime
) -> dict[int, SalesTerritory]:
    """The territory of each of some reps; who has none gets one of their name."""
    found = {pk: plan.by_owner[pk] for pk in owners if pk in plan.by_owner}
    taken = {each.name.casefold() for each in plan.territories.values()}
    for pk in owners:
        if pk in found:
            continue
        person = plan.reps[pk]
        name, number = person.full_name[:110], 1
        while name.casefold() in taken:
            number += 1
            name = f"{person.full_name[:110]} {number}"
        taken.add(name.casefold())
        found[pk] = SalesTerritory.objects.create(
            kickoff=plan.kickoff,
            role=plan.role,
            name=name,
            owner=person,
            created_at=at,
            changed_at=at,
        )
    return found
