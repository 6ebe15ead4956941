"""
Triggers that keep rows as they were written, for SQLite and PostgreSQL, from one description.

A CHECK cannot compare a row with what it was. What a guard does not name is refused, so a column
that is added later is guarded as soon as the triggers are made anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


@dataclass(frozen=True, slots=True)
class Guard:
    """
    What one table lets happen to a row that is there; all else is refused, with what `says` says.

    Conditions are SQL over OLD and NEW that both databases read. They name no table that a later
    migration may rebuild: SQLite refuses to rename a table that the trigger of another one reads.
    """

    table: str
    says: str
    # From when on a row is guarded; always, where this is empty
    since: str = ""
    # Columns that may change at any time, and those that are filled once and stay
    free: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    # Columns that change only while a condition holds; a column under two has both
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # While this holds, a row may be deleted; never, where it is empty
    deleted: str = ""

    @property
    def named(self) -> frozenset[str]:
        """Every column that the guard names."""
        return frozenset(self.free).union(self.once, *self.only.values())


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: its name, the statements that make it, and the text by which it is known."""

    name: str
    table: str
    making: tuple[str, ...]
    body: str


def triggers(guard: Guard, columns: Sequence[str], vendor: str) -> list[Trigger]:
    """The triggers of a guard for a table that has these columns now."""
    build = _for_sqlite if vendor == "sqlite" else _for_postgresql
    found = []
    if wrong := wrong_change(guard, columns, vendor):
        found.append(build(guard, "UPDATE", _both(guard.since, wrong)))
    wrong_end = f"NOT ({guard.deleted})" if guard.deleted else ""
    found.append(build(guard, "DELETE", _both(guard.since, wrong_end)))
    if vendor == "postgresql":
        found.append(build(guard, "TRUNCATE", ""))
    return found


def wrong_change(guard: Guard, columns: Sequence[str], vendor: str) -> str:
    """The condition under which a change is refused; empty where each column is free."""
    differs = DIFFERS[vendor]

    def changed(names: Sequence[str]) -> str:
        return " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in names)

    parts = []
    if fixed := [name for name in columns if name not in guard.named]:
        parts.append(changed(fixed))
    parts += [
        f"(OLD.{name} IS NOT NULL AND ({changed([name])}))"
        for name in guard.once
        if name in columns
    ]
    for condition, names in guard.only.items():
        if there := [name for name in names if name in columns]:
            parts.append(f"(({changed(there)}) AND NOT ({condition}))")
    return " OR ".join(parts)


def _both(*conditions: str) -> str:
    return " AND ".join(f"({condition})" for condition in conditions if condition)


def _name(guard: Guard, event: str) -> str:
    return f"{guard.table}_guard_{event.lower()}"


def _for_sqlite(guard: Guard, event: str, wrong: str) -> Trigger:
    name = _name(guard, event)
    when = f" WHEN {wrong}" if wrong else ""
    text = (
        f"CREATE TRIGGER {name} BEFORE {event} ON {guard.table}{when} "
        f"BEGIN SELECT RAISE(ABORT, '{guard.says}'); END"
    )
    return Trigger(name, guard.table, (text,), text)


def _for_postgresql(guard: Guard, event: str, wrong: str) -> Trigger:
    name = _name(guard, event)
    refuse = f"RAISE EXCEPTION '{guard.says}' USING ERRCODE = 'integrity_constraint_violation';"
    kept = {"UPDATE": "NEW", "DELETE": "OLD", "TRUNCATE": "NULL"}[event]
    body = f"BEGIN IF {wrong or 'true'} THEN {refuse} END IF; RETURN {kept}; END"
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    making = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$"
        f"{body}$guard$",
        f"CREATE TRIGGER {name} BEFORE {event} ON {guard.table} "
        f"FOR EACH {each} EXECUTE FUNCTION {name}()",
    )
    return Trigger(name, guard.table, making, body)
