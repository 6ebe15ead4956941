"""A backup made, and brought back into an empty installation."""

from __future__ import annotations

import hashlib
import json
import secrets
import tarfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from events.trail.queries import last_hash
from people.accounts.models import Person
from sko_planner.backup import databases
from sko_planner.backup.secrets import Fingerprints, fingerprints, missing

MANIFEST, MEDIA = "manifest.json", "media.tar"
_CHUNK = 1024 * 1024


class BackupRefused(Exception):
    """Nothing was made or brought back. The message is fit to show."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: what it holds, and by what its keys are known."""

    made_at: str
    database: str
    files: dict[str, str]  # of the backup: SHA-256 of each
    media: dict[str, str]  # SHA-256 of each file under the media folder
    migrations: list[str]
    trail_hash: str
    needs: Fingerprints


def make(folder: Path, at: datetime) -> Manifest:
    """
    Write database, media and what keys they need into a new folder; no key itself.

    The database first: a file that comes while it is written belongs to no row in it, and does no
    harm.

    :raises BackupRefused: the folder is not empty
    :raises DatabaseRefused: the database was not written
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupRefused(f"{folder} is not empty.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in (databases.NAMES[connection.vendor], MEDIA, MANIFEST):
        # In a folder that was there already too: sign-in codes that wait are in it as they are
        (folder / name).touch(mode=0o600)
    trail_hash = last_hash()
    database = databases.dump(folder)
    root = Path(settings.MEDIA_ROOT)
    media = {name: digest(root / name) for name in _names(root)}
    with tarfile.open(folder / MEDIA, "w") as archive:
        for name in media:
            archive.add(root / name, arcname=name)
    manifest = Manifest(
        made_at=at.isoformat(timespec="seconds"),
        database=connection.vendor,
        files={path.name: digest(path) for path in (database, folder / MEDIA)},
        media=media,
        migrations=sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations()),
        trail_hash=trail_hash,
        needs=fingerprints(secrets.token_hex(16)),
    )  # fmt: skip
    said = {name: getattr(manifest, name) for name in Manifest.__slots__}
    said["needs"] = manifest.needs.as_dict()
    (folder / MANIFEST).write_text(json.dumps(said, indent=1), "utf-8")
    return manifest


def read(folder: Path) -> Manifest:
    """:raises BackupRefused: this is no backup of ours"""
    try:
        said: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        return Manifest(**{**said, "needs": Fingerprints(**said["needs"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BackupRefused(f"{folder} holds no backup: {error}") from error


def bring_back(folder: Path, *, despite_missing_keys: bool = False) -> list[str]:
    """
    Read a backup into this installation, which has nobody in it; return what it lacks.

    Everything is looked at before anything is written. Newer migrations are applied at the end, and
    the guards of tables stand.

    :raises BackupRefused: it is damaged, of another kind of database or of a newer version; a key
        is missing; or there is something here already
    :raises DatabaseRefused: the database was not read
    """
    manifest = read(folder)
    fatal, light = missing(manifest.needs)
    problems = _damage(folder, manifest)
    if manifest.database != connection.vendor:
        problems.append(f"It is of {manifest.database}, and this is {connection.vendor}.")
    elif set(manifest.files) != {databases.NAMES[connection.vendor], MEDIA}:
        problems.append(f"{MANIFEST} does not name the database and {MEDIA}, and only those.")
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    if newer := [name for name in manifest.migrations if name not in known]:
        problems.append(f"It was made by a newer version, with {newer[0]}.")
    if not despite_missing_keys:
        problems += fatal
    root = Path(settings.MEDIA_ROOT)
    if _has_people() or _names(root):
        problems.append("There are people or files here already. Bring it back into an empty one.")
    if problems:
        raise BackupRefused("\n".join(problems))
    databases.load((folder / databases.NAMES[connection.vendor]).resolve())
    root.mkdir(parents=True, exist_ok=True)
    with tarfile.open(folder / MEDIA) as archive:
        archive.extractall(root, filter="data")
    call_command("migrate", verbosity=0)
    return fatal + light


def digest(path: Path) -> str:
    """SHA-256 of a file, read piece by piece."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            found.update(piece)
    return found.hexdigest()


def _names(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def _damage(folder: Path, manifest: Manifest) -> list[str]:
    return [
        f"{name} is {'not as it was written' if (folder / name).is_file() else 'missing'}."
        for name, expected in manifest.files.items()
        if not (folder / name).is_file() or digest(folder / name) != expected
    ]


def _has_people() -> bool:
    return Person._meta.db_table in connection.introspection.table_names() and (
        Person.objects.exists()
    )
