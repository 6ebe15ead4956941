"""Changes of a watched table add whom they concern to a list, on both databases."""

import pytest
from django.db import connection

from core.guards.watching import Watch, triggers

WATCHES = (
    Watch("tried_note", "{row}.writer_id"),
    Watch("tried_note", "SELECT reader_id FROM tried_reader WHERE note_id = {row}.id"),
    Watch("tried_reader", "{row}.reader_id", ("name",)),
)


@pytest.fixture
def tables(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE tried_note (id bigint, writer_id bigint)")
        cursor.execute(
            "CREATE TABLE tried_reader (note_id bigint, reader_id bigint, name text, at text)"
        )
        cursor.execute("CREATE TABLE tried_stale (person_id bigint)")
        cursor.execute("INSERT INTO tried_reader VALUES (1, 20, 'Ana', ''), (1, 21, 'Ben', '')")
        for trigger in triggers(WATCHES, "tried_stale", connection.vendor):
            for statement in trigger.making:
                cursor.execute(statement)
        yield cursor


@pytest.mark.parametrize(
    ("before", "act", "concerned"),
    [
        ("", "INSERT INTO tried_note VALUES (1, 7)", [7, 20, 21]),
        ("INSERT INTO tried_note VALUES (1, 7)", "UPDATE tried_note SET writer_id = 8", [7, 8, 20, 21]),
        ("INSERT INTO tried_note VALUES (1, 7)", "DELETE FROM tried_note", [7, 20, 21]),
        ("", "INSERT INTO tried_note VALUES (2, NULL)", []),
        ("", "UPDATE tried_reader SET name = 'Eva' WHERE reader_id = 20", [20]),
        ("", "UPDATE tried_reader SET at = 'now'", []),
        ("", "UPDATE tried_reader SET name = name", []),
    ],
)  # fmt: skip
def test_whom_a_change_concerns(tables, before, act, concerned):
    if before:
        tables.execute(before)
        tables.execute("DELETE FROM tried_stale")

    tables.execute(act)

    tables.execute("SELECT person_id FROM tried_stale ORDER BY person_id")
    assert [row[0] for row in tables.fetchall()] == concerned
