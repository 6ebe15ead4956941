"""Reads of letters. `letter_of` and `LetterFile.read` open figures; nothing else does."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet, aggregates
from django.utils.translation import gettext as _

from core.ui.figures import day, moment
from events.kickoff.models import Kickoff
from events.packets.comp.queries import language_in, texts_of
from events.packets.comp.rules.terms import EDITIONS
from events.packets.delivery import queries as packets
from events.packets.delivery.hooks import Panel
from events.packets.delivery.models import PacketVersion, Receipt
from events.packets.letters.models import LetterBrand, LetterFile, LetterRun
from events.packets.letters.rendering.languages import language_of, terms_in
from events.packets.letters.rules.brand import Brand
from events.packets.letters.rules.letter import Letter, Signature, Terms, UnknownTerms
from people.accounts.models import Person

State, Kind = LetterFile.State, LetterFile.Kind
# How long the rest takes is told by what was made lately, once that is enough to go by
LOOKED_BACK = timedelta(minutes=2)
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Count:
    """Of one kind of file: how many are ready, of how many there will be."""

    kind: str
    ready: int
    total: int


@dataclass(frozen=True, slots=True)
class Progress:
    """
    How far the files of a kickoff have come, letters and signed copies; every figure but
    `packets` is one of files. No figures of comp.
    """

    packets: int = 0
    waiting: int = 0
    rendering: int = 0
    ready: int = 0
    failed: int = 0
    missing: int = 0
    kinds: tuple[Count, ...] = ()
    paused_at: datetime | None = None
    paused_by: str = ""
    minutes_left: int | None = None

    @property
    def total(self) -> int:
        return self.waiting + self.rendering + self.ready + self.failed

    @property
    def expected(self) -> int:
        """What there will be once all that is released has its letter."""
        return self.total + self.missing

    @property
    def left(self) -> int:
        return self.waiting + self.rendering

    @property
    def is_going(self) -> bool:
        """Whether it changes by itself."""
        return self.rendering > 0 or (self.waiting > 0 and self.paused_at is None)


def letter_of(version: PacketVersion, *, language: str, brand: Brand, signed: bool) -> Letter:
    """
    All that the letter of a version says, with its receipt if `signed`. Three queries at most.

    To be called in the language that the letter is in.
    """
    content, before = version.read(), packets.version_before(version)
    receipt = getattr(version, "receipt", None) if signed else None
    kickoff = version.packet.kickoff
    return Letter(
        kickoff_name=kickoff.name,
        fiscal_year=kickoff.fiscal_year,
        number=version.number,
        content=content,
        content_hash=version.content_hash,
        terms=terms_of(content.comp.terms, language),
        language=language,
        brand=brand,
        released_date=kickoff.local_date(version.released_at) if version.released_at else None,
        replaces=before.number if before else None,
        changes=packets.changes_in(version, before),
        signature=_of_rep(receipt, kickoff) if receipt else None,
        employer=employer_of(version),
    )


def terms_of(edition: str, language: str) -> Terms:
    """
    The terms of an edition in a language; else in the company's, else in one that it has.

    One query at most.

    :raises UnknownTerms: there is no such edition
    """
    if edition in EDITIONS:
        return terms_in(edition, language)
    texts = texts_of(edition)
    found = language_in(texts, language)
    if found is None:
        raise UnknownTerms(edition)
    return Terms(edition, found, tuple((title, text) for title, text in texts[found]))


def _of_rep(receipt: Receipt, kickoff: Kickoff) -> Signature:
    """The rep's signature, or what RevOps recorded of one that was given otherwise."""
    when = moment(receipt.signed_at, kickoff.zone)
    if not receipt.is_recorded or receipt.recorded_by is None:
        said = _("Receipt signed by typed name, %(when)s") % {"when": when}
        return Signature(receipt.typed_name, said)
    said = _("Receipt given elsewhere, %(day)s; recorded by %(name)s of RevOps") % {
        "day": day(kickoff.local_date(receipt.signed_at), "year"),
        "name": receipt.recorded_by.full_name,
    }
    return Signature("", said)


def employer_of(version: PacketVersion) -> Signature | None:
    """Who signed a version for the company; none while it is a draft."""
    signed = getattr(version, "employer_signature", None)
    if signed is None:
        return None
    on = day(version.packet.kickoff.local_date(signed.signed_at), "long")
    return Signature(signed.typed_name, on, signed.title)


def brand_of(kickoff: Kickoff) -> Brand:
    """The look that letters of a kickoff are rendered in now. One query."""
    latest = LetterBrand.objects.filter(kickoff=kickoff).order_by("-edition").first()
    return latest.brand if latest else Brand()


