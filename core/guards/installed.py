"""
The triggers of all guards and watches: installed at the end of every `migrate`, and compared by
whoever verifies.

A capability registers its guards and watches in `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from core.guards import watching
from core.guards.rules import Guard, Trigger, triggers
from core.guards.watching import Watch

_guards: dict[str, Guard] = {}
_named: dict[str, str] = {}
_watches: dict[str, set[Watch]] = {}  # by the table that they add to


def register(*guards: Guard) -> None:
    """Guard tables, each by one guard."""
    _guards.update({guard.table: guard for guard in guards})


def register_trigger(name: str, table: str) -> None:
    """Add a trigger that a migration makes by itself to those that have to be there."""
    _named[name] = table


def register_watches(into: str, *watches: Watch) -> None:
    """Let changes of some tables add whom they concern to the table `into`."""
    _watches.setdefault(into, set()).update(watches)


def watches() -> list[Watch]:
    """Every watch, in the order of the tables."""
    return sorted(
        (one for some in _watches.values() for one in some), key=lambda one: (one.table, one.whose)
    )


def guards() -> list[Guard]:
    """Every guard, in the order of the tables."""
    return [guard for _table, guard in sorted(_guards.items())]


def install(connection: BaseDatabaseWrapper) -> list[str]:
    """
    Make the triggers that are missing or of before; return their names. Watches that nobody
    registers any more go.

    SQLite drops a table's triggers when a migration rebuilds it, so this runs after migrations.
    A table that is not there yet is passed over.
    """
    wanted, found = _wanted(connection), _found(connection)
    late = [trigger for trigger in wanted if found.get(trigger.name) != trigger.body]
    over = found.keys() - {trigger.name for trigger in wanted}
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in sorted(over):
            _stop_watching(connection, cursor, name)
        for trigger in late:
            cursor.execute(_dropping(connection, trigger))
            for statement in trigger.making:
                cursor.execute(statement)
    return [trigger.name for trigger in late]


def gaps(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that are not there, are switched off, or are not what they should be."""
    found = _found(connection)
    wrong = [
        trigger.name for trigger in _wanted(connection) if found.get(trigger.name) != trigger.body
    ]
    tables = set(connection.introspection.table_names())
    wrong += [name for name, table in _named.items() if table in tables and name not in found]
    wrong += [table for table in _guards if table not in tables]
    return sorted(wrong)


def unwatch(connection: BaseDatabaseWrapper) -> None:
    """
    Take the watches away, those of a release before too, before tables are rebuilt: SQLite refuses
    to rename a table that the trigger of another one reads. `install` makes them again.
    """
    found = _found(connection)
    with connection.cursor() as cursor:
        for name in sorted(found):
            _stop_watching(connection, cursor, name)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Empty a whole database, as tests and the demo do: without its guards, which are made again."""
    with transaction.atomic(using=connection.alias):
        with connection.cursor() as cursor:
            for trigger in _wanted(connection):
                cursor.execute(_dropping(connection, trigger))
        yield
        install(connection)


def _wanted(connection: BaseDatabaseWrapper) -> list[Trigger]:
    found = []
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for guard in guards():
            if guard.table not in tables:
                continue
            described = connection.introspection.get_table_description(cursor, guard.table)
            columns = sorted(column.name for column in described)
            found += triggers(guard, columns, connection.vendor)
    return found + _watching(connection)


def _watching(connection: BaseDatabaseWrapper) -> list[Trigger]:
    tables = set(connection.introspection.table_names())
    return [
        trigger
        for into, some in _watches.items()
        if into in tables
        for trigger in watching.triggers(some, into, connection.vendor)
        if trigger.table in tables
    ]


def _found(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Each trigger of the database that is switched on, and its text."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
                " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
            )
        return dict(cursor.fetchall())


def _stop_watching(connection: BaseDatabaseWrapper, cursor: CursorWrapper, name: str) -> None:
    """Drop a trigger by its name if it watches; leave any other alone."""
    table = watching.table_of(name)
    if table is not None:
        cursor.execute(_dropping(connection, Trigger(name, table, (), "")))


def _dropping(connection: BaseDatabaseWrapper, trigger: Trigger) -> str:
    on = "" if connection.vendor == "sqlite" else f" ON {trigger.table}"
    return f"DROP TRIGGER IF EXISTS {trigger.name}{on}"
