"""
A file between upload and import: kept for a day, only for whom it was uploaded by, and encrypted,
since it may hold addresses or pay.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from cryptography.fernet import InvalidToken
from django.core import signing
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from core.boxes import box_for

KEPT = timedelta(days=1)
_FOLDER = "imports"
_SALT = "core.imports.uploads"


class UploadGone(Exception):
    """There is no such file any more, or it is somebody else's."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was uploaded; `name` is what its owner calls it."""

    name: str
    data: bytes


def store_upload(
    file: File[bytes],
    *,
    owner_id: int,
    purpose: str,
    at: datetime,
    is_large: bool = False,
) -> str:
    """
    Keep a file for its owner, and drop those that were kept for a day; return a token.

    `purpose` says what it is to be imported into: the token opens it for nothing else.
    """
    drop_old_uploads(at)
    sealed = ContentFile(seal(file.read()))
    stored = default_storage.save(f"{_FOLDER}/{uuid4().hex}", sealed)
    said = {"file": stored, "name": file.name or "", "owner": owner_id, "for": purpose}
    return signing.dumps(said | {"large": is_large}, salt=_SALT, compress=True)


def is_large_upload(token: str, *, owner_id: int, purpose: str) -> bool:
    """
    Whether the file behind a token is too large to be read while somebody waits for a page.

    :raises UploadGone: as for `open_upload`
    """
    return bool(_said(token, owner_id, purpose)["large"])


def open_upload(token: str, *, owner_id: int, purpose: str) -> Upload:
    """
    The file behind a token.

    :raises UploadGone: the token is forged, too old, somebody else's or for something else
    """
    said = _said(token, owner_id, purpose)
    try:
        with default_storage.open(said["file"]) as file:
            return Upload(said["name"], unseal(file.read()))
    except FileNotFoundError:
        raise UploadGone from None


def drop_upload(token: str, *, owner_id: int, purpose: str) -> None:
    """
    Forget a file once it is imported.

    :raises UploadGone: as for `open_upload`
    """
    default_storage.delete(_said(token, owner_id, purpose)["file"])


def seal(data: bytes) -> bytes:
    """Encrypt what was read out of somebody's file, for as long as the file itself is kept."""
    return box_for(_SALT).encrypt(data)


def unseal(data: bytes) -> bytes:
    """
    What was sealed here.

    :raises UploadGone: it was not, or by another `SECRET_KEY`
    """
    try:
        return box_for(_SALT).decrypt(data)
    except InvalidToken:
        raise UploadGone from None


def _said(token: str, owner_id: int, purpose: str) -> dict[str, Any]:
    try:
        said: dict[str, Any] = signing.loads(token, salt=_SALT, max_age=KEPT)
    except signing.BadSignature:
        raise UploadGone from None
    if (said["owner"], said["for"]) != (owner_id, purpose):
        raise UploadGone
    return said


def drop_old_uploads(at: datetime) -> None:
    """Drop the files that were kept for a day."""
    try:
        _folders, names = default_storage.listdir(_FOLDER)
    except FileNotFoundError:
        return
    for name in names:
        path = f"{_FOLDER}/{name}"
        if default_storage.get_modified_time(path) < at - KEPT:
            default_storage.delete(path)
