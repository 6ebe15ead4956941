"""Both roads to today's tables: the one step of each app, and the steps that it replaces."""

import os
import re
import sqlite3
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from core.guards import installed
from reinforcement.touches.models import Touch

SQUASHED = {
    key
    for key, migration in MigrationLoader(None).disk_migrations.items()
    if migration.replaces and key[0] in {"people", "events", "agenda", "reinforcement"}
}


def forget(*keys):
    """A new installation has recorded both a step and what it replaces."""
    for app, name in keys:
        MigrationRecorder(connection).record_unapplied(app, name)


def newer_than(key):
    """The steps of an app that came after one, in order."""
    return sorted(
        one for one in MigrationLoader(None).disk_migrations if one[0] == key[0] and one > key
    )


def applied():
    return set(MigrationRecorder(connection).applied_migrations())


@pytest.mark.parametrize("replaced", [True, False])
def test_each_road_leads_to_the_models(replaced):
    loader = MigrationLoader(None, replace_migrations=replaced)
    today = ProjectState.from_apps(apps)
    # What was replaced comes first, as it did
    before = {step for one in loader.disk_migrations.values() for step in one.replaces}
    ends = sorted(loader.graph.leaf_nodes(), key=lambda step: step not in before)

    assert MigrationAutodetector(loader.project_state(ends), today).changes(loader.graph) == {}


def migrated(folder, *steps):
    """A SQLite database of an installation that was brought up by these steps, one after another."""
    environment = {
        "VAR_DIR": str(folder),
        "DEBUG": "1",
        "SECRET_KEY": "x",
        "PATH": os.environ["PATH"],
    }
    for step in steps:
        command = [sys.executable, "manage.py", "migrate", *step, "--verbosity=0"]
        subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)  # noqa: S603
    return sqlite3.connect(folder / "db.sqlite3")


def made_of(database):
    """All that stands in a database, with the count of rows; the order of columns aside."""
    parts = {}
    ours = "SELECT type, name, sql FROM sqlite_master WHERE name <> 'sqlite_sequence'"
    for kind, name, sql in database.execute(ours).fetchall():
        parts[kind, name] = sql
        if kind == "table":
            rows = database.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
            parts[kind, name] = (sorted(re.findall(r"\w+|[^\w\s,]", sql)), rows)
    return parts


@pytest.mark.look
@pytest.mark.long
def test_a_new_database_has_what_all_steps_lead_to(tmp_path):
    at_once = migrated(tmp_path / "at_once", [])
    # One that has a table already goes step by step
    by_steps = migrated(tmp_path / "by_steps", ["contenttypes"], [])

    ends = [
        set(one.execute("SELECT app, name FROM django_migrations").fetchall())
        for one in (at_once, by_steps)
    ]
    assert ends[0] == ends[1]
    assert made_of(at_once) == made_of(by_steps)
    assert len(made_of(at_once)) > 1000


@pytest.mark.django_db
def test_an_installation_of_the_release_before_has_nothing_to_do(capsys):
    forget(*SQUASHED)

    call_command("migrate", no_color=True)

    assert "No migrations to apply." in capsys.readouterr().out
    assert applied() >= SQUASHED
    assert installed.gaps(connection) == []


@pytest.mark.django_db(transaction=True)
def test_an_installation_that_stopped_halfway_goes_on(capsys):
    last = [
        ("reinforcement", "0003_more_time_that_a_manager_gave"),
        ("reinforcement", "0004_touches_hold_no_lease"),
    ]
    newer = newer_than(last[-1])
    call_command("migrate", *last[-1], verbosity=0)
    with connection.schema_editor() as editor:
        editor.remove_field(Touch, Touch._meta.get_field("extended_date"))
        for column in (
            "tries smallint NOT NULL DEFAULT 0",
            "leased_until timestamp with time zone NULL",
            "last_error varchar(500) NOT NULL DEFAULT ''",
        ):
            editor.execute(f"ALTER TABLE reinforcement_touch ADD COLUMN {column}")
    forget(*SQUASHED, *last)

    call_command("migrate", no_color=True)

    done = [line for line in capsys.readouterr().out.splitlines() if line.endswith("... OK")]
    assert done == [f"  Applying {'.'.join(step)}... OK" for step in [*last, *newer]]
    assert applied() >= {*SQUASHED, *last, *newer}
    assert not Touch.objects.exclude(extended_date=None).exists()
    assert installed.gaps(connection) == []


@pytest.mark.long
@pytest.mark.django_db
def test_guards_wait_until_every_table_is_as_it_will_be():
    last, trigger = ("reinforcement", "0004_touches_hold_no_lease"), "people_entry_guard_update"
    on = " ON people_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}{on}")
    newer = newer_than(last)
    forget(*SQUASHED, last, *newer)

    call_command("migrate", "people", verbosity=0)
    assert installed.gaps(connection) == [trigger]

    for step in (last, *newer):
        MigrationRecorder(connection).record_applied(*step)
    call_command("migrate", verbosity=0)
    assert installed.gaps(connection) == []