def language_of_rep(version: PacketVersion) -> str:
    """The language of a rep's letters."""
    return language_of(version.packet.rep.language)


def file_of(version: PacketVersion, kind: str) -> LetterFile | None:
    """
    The letter of a version as it was made, in the rep's language: ready, or on its way. One query.
    """
    files = LetterFile.objects.filter(version=version, kind=kind, language=language_of_rep(version))
    return files.first()


def is_made(version: PacketVersion, kind: str) -> bool:
    """Whether the letter of a version is there to be handed out; of a draft, none is kept."""
    files = LetterFile.objects.filter(version=version, kind=kind, state=State.READY)
    return files.filter(language=language_of_rep(version)).exists()


def progress(kickoff: Kickoff, at: datetime) -> Progress:
    """How far the letters of a kickoff have come. Six queries."""
    files = LetterFile.objects.filter(run__kickoff=kickoff).order_by()
    by_kind = list(files.values_list("kind", "state").annotate(n=aggregates.Count("pk")))
    counts: Counter[str] = Counter()
    for _kind, state, count in by_kind:
        counts[state] += count
    missing = {kind: missing_of(kickoff, kind).count() for kind in Kind}
    run = LetterRun.objects.filter(kickoff=kickoff).select_related("paused_by").first()
    released = PacketVersion.objects.of(kickoff).released().order_by()
    return Progress(
        packets=released.aggregate(n=aggregates.Count("packet", distinct=True))["n"],
        waiting=counts[State.WAITING],
        rendering=counts[State.RENDERING],
        ready=counts[State.READY],
        failed=counts[State.FAILED],
        missing=sum(missing.values()),
        kinds=tuple(
            Count(
                str(kind.label),
                sum(n for one, state, n in by_kind if (one, state) == (kind, State.READY)),
                sum(n for one, _state, n in by_kind if one == kind) + missing[kind],
            )
            for kind in Kind
        ),
        paused_at=run.paused_at if run else None,
        paused_by=run.paused_by.display_name if run and run.paused_by else "",
        minutes_left=_minutes_left(files, counts[State.WAITING] + counts[State.RENDERING], at),
    )


def _minutes_left(files: QuerySet[LetterFile], left: int, at: datetime) -> int | None:
    """
    In whole minutes, 0 for less than one; None as long as too few were made to go by.

    Only those count that were made since the oldest of what waits was queued: one that somebody
    opened in between says nothing of how fast a run is.
    """
    begun = files.filter(state__in=[State.WAITING, State.RENDERING]).aggregate(
        at=aggregates.Min("queued_at")
    )["at"]
    if begun is None:
        return None
    since = max(begun, at - LOOKED_BACK)
    made = files.filter(rendered_at__gt=since, rendered_at__lte=at).count()
    if made < ENOUGH:
        return None
    return int((at - since) * left / made / timedelta(minutes=1))


def missing_of(kickoff: Kickoff, kind: str) -> QuerySet[PacketVersion]:
    """Released versions that nobody has queued a letter for; for signed copies, signed ones."""
    released = PacketVersion.objects.of(kickoff).released().filter(shredded_at=None)
    if kind == Kind.SIGNED_COPY:
        released = released.filter(receipt__isnull=False)
    queued = LetterFile.objects.filter(version=OuterRef("pk"), kind=kind)
    return released.filter(~Exists(queued)).order_by("pk")


def files_of(kickoff: Kickoff) -> QuerySet[LetterFile]:
    """Every letter and signed copy of a kickoff, without the file itself, with whose it is."""
    files = LetterFile.objects.filter(run__kickoff=kickoff)
    return files.light().select_related("version__packet__rep__region")


def ready_files(kickoff: Kickoff) -> QuerySet[LetterFile]:
    """What can be downloaded: made, and not deleted under retention."""
    return files_of(kickoff).filter(state=State.READY, version__shredded_at=None)


def failed_files(kickoff: Kickoff) -> QuerySet[LetterFile]:
    """What could not be made, with whose it is."""
    return (
        LetterFile.objects.filter(run__kickoff=kickoff, state=State.FAILED)
        .light()
        .select_related("version__packet__rep")
        .order_by("version__packet__rep__full_name", "pk")
    )


def signed_copy_panel(version: PacketVersion, viewer: Person) -> Panel | None:
    """Beside a signed version: the way to its copy with the signature, made if it is not there."""
    if not Receipt.objects.filter(version=version).exists():
        return None
    return Panel(
        "events/packets/letters/_files.html",
        {
            "slug": version.packet.kickoff.slug,
            "packet_id": version.packet_id,
            "number": version.number,
            "is_own": version.packet.rep_id == viewer.pk,
        },
    )
