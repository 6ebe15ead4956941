"""What lies in an archive: names, the list of hashes, and the archive itself, piece by piece."""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from core.imports.exports import write_csv
from events.packets.letters.rules.archives import Pipe

Row = Sequence[str]
TABLES = ("receipts", "answers", "questions", "trail")


@dataclass(slots=True, repr=False)
class Folder:
    """All that is handed out of one packet: its files, and its rows of the tables."""

    files: dict[str, bytes] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def size_bytes(self) -> int:
        return sum(map(len, self.files.values()))


@sensitive_variables()
def folder_to_text(folder: Folder) -> str:
    """A folder as the text that is sealed."""
    files = {name: base64.b64encode(data).decode() for name, data in folder.files.items()}
    return json.dumps({"files": files, "tables": folder.tables}, ensure_ascii=False)


@sensitive_variables()
def folder_from_text(text: str) -> Folder:
    """A folder out of its text."""
    said: Mapping[str, Mapping[str, object]] = json.loads(text)
    return Folder(
        files={name: base64.b64decode(str(data)) for name, data in said["files"].items()},
        tables={name: list(rows) for name, rows in said["tables"].items()},  # type: ignore[call-overload]  # JSON of our own making
    )


def folder_name(name: str, packet_id: int) -> str:
    """The folder of one rep's packet: readable where Latin letters allow it, and never twice."""
    return f"{slugify(name) or 'rep'}-{packet_id}"


def letter_name(fiscal_year: str, number: int) -> str:
    """The file of one letter."""
    return f"packet-{slugify(fiscal_year) or 'year'}-v{number}.pdf"


def content_name(fiscal_year: str, number: int) -> str:
    """The file with the very text that was hashed and signed."""
    return f"packet-{slugify(fiscal_year) or 'year'}-v{number}.json"


def heads() -> dict[str, list[str]]:
    """The column heads of the tables."""
    rep, version = _("Rep"), _("Version")
    content_hash = _("Content hash (SHA-256)")
    return {
        "receipts": [
            rep, _("E-mail"), _("Kickoff"), version, _("State"), _("Released (UTC)"),
            _("Opened (UTC)"), _("Signed (UTC)"), _("Typed name"), content_hash,
            _("Deleted under retention (UTC)"),
        ],
        "answers": [rep, _("Kickoff"), version, _("Answer"), _("When (UTC)"), content_hash],
        "questions": [
            rep, _("Kickoff"), version, _("About"), _("When (UTC)"), _("Who"), _("What"), _("Text"),
        ],
        "trail": [rep, _("Kickoff"), _("When (UTC)"), _("Who"), _("What"), _("Note")],
    }  # fmt: skip


def utc(moment: datetime | None) -> str:
    """A moment as the tables write it: ISO 8601, to the second."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else ""


@sensitive_variables()
def zipped(folders: Iterable[Folder], readme: str) -> Iterator[bytes]:
    """
    The archive in pieces as it is made: one folder is in memory at a time.

    It ends with the tables and `manifest.csv`: the SHA-256 of every file in it.
    """
    out = Pipe()
    manifest: list[Row] = []
    tables: dict[str, list[Row]] = {name: [] for name in TABLES}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, data: bytes) -> None:
            archive.writestr(name, data)
            manifest.append([name, hashlib.sha256(data).hexdigest(), str(len(data))])

        for folder in folders:
            for name, data in folder.files.items():
                put(name, data)
            for name in TABLES:
                tables[name] += folder.tables.get(name, [])
            yield out.taken()
        for name, columns in heads().items():
            put(f"{name}.csv", ("\ufeff" + write_csv(columns, tables[name])).encode())
        put("README.txt", readme.encode())
        listed = write_csv([_("File"), "SHA-256", _("Bytes")], manifest)
        archive.writestr("manifest.csv", ("\ufeff" + listed).encode())
    yield out.taken()
