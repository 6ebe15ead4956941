"""Territories taken over from a file: all rows or none, the same file again changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.imports.problems import FileRefused
from core.imports.rows import Parsed, ParsedRow
from core.keys import name_key
from events.deals.models import Account
from events.kickoff.models import Kickoff
from events.packets.territories.actions.changing import Why, changing
from events.packets.territories.actions.editing import relist_accounts
from events.packets.territories.models import (
    DEFAULT_ROLE,
    OwnershipChange,
    SalesTerritory,
    TerritoryAccount,
)
from events.packets.territories.queries import reps_of
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.org.queries import everybody

_Key = tuple[str, str]  # role and name, as they are compared


@dataclass
class TerritoriesReport:
    """What an import did, or would do."""

    rows: int
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    new_accounts: list[str] = field(default_factory=list)
    moved: int = 0  # accounts that changed hands; known only when it is done


@dataclass
class _Wanted:
    """One row, as what it wants of its territory; None leaves what is there."""

    row: ParsedRow
    territory: SalesTerritory
    is_new: bool
    named: list[str] | None
    excluded: list[str] | None
    is_changed: bool = False
    owner_changes: bool = False


def import_territories(
    *,
    kickoff: Kickoff,
    parsed: Parsed,
    by: Person,
    at: datetime,
    dry_run: bool = False,
) -> TerritoriesReport:
    """
    Take over every territory in a file, or none. A territory is known by its role and name.

    A column of the file replaces what it says, an empty cell being nothing; what has no column is
    left. Territories that the file does not name stay. Named accounts that are new are created;
    accounts left out must be known. With `dry_run` nothing is written.

    :raises FileRefused: errors in rows, each with row and column; or somebody changed the plan
    :raises TerritoryRefused: the kickoff is archived
    """
    try:
        with transaction.atomic(), ExitStack() as changes:
            opened = []
            if not dry_run:
                roles = {row.get("role") or DEFAULT_ROLE for row in parsed.rows}
                why = Why(by, at, OwnershipChange.Cause.IMPORTED)
                opened = [changes.enter_context(changing(kickoff, r, why)) for r in sorted(roles)]
            file = _File(kickoff, parsed, at)
            parsed.refuse_problems()
            if not dry_run:
                file.write()
                note = f"{file.report.created} created, {file.report.changed} changed"
                record_entry(by=by, verb="territories.imported", at=at, note=note)
            changes.close()
            file.report.moved = sum(change.moved for change in opened)
            return file.report
    except IntegrityError as error:
        raise FileRefused(
            _("Territories were changed while the file was read. Nothing was imported: try again.")
        ) from error


class _File:
    """A file on its way into the tables."""

    def __init__(self, kickoff: Kickoff, parsed: Parsed, at: datetime) -> None:
        self.kickoff, self.parsed, self.at = kickoff, parsed, at
        self.report = TerritoriesReport(len(parsed.rows))
        self.people = everybody(at)
        self.reps = reps_of(kickoff)
        self.accounts = {name_key(each.name): each for each in Account.objects.all()}
        self.new_accounts: dict[str, Account] = {}
        self.known: dict[_Key, SalesTerritory] = {
            _key(each.role, each.name): each
            for each in SalesTerritory.objects.filter(kickoff=kickoff)
        }
        self.listed: dict[int, dict[bool, set[int]]] = defaultdict(
            lambda: {True: set(), False: set()}
        )
        rows = TerritoryAccount.objects.filter(territory__kickoff=kickoff)
        for territory_id, account_id, out in rows.values_list(
            "territory_id", "account_id", "is_excluded"
        ):
            self.listed[territory_id][out].add(account_id)
        self.wanted: list[_Wanted] = []
        self._plan()

    def _plan(self) -> None:
        for row in self.parsed.rows:
            role = row.get("role") or DEFAULT_ROLE
            key = _key(role, row.get("territory"))
            if row.get("territory"):
                message = _("Row %(row)d has this territory already.")
                self.parsed.is_repeated(row, "territory", key, message)
            owner = self._owner(row)
            self._check_accounts(row)
            if not row.bad:
                self._plan_row(row, key, owner)
        self._check_owners()
        self.report.new_accounts = [each.name for each in self.new_accounts.values()]

    def _owner(self, row: ParsedRow) -> Person | None:
        if "owner" not in row.values:
            return None
        wanted = row.values["owner"]
        try:
            return self.reps[self.people.only(wanted, among=self.reps)]
        except KeyError:
            message = _("“%(name)s” is no rep on the roster of this kickoff.")
            self.parsed.add_problem(row, "owner", message % {"name": wanted})
        except ValueError as error:
            self.parsed.add_problem(row, "owner", str(error))
        return None

    def _check_accounts(self, row: ParsedRow) -> None:
        named = {name_key(name) for name in row.get("accounts", [])}
        for name in row.get("exclusions", []):
            key = name_key(name)
            if key in named:
                message = _("“%(name)s” is both named and left out.")
                self.parsed.add_problem(row, "exclusions", message % {"name": name})
            elif key not in self.accounts:
                message = _("There is no account “%(name)s” to leave out.")
                self.parsed.add_problem(row, "exclusions", message % {"name": name})

    def _plan_row(self, row: ParsedRow, key: _Key, owner: Person | None) -> None:
        territory = self.known.get(key)
        is_new = territory is None
        if territory is None:
            territory = SalesTerritory(
                kickoff=self.kickoff,
                role=row.get("role") or DEFAULT_ROLE,
                name=row.values["territory"],
                created_at=self.at,
                changed_at=self.at,
            )
            self.known[key] = territory
        wanted = _Wanted(
            row, territory, is_new, self._names(row, "accounts"), self._names(row, "exclusions")
        )
        values: dict[str, Any] = {}
        if self.parsed.has("owner"):
            values["owner_id"] = owner.pk if owner else None
        if self.parsed.has("geography"):
            values["places"] = row.get("geography", [])
        if self.parsed.has("segment"):
            values["segments"] = row.get("segment", [])
        wanted.owner_changes = territory.owner_id != values.get("owner_id", territory.owner_id)
        wanted.is_changed = any(getattr(territory, name) != each for name, each in values.items())
        for name, value in values.items():
            setattr(territory, name, value)
        wanted.is_changed |= self._lists_differ(wanted)
        if is_new:
            self.report.created += 1
        elif wanted.is_changed:
            self.report.changed += 1
        else:
            self.report.unchanged += 1
        self.wanted.append(wanted)

    def _names(self, row: ParsedRow, key: str) -> list[str] | None:
        """What a cell lists, as names that are compared; None where the file has no such column."""
        if not self.parsed.has(key):
            return None
        names: list[str] = row.get(key, [])
        if key == "accounts":
            for name in names:
                if name_key(name) not in self.accounts:
                    account = Account(name=name)
                    self.accounts[name_key(name)] = self.new_accounts[name_key(name)] = account
        return [name_key(name) for name in names]

    def _lists_differ(self, wanted: _Wanted) -> bool:
        there = (
            self.listed[wanted.territory.pk] if wanted.territory.pk else {True: set(), False: set()}
        )
        return any(
            names is not None and {self.accounts[name].pk for name in names} != there[out]
            for names, out in ((wanted.named, False), (wanted.excluded, True))
        )

    def _check_owners(self) -> None:
        """No rep may end with two territories of one role, those outside the file included."""
        rows = {id(each.territory): each.row for each in self.wanted}
        held: dict[tuple[str, int], SalesTerritory] = {}
        # Those outside the file first, so that the error falls on a row of the file
        for territory in sorted(self.known.values(), key=lambda each: id(each) in rows):
            if territory.owner_id is None:
                continue
            slot = (territory.role, territory.owner_id)
            other = held.setdefault(slot, territory)
            if other is not territory and (row := rows.get(id(territory))):
                message = _(
                    "%(name)s has “%(territory)s” already. A rep has one territory in a role."
                )
                name = self.reps[territory.owner_id].full_name
                self.parsed.add_problem(
                    row, "owner", message % {"name": name, "territory": other.name}
                )

    def write(self) -> None:
        """Accounts, then territories, then what they list."""
        Account.objects.bulk_create(self.new_accounts.values())
        changed = [each for each in self.wanted if each.is_new or each.is_changed]
        # Two reps may swap territories in one file
        swapped = [each.territory.pk for each in changed if each.owner_changes and not each.is_new]
        SalesTerritory.objects.filter(pk__in=swapped).update(owner=None)
        SalesTerritory.objects.bulk_create([each.territory for each in changed if each.is_new])
        kept = [each.territory for each in changed if not each.is_new]
        for territory in kept:
            territory.changed_at = self.at
        SalesTerritory.objects.bulk_update(
            kept, ["owner", "places", "segments", "changed_at"], batch_size=200
        )
        relist_accounts({each.territory.pk: self._lists(each) for each in changed})

    def _lists(self, wanted: _Wanted) -> dict[int, bool]:
        """What a territory is to list; an account that a file names is left out no more."""
        there = self.listed[wanted.territory.pk]
        named = self._ids(wanted.named, there[False])
        excluded = self._ids(wanted.excluded, there[True])
        if wanted.named is not None:
            excluded -= named
        else:
            named -= excluded
        return dict.fromkeys(named, False) | dict.fromkeys(excluded, True)

    def _ids(self, names: Iterable[str] | None, there: set[int]) -> set[int]:
        return set(there) if names is None else {self.accounts[name].pk for name in names}


def _key(role: str, name: str) -> _Key:
    return role, name_key(name)
