"""Territories drawn up, changed, given to another rep, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff
from events.packets.territories.actions.changing import Why, changing
from events.packets.territories.actions.refusals import StaleMove, TerritoryRefused
from events.packets.territories.models import (
    DEFAULT_ROLE,
    OwnershipChange,
    SalesTerritory,
    TerritoryAccount,
)
from events.packets.territories.queries import reps_of
from people.accounts.models import Person
from people.activity.actions import record_entry

_Cause = OwnershipChange.Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What RevOps says of a territory. Accounts by id; what is named cannot be left out too."""

    name: str
    owner: Person | None = None
    places: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    named: frozenset[int] = frozenset()
    excluded: frozenset[int] = frozenset()


def create_territory(
    *, kickoff: Kickoff, role: str = DEFAULT_ROLE, details: Details, by: Person, at: datetime
) -> SalesTerritory:
    """
    Draw up a territory. It takes at once what its criteria and names say.

    :raises TerritoryRefused: the name is taken; the owner is no rep on the roster or has a
        territory of this role already; an account is both named and left out; or the kickoff is
        archived
    """
    with changing(kickoff, role, Why(by, at, _Cause.EDITED)):
        territory = SalesTerritory(kickoff=kickoff, role=role, created_at=at, changed_at=at)
        _write(territory, details, is_new=True)
        record_entry(by=by, verb="territory.created", at=at, object=territory, note=territory.name)
    return territory


def update_territory(
    *,
    territory_id: int,
    details: Details,
    seen_at: datetime,
    by: Person,
    at: datetime,
    reason: str = "",
) -> SalesTerritory:
    """
    Change what a territory asks for or who has it. Each account that changes hands is in the
    history, with the reason. `seen_at` is its `changed_at` when the form was shown.

    :raises StaleMove: somebody else has changed it since
    :raises TerritoryRefused: as `create_territory`; or somebody has deleted it
    """
    territory = _find(territory_id)
    new_owner = details.owner.pk if details.owner else None
    cause = _Cause.EDITED if territory.owner_id == new_owner else _Cause.ASSIGNED
    with changing(territory.kickoff, territory.role, Why(by, at, cause, reason)) as change:
        if territory_id not in change.plan.territories:
            raise _gone()
        if change.plan.territories[territory_id].changed_at != seen_at:
            raise StaleMove(
                _(
                    "Somebody else has changed this territory since you opened it. Nothing was saved."
                )
            )
        territory.changed_at = at
        _write(territory, details, is_new=False)
        record_entry(by=by, verb="territory.changed", at=at, object=territory, note=territory.name)
    return territory


def delete_territory(*, territory_id: int, by: Person, at: datetime, reason: str = "") -> int:
    """
    Delete a territory; its accounts fall to whoever else claims them, or to nobody.

    Return how many accounts changed hands.

    :raises TerritoryRefused: somebody has deleted it already, or the kickoff is archived
    """
    territory = _find(territory_id)
    why = Why(by, at, _Cause.EDITED, reason or _("Territory deleted"))
    with changing(territory.kickoff, territory.role, why) as change:
        if territory_id not in change.plan.territories:
            raise _gone()
        record_entry(by=by, verb="territory.deleted", at=at, object=territory, note=territory.name)
        territory.delete()
    return change.moved


def relist_accounts(wanted: Mapping[int, Mapping[int, bool]]) -> None:
    """
    Make these the accounts that some territories list, and no others: by territory, each account
    and whether it is left out. A few statements, whatever their number.
    """
    gone: list[int] = []
    turned: dict[bool, list[int]] = {False: [], True: []}
    kept: set[tuple[int, int]] = set()
    rows = TerritoryAccount.objects.filter(territory__in=list(wanted))
    for row in rows.only("territory_id", "account_id", "is_excluded"):
        flag = wanted[row.territory_id].get(row.account_id)
        if flag is None:
            gone.append(row.pk)
            continue
        kept.add((row.territory_id, row.account_id))
        if flag is not row.is_excluded:
            turned[flag].append(row.pk)
    TerritoryAccount.objects.filter(pk__in=gone).delete()
    for flag, pks in turned.items():
        TerritoryAccount.objects.filter(pk__in=pks).update(is_excluded=flag)
    TerritoryAccount.objects.bulk_create(
        (
            TerritoryAccount(territory_id=territory_id, account_id=account_id, is_excluded=flag)
            for territory_id, accounts in wanted.items()
            for account_id, flag in accounts.items()
            if (territory_id, account_id) not in kept
        ),
        batch_size=500,
    )


def _write(territory: SalesTerritory, details: Details, *, is_new: bool) -> None:
    if details.named & details.excluded:
        raise TerritoryRefused(_("An account is either named or left out, not both."))
    name = " ".join(details.name.split())
    if not name:
        raise TerritoryRefused(_("Give the territory a name."))
    same_role = SalesTerritory.objects.of(territory.kickoff, territory.role).exclude(
        pk=territory.pk
    )
    if same_role.filter(name__iexact=name).exists():
        raise TerritoryRefused(
            _("There is a territory “%(name)s” already. Choose another name.") % {"name": name}
        )
    if details.owner is not None:
        _refuse_owner(territory, details.owner)
    territory.name = name
    territory.owner = details.owner
    territory.places = list(details.places)
    territory.segments = list(details.segments)
    try:
        with transaction.atomic():
            if is_new:
                territory.save(force_insert=True)
            else:
                fields = ["name", "owner", "places", "segments", "changed_at"]
                territory.save(update_fields=fields)
    except IntegrityError as error:
        raise TerritoryRefused(
            _("Somebody else has just used this name or given this rep a territory. Look again.")
        ) from error
    listed = dict.fromkeys(details.named, False) | dict.fromkeys(details.excluded, True)
    relist_accounts({territory.pk: listed})


def _refuse_owner(territory: SalesTerritory, owner: Person) -> None:
    named = {"name": owner.full_name}
    if owner.pk not in reps_of(territory.kickoff):
        raise TerritoryRefused(_("%(name)s is no rep on the roster of this kickoff.") % named)
    other = (
        SalesTerritory.objects.of(territory.kickoff, territory.role)
        .filter(owner=owner)
        .exclude(pk=territory.pk)
        .first()
    )
    if other is not None:
        raise TerritoryRefused(
            _("%(name)s has “%(territory)s” already. A rep has one territory in a role.")
            % {**named, "territory": other.name}
        )


def _find(territory_id: int) -> SalesTerritory:
    territory = SalesTerritory.objects.select_related("kickoff").filter(pk=territory_id).first()
    if territory is None:
        raise _gone()
    return territory


def _gone() -> TerritoryRefused:
    return TerritoryRefused(_("Somebody has deleted this territory. Look at the plan again."))
