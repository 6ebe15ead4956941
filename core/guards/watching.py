"""
Triggers that write down whom a change concerns, for SQLite and PostgreSQL, from one description.

What is kept of somebody is no longer so once a row that it was made of changes. An action may
forget to say so; the database does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.guards.rules import DIFFERS, Trigger

_NAME = re.compile(r"(?P<table>\w+)_tells\d+_(insert|update|delete)")
_ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


@dataclass(frozen=True, slots=True)
class Watch:
    """
    Whom a row of a table concerns: when it is made, changed or taken away, their ids are added to a
    list, as it was and as it is.

    `whose` is SQL that both databases read, of a `{row}`: a column, or a query of one column. Of
    `columns`, where some are named, only a change of theirs counts.
    """

    table: str
    whose: str
    columns: tuple[str, ...] = ()


def triggers(watches: Iterable[Watch], into: str, vendor: str) -> list[Trigger]:
    """The triggers that add to the column `person_id` of a table, one row for each whom it concerns."""
    together: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for watch in watches:
        together.setdefault((watch.table, watch.columns), set()).add(watch.whose)
    found = []
    for number, ((table, columns), whose) in enumerate(sorted(together.items())):
        build = _for_sqlite if vendor == "sqlite" else _for_postgresql
        for event, rows in _ROWS.items():
            differs = f" {DIFFERS[vendor]} "
            changed = " OR ".join(f"NEW.{name}{differs}OLD.{name}" for name in columns)
            condition = changed if event == "UPDATE" else ""
            found.append(
                build(f"{table}_tells{number}", table, event, condition, _adding(into, whose, rows))
            )
    return found


def table_of(name: str) -> str | None:
    """The table of a trigger that watches, by its name; None of any other trigger."""
    found = _NAME.fullmatch(name)
    return found["table"] if found else None


def _adding(into: str, whose: Iterable[str], rows: Iterable[str]) -> str:
    ids = [one.format(row=row) for row in rows for one in sorted(whose)]
    of_all = " UNION ".join(one if one.startswith("SELECT ") else f"SELECT {one}" for one in ids)
    none = "SELECT CAST(NULL AS bigint) AS id"  # names the column
    return (
        f"INSERT INTO {into} (person_id) "  # noqa: S608  (of our own source)
        f"SELECT id FROM ({none} UNION {of_all}) AS ids WHERE id IS NOT NULL;"
    )


def _for_sqlite(name: str, table: str, event: str, condition: str, adding: str) -> Trigger:
    name = f"{name}_{event.lower()}"
    when = f" WHEN {condition}" if condition else ""
    text = f"CREATE TRIGGER {name} AFTER {event} ON {table}{when} BEGIN {adding} END"
    return Trigger(name, table, (text,), text)


def _for_postgresql(name: str, table: str, event: str, condition: str, adding: str) -> Trigger:
    name = f"{name}_{event.lower()}"
    body = f"BEGIN IF {condition or 'true'} THEN {adding} END IF; RETURN NULL; END"
    making = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $watch$"
        f"{body}$watch$",
        f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )
    return Trigger(name, table, making, body)
