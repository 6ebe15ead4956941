"""Empties what a test has committed, past the guards that keep rows and the watches that note changes."""

from django.db import transaction

# Written by Django after each migration, and by nothing else
DJANGOS_OWN = {"django_content_type", "auth_permission"}


def empty_tables(connection):
    """
    Delete the rows of every table that has some.

    Most have none after a test. Django's `flush` truncates all the same, which takes PostgreSQL
    seconds, and then writes its own lists anew.
    """
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    each = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})"  # noqa: S608 - names of our own tables
        for table in sorted({*found} - DJANGOS_OWN)
    )
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(each)
        filled = [table for (table,) in cursor.fetchall()]
        again = _without_triggers(connection.vendor, cursor, filled)
        for table in filled:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        for statement in again:
            cursor.execute(statement)


def _without_triggers(vendor, cursor, tables):
    """Keep triggers from firing as rows are deleted; the statements that let them fire again."""
    if vendor == "postgresql":
        cursor.execute("SET LOCAL session_replication_role = replica")
        return ["SET LOCAL session_replication_role = DEFAULT"]
    cursor.execute(
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%DELETE ON%'"
    )
    firing = [(name, sql) for name, table, sql in cursor.fetchall() if table in tables]
    for name, _sql in firing:
        cursor.execute(f"DROP TRIGGER {name}")
    return [sql for _name, sql in firing]
