"""Whether what was brought back opens: a sample of everything that is sealed, signed or kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model, QuerySet
from django.views.decorators.debug import sensitive_variables

from core.guards import installed
from events.packets.delivery.models import PacketAnswer, PacketVersion, Receipt
from events.packets.letters.models import LetterFile
from events.packets.letters.rendering import certificates
from events.packets.letters.rendering.certification import check_pdf
from events.packets.letters.rules.letter import CertificateRefused
from events.sealing.models import SealedBytesField, sealed_columns
from events.sealing.rules import Unreadable, reseal, reseal_bytes
from events.trail.queries import verify
from sko_planner.backup.moving import Manifest, digest
from sko_planner.backup.secrets import missing


@dataclass(slots=True)
class Check:
    """One kind of thing: how many there are, how many were opened, what is wrong."""

    name: str
    total: int = 0
    opened: int = 0
    problems: list[str] = field(default_factory=list)


def check_all(*, sample: int, manifest: Manifest | None = None) -> list[Check]:
    """
    Open a sample of each kind, drawn at random; with 0, everything.

    With the manifest of the backup it came from, keys and files are held against it, and the trail
    against its end at that time.
    """
    checks = [
        _migrations(),
        _guards(),
        _each("figures", PacketVersion.objects.filter(shredded_at=None), sample, _figures),
        _each("receipts", Receipt.objects.select_related("version"), sample, _receipt),
        _each("answers", PacketAnswer.objects.select_related("version"), sample, _answer),
        _each(
            "letters",
            LetterFile.objects.filter(state=LetterFile.State.READY).select_related("version"),
            sample,
            _letter,
        ),
        _sealed(sample),
        _trail(manifest.trail_hash if manifest else ""),
    ]
    if manifest is not None:
        fatal, light = missing(manifest.needs)
        count = len(manifest.needs.packet_keys) + len(manifest.needs.certificates) + 1
        wrong = fatal + light
        checks += [Check("keys", count, count - len(wrong), wrong), _media(manifest)]
    return checks


@sensitive_variables()
def _each(name: str, rows: QuerySet[Any], sample: int, problem_of: Callable[[Any], str]) -> Check:
    check = Check(name, total=rows.count())
    for row in _drawn(rows, sample):
        try:
            problem = problem_of(row)
        except Unreadable as error:
            problem = str(error)
        if problem:
            check.problems.append(f"#{row.pk}: {problem}")
        else:
            check.opened += 1
    return check


def _drawn(rows: QuerySet[Any], sample: int) -> Iterable[Any]:
    if not sample:
        return rows.order_by("pk").iterator(chunk_size=50)
    return list(rows.order_by("?")[:sample])


@sensitive_variables()
def _figures(version: PacketVersion) -> str:
    version.read()
    return ""


def _receipt(receipt: Receipt) -> str:
    receipt.reason()
    receipt.evidence()
    return _bound(receipt.content_hash, receipt.version)


def _answer(answer: PacketAnswer) -> str:
    answer.reason()
    return _bound(answer.content_hash, answer.version)


def _bound(content_hash: str, version: PacketVersion) -> str:
    return "" if content_hash == version.content_hash else "it is of other content than its version"


@sensitive_variables()
def _letter(letter: LetterFile) -> str:
    try:
        verdict = check_pdf(letter.read(), certificates_of_ours=certificates.ours())
    except (ValueError, CertificateRefused) as error:
        return str(error)
    if not verdict.holds:
        return "its seal does not hold, or is of a certificate that is missing"
    return _bound(verdict.content_hash, letter.version)


@sensitive_variables()
def _sealed(sample: int) -> Check:
    """Whatever is sealed in any table; letters are opened by themselves."""
    check = Check("sealed texts")
    for model, column in sealed_columns():
        if model is LetterFile:
            continue
        is_file = isinstance(model._meta.get_field(column), SealedBytesField)
        rows = model._base_manager.exclude(**{column: b"" if is_file else ""})
        rows = rows.exclude(**{f"{column}__isnull": True})
        check.total += rows.count()
        for row in _drawn(rows.only("pk", column), sample):
            if problem := _unreadable(model, getattr(row, column)):
                check.problems.append(f"{model._meta.label} #{row.pk} {column}: {problem}")
            else:
                check.opened += 1
    return check


@sensitive_variables()
def _unreadable(model: type[Model], sealed: str | bytes | memoryview) -> str:
    try:
        if isinstance(sealed, str):
            reseal(sealed, settings.PACKET_KEYS)
        else:
            reseal_bytes(bytes(sealed), settings.PACKET_KEYS)
    except Unreadable as error:
        return str(error)
    return ""


def _trail(expect: str) -> Check:
    verdict = verify(expect=expect)
    total = verdict.entries + verdict.removed
    return Check("trail", total, verdict.entries, [str(found) for found in verdict.breaks])


def _guards() -> Check:
    wrong = installed.gaps(connection)
    total = len(installed.guards())
    return Check("guards", total, total, [f"{name} is missing or another" for name in wrong])


def _migrations() -> Check:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    done = len(executor.loader.applied_migrations)
    waiting = [f"{migration} is not applied" for migration, _backwards in plan]
    return Check("migrations", done + len(plan), done, waiting)


def _media(manifest: Manifest) -> Check:
    check, root = Check("files", total=len(manifest.media)), Path(settings.MEDIA_ROOT)
    for name, expected in manifest.media.items():
        path = root / name
        if not path.is_file():
            check.problems.append(f"{name} is missing")
        elif digest(path) != expected:
            check.problems.append(f"{name} is not as it was")
        else:
            check.opened += 1
    return check
