"""Somebody as the company has them and as a roster file leaves them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.keys import name_key

_NOT_OF_THE_PERSON = ("email", "kind", "manager")


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is in the company already, as far as a roster file may touch them."""

    pk: int
    email: str
    full_name: str
    preferred_name: str = ""
    employee_id: str = ""
    manager_id: int | None = None
    function: str = "SALES"
    is_active: bool = True
    is_privileged: bool = False  # has a role, or may open the admin site
    is_guest: bool = False  # from outside, with a limited account
    stored: Mapping[str, Any] = field(default_factory=dict)  # what the file may change


@dataclass(eq=False, slots=True)
class Planned:
    """
    Somebody as the file leaves them.

    `row` is None for a manager whom the file names and who has no row. `values` holds only what
    the file says. `manager` is None where the file says nothing of one, or `is_freed` of the one
    whom they have.
    """

    email: str
    full_name: str
    row: int | None = None
    known: Known | None = None
    values: dict[str, Any] = field(default_factory=dict)
    manager: "Planned | None" = None
    is_freed: bool = False
    kind: str = ""
    written: str = ""  # the name as it is in the file

    @property
    def function(self) -> str:
        found = self.values.get("function") or (self.known.function if self.known else "SALES")
        return str(found)


def changed_values(planned: Planned) -> dict[str, Any]:
    """The values that the file gives and the company does not have yet; the manager aside."""
    stored = planned.known.stored if planned.known else {}
    changed = {
        key: value
        for key, value in planned.values.items()
        if key not in _NOT_OF_THE_PERSON and not _is_same(stored.get(key), value)
    }
    for place in ("region", "team"):
        if place in changed and name_key(stored.get(place) or "") == name_key(changed[place]):
            del changed[place]
    return changed


def _is_same(stored: object, value: object) -> bool:
    # Files have no double spaces
    return stored == value or (isinstance(stored, str) and " ".join(stored.split()) == value)


def has_new_manager(planned: Planned) -> bool:
    """Whether the file puts somebody under another manager than they have, or under none."""
    if planned.manager is None:
        return planned.is_freed
    now, wanted = planned.known, planned.manager.known
    return now is None or wanted is None or now.manager_id != wanted.pk


def hold_back(planned: Iterable[Planned], rows: Collection[int]) -> list[Planned]:
    """A plan without what some rows say, and without managers whom those rows alone name."""
    kept = [each for each in planned if each.row not in rows]
    above = {each.manager for each in kept}
    return [each for each in kept if each.row is not None or each in above]


def complete_managers(planned: Iterable[Planned]) -> None:
    """Give managers without a row the region, zone and country that all their reports share."""
    reports: dict[Planned, list[Planned]] = {}
    for each in planned:
        if each.manager is not None and each.manager.row is None and each.manager.known is None:
            reports.setdefault(each.manager, []).append(each)
    for manager, team in reports.items():
        for key in ("region", "time_zone", "country"):
            shared = {each.values.get(key) for each in team}
            if len(shared) == 1 and (value := shared.pop()):
                manager.values[key] = value
