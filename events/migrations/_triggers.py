"""
Triggers that no guard of `core.guards` describes: they look at moments, or into another table.

What was released never changes, and is kept for three years after its end and while a legal hold
stands; terms that were published never change. SQLite drops a table's triggers when a migration
rebuilds the table: one that alters a table named here runs `create` again. A test lists them all.
"""

FROZEN = {
    "events_packetversion_frozen": (
        "events_packetversion",
        "released_at",
        "packet_id number currency effective_from effective_to content_hash released_at"
        " released_by_id release_id",
        "a released packet version never changes",
    ),
    "events_termsedition_frozen": (
        "events_termsedition",
        "published_at",
        "code clauses state published_at published_by_id",
        "published terms never change",
    ),
}
KEPT = "events_packetversion_kept"
KEPT_AS_ROW = f"{KEPT}_as_row"
KEPT_SAYS = "a released packet version is kept for three years, and under a legal hold"
HELD = (
    "EXISTS (SELECT 1 FROM events_legalhold"
    " WHERE events_legalhold.packet_id = OLD.packet_id AND events_legalhold.lifted_at IS NULL)"
)
# One that was deleted stays so, and one that was not has its content
CHANGED = (
    "(OLD.shredded_at IS NOT NULL AND (NEW.shredded_at {differs} OLD.shredded_at"
    " OR NEW.sealed <> '')) OR (NEW.shredded_at IS NOT NULL AND NEW.sealed <> '')"
)


def create(apps, schema_editor):
    making = {"sqlite": _for_sqlite, "postgresql": _for_postgresql}
    for statement in making[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    tables = {name: table for name, (table, *_rest) in FROZEN.items()}
    tables |= dict.fromkeys((KEPT, KEPT_AS_ROW), "events_packetversion")
    for name, table in tables.items():
        schema_editor.execute(
            f"DROP TRIGGER IF EXISTS {name}{'' if is_sqlite else f' ON {table}'}"
        )
        if not is_sqlite:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def _for_sqlite():
    for name, (table, since, columns, says) in FROZEN.items():
        changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns.split())
        yield (
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} "
            f"WHEN OLD.{since} IS NOT NULL AND ({changed}) "
            f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )
    end = "max(date(OLD.released_at), date(coalesce(OLD.superseded_at, OLD.effective_to)))"
    yield (
        f"CREATE TRIGGER {KEPT} BEFORE UPDATE ON events_packetversion "
        "WHEN OLD.released_at IS NOT NULL AND ("
        "(NEW.sealed = '' AND OLD.sealed <> '' AND (NEW.shredded_at IS NULL"
        # What is no date for SQLite compares as unknown, and is refused too
        f" OR NOT coalesce(date(NEW.shredded_at) >= date({end}, '+3 years'), 0) OR {HELD}))"
        f" OR {CHANGED.format(differs='IS NOT')}) "
        f"BEGIN SELECT RAISE(ABORT, '{KEPT_SAYS}'); END"
    )


def _for_postgresql():
    for name, (table, since, columns, says) in FROZEN.items():
        changed = " OR ".join(
            f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns.split()
        )
        yield _function(name, f"BEGIN {_refuse(says)} END")
        yield (
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW "
            f"WHEN (OLD.{since} IS NOT NULL AND ({changed})) EXECUTE FUNCTION {name}()"
        )
    end = (
        "greatest((OLD.released_at AT TIME ZONE 'UTC')::date,"
        " coalesce((OLD.superseded_at AT TIME ZONE 'UTC')::date, OLD.effective_to))"
    )
    yield _function(
        KEPT,
        "BEGIN IF (NEW.sealed = '' AND OLD.sealed <> '' AND (NEW.shredded_at IS NULL"
        " OR (NEW.shredded_at AT TIME ZONE 'UTC')::date"
        f" < ({end} + interval '3 years')::date OR {HELD}))"
        f" OR {CHANGED.format(differs='IS DISTINCT FROM')} "
        f"THEN {_refuse(KEPT_SAYS)} END IF; RETURN NEW; END",
    )
    # As a row only here: SQLite empties its tables after a test by deleting row by row
    yield _function(KEPT_AS_ROW, f"BEGIN {_refuse(KEPT_SAYS)} END")
    for name, event in ((KEPT, "UPDATE"), (KEPT_AS_ROW, "DELETE")):
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON events_packetversion FOR EACH ROW "
            f"WHEN (OLD.released_at IS NOT NULL) EXECUTE FUNCTION {name}()"
        )


def _function(name, body):
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"


def _refuse(says):
    return f"RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation';"
