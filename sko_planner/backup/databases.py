"""A whole database into one file and back: SQLite by itself, PostgreSQL by its own programs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from django.db import connection

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_LIBPQ = {
    "dbname": "PGDATABASE",
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "connect_timeout": "PGCONNECT_TIMEOUT",
}


class DatabaseRefused(Exception):
    """The database was not written out, or not read in. The message is fit to show."""


def dump(folder: Path) -> Path:
    """
    Write the database as it is at one moment; people may go on working.

    :raises DatabaseRefused: a program of PostgreSQL is missing, or says why it does not
    """
    path = folder / NAMES[connection.vendor]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as target:
            connection.connection.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
    else:
        _run("pg_dump", ["--format=custom", "--no-owner", "--no-acl", f"--file={path}"])
    return path


def load(path: Path) -> None:
    """
    Read a database in, over what is there.

    :raises DatabaseRefused: a program of PostgreSQL is missing, or says why it does not
    """
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as source:
            source.backup(connection.connection)
    else:
        name = str(connection.get_connection_params()["dbname"])
        options = ["--clean", "--if-exists", "--no-owner", "--no-acl", "--single-transaction"]
        connection.close()  # it would hold what is replaced
        _run("pg_restore", [*options, "--exit-on-error", f"--dbname={name}", str(path)])
    connection.close()


def _run(program: str, options: Sequence[str]) -> None:
    found = shutil.which(program)
    if found is None:
        raise DatabaseRefused(f"{program} is not here: install PostgreSQL's client programs.")
    params = connection.get_connection_params()
    env = os.environ | {
        variable: str(params[name]) for name, variable in _LIBPQ.items() if params.get(name)
    }
    done = subprocess.run([found, *options], env=env, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise DatabaseRefused(f"{program}: {done.stderr.strip() or done.returncode}")
