"""
The database itself refuses to change what a released version says, whoever asks.

A CHECK cannot compare a row with what it was, so this is a trigger. SQLite drops a table's
triggers when a later migration rebuilds the table: a migration that alters
`events_packetversion` creates this one again. The suite tests that it is there.
"""

from django.db import migrations

COLUMNS = (
    "packet_id",
    "number",
    "currency",
    "effective_from",
    "effective_to",
    "content_hash",
    "released_at",
    "released_by_id",
)
NAME = "events_packetversion_frozen"
TEXT = "a released packet version never changes"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in COLUMNS)
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON events_packetversion "
            f"WHEN OLD.released_at IS NOT NULL AND ({changed}) "
            f"BEGIN SELECT RAISE(ABORT, '{TEXT}'); END"
        )
    elif schema_editor.connection.vendor == "postgresql":
        changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in COLUMNS)
        schema_editor.execute(
            f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{TEXT}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON events_packetversion FOR EACH ROW "
            f"WHEN (OLD.released_at IS NOT NULL AND ({changed})) EXECUTE FUNCTION {NAME}()"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME}")
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME} ON events_packetversion")
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {NAME}()")


class Migration(migrations.Migration):
    dependencies = [("events", "0001_kickoffs_rosters_prework_packets")]

    operations = [migrations.RunPython(create, drop)]
