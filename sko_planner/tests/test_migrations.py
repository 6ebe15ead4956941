"""Both roads to today's tables: at once, and step by step."""

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


def forget(*keys):
    for app, name in keys:
        MigrationRecorder(connection).record_unapplied(app, name)


def newer_than(key):
    """The steps of an app that came after one, in order."""
    return sorted(
        one for one in MigrationLoader(None).disk_migrations if one[0] == key[0] and one > key
    )


def test_the_steps_lead_to_the_models():
    loader = MigrationLoader(None)
    today = ProjectState.from_apps(apps)

    assert MigrationAutodetector(loader.project_state(), today).changes(loader.graph) == {}


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


@pytest.mark.long
@pytest.mark.django_db
def test_guards_wait_until_every_table_is_as_it_will_be():
    last, trigger = ("reinforcement", "0004_touches_hold_no_lease"), "people_entry_guard_update"
    on = " ON people_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}{on}")
    newer = newer_than(last)
    forget(last, *newer)

    call_command("migrate", "people", verbosity=0)
    assert installed.gaps(connection) == [trigger]

    for step in (last, *newer):
        MigrationRecorder(connection).record_applied(*step)
    call_command("migrate", verbosity=0)
    assert installed.gaps(connection) == []
