"""Files are kept as they came, and go when nothing holds them any more."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from people.accounts.models import Person
from people.files import rules
from people.files.models import StoredFile

FOLDER = "files"
_UNHELD = timedelta(days=1)


class FileUnwanted(Exception):
    """The file is of a kind, a size or a content that is not taken."""


def check_file(upload: File[bytes], kinds: Iterable[rules.Kind]) -> rules.Kind:
    """
    The kind of a file among those that are taken.

    :raises FileUnwanted: it is empty, too large, of another kind, or not what its name says
    """
    taken = {kind.ending: kind for kind in kinds}
    name, size = rules.shown_name(upload.name or ""), upload.size
    kind = taken.get(rules.ending_of(name))
    said = {"name": name, "endings": ", ".join(taken)}
    if kind is None:
        raise FileUnwanted(_("“%(name)s” is not taken here. What is: %(endings)s.") % said)
    if not size:
        raise FileUnwanted(_("“%(name)s” is empty.") % said)
    if size > kind.max_bytes:
        said |= {"size": filesizeformat(size), "most": filesizeformat(kind.max_bytes)}
        raise FileUnwanted(_("“%(name)s” has %(size)s; %(most)s is the most that is taken.") % said)
    upload.seek(0)
    head = upload.read(rules.HEAD_BYTES if size > rules.MEGABYTE else None)
    upload.seek(0)
    if not rules.is_what_it_says(head, kind.ending):
        raise FileUnwanted(
            _("“%(name)s” is not what its name says. Save it anew, and choose that file.") % said
        )
    return kind


def keep_file(
    *, upload: File[bytes], kinds: Iterable[rules.Kind], by: Person | None, at: datetime
) -> StoredFile:
    """
    Keep an uploaded file; the caller's row holds it in the same transaction.

    :raises FileUnwanted: as for `check_file`
    """
    kind = check_file(upload, kinds)
    return StoredFile.objects.create(
        content=default_storage.save(f"{FOLDER}/{uuid4().hex}", upload),
        name=rules.shown_name(upload.name or ""),
        media_type=kind.media_type,
        is_shown=kind.is_shown,
        size_bytes=upload.size,
        added_by=by,
        added_at=at,
    )


def drop_unheld(at: datetime) -> dict[str, int]:
    """
    Once an hour: drop what nothing has held for a day, and contents whose row was never written.

    Rows go first, so that a row always has its content.
    """
    if at.minute:
        return {}
    before = at - _UNHELD
    StoredFile.objects.filter(pk__in=StoredFile.objects.held_by_nothing(before)).delete()
    kept = set(StoredFile.objects.values_list("content", flat=True))
    strays = [path for path in _contents() if path not in kept and _is_older(path, before)]
    for path in strays:
        default_storage.delete(path)
    return {"dropped": len(strays)}


def _contents() -> list[str]:
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    return [f"{FOLDER}/{name}" for name in names]


def _is_older(path: str, before: datetime) -> bool:
    try:
        return default_storage.get_modified_time(path) < before
    except FileNotFoundError:  # another tick was first
        return False
