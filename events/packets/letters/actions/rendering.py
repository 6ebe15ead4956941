from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import DatabaseError
from django.db.models import F, QuerySet
from django.utils.translation import override
from django.views.decorators.debug import sensitive_variables

from core.due import leases
from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketVersion
from events.packets.letters import queries
from events.packets.letters.actions.queueing import key_in, queue_letters
from events.packets.letters.actions.running import LetterRefused
from events.packets.letters.models import LetterFile
from events.packets.letters.rendering import certificates, samples
from events.packets.letters.rendering.certification import seal_pdf
from events.packets.letters.rendering.render import SEAL, render_letter
from events.packets.letters.rules.brand import Brand
from events.packets.letters.rules.letter import Letter
from events.packets.letters.rules.reasons import place_of, reason_for
from events.sealing.rules import Shredded

State, Kind = LetterFile.State, LetterFile.Kind
# A letter takes a quarter of a second; whoever holds one longer than this is dead
LEASE = timedelta(minutes=2)
BATCH, BATCH_SECONDS = 40, 5.0
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one go of a worker came to; `more` if letters still wait."""

    ready: int = 0
    failed: int = 0
    more: bool = False


def render_batch(*, at: datetime, seconds: float = BATCH_SECONDS) -> Batch:
    """
    Make letters that wait, of any kickoff, oldest first, for a few seconds.

    Each is claimed alone by a conditional UPDATE, so any number of workers share the work, a pause
    holds from the next letter on, and one that fails stops no other. Not to be called inside a
    transaction. A worker that dies leaves one letter to `recover_letters`.
    """
    started = monotonic()
    outcomes = {State.READY: 0, State.FAILED: 0}
    waiting = LetterFile.objects.waiting().order_by("queued_at", "pk").values_list("pk", flat=True)
    for pk in list(waiting[:BATCH]):
        spent = monotonic() - started
        if spent > seconds:
            break
        now = at + timedelta(seconds=spent)
        if _claim(LetterFile.objects.waiting(), pk, now):
            outcomes[_render_claimed(pk, now)] += 1
    return Batch(outcomes[State.READY], outcomes[State.FAILED], waiting.exists())


@sensitive_variables()
def letter_now(*, version: PacketVersion, kind: str, at: datetime) -> bytes:
    """
    The letter of a released version: the file that was made, or else made on the spot and kept.

    :raises LetterRefused: it could not be made
    :raises Shredded: what it would say was deleted under retention
    :raises Unreadable: no key opens the file
    """
    if version.shredded_at is not None:
        raise Shredded(version.shredded_at)
    file = queries.file_of(version, kind)
    if file is None:
        queue_letters(versions=[version], at=at, kind=kind)
        file = queries.file_of(version, kind)
    if file is None:
        raise LetterRefused("")
    if file.state != State.READY:
        # Somebody is waiting for this one: a pause of the run does not hold it up
        free = LetterFile.objects.filter(state__in=[State.WAITING, State.FAILED])
        if not _claim(free, file.pk, at):
            return draw_letter(version, kind, file.language, at)[0]
        _render_claimed(file.pk, at)
        file.refresh_from_db()
        if file.state == State.FAILED:
            raise LetterRefused(file.problem)
    return file.read()


@sensitive_variables()
def preview(*, version: PacketVersion, at: datetime) -> bytes:
    """The letter of a draft, marked as such on every page: neither sealed nor kept."""
    return draw_letter(version, Kind.LETTER, queries.language_of_rep(version), at)[0]


def sample(*, kickoff: Kickoff, brand: Brand, language: str, at: datetime) -> bytes:
    """A letter with invented figures in some look, not sealed."""
    with override(language):
        letter = samples.sample_letter(kickoff.name, kickoff.fiscal_year, brand, language)
    return render_letter(letter, at=at).pdf


def _claim(files: QuerySet[LetterFile], pk: int, at: datetime) -> bool:
    changes = {"state": State.RENDERING, "tries": F("tries") + 1, "problem": ""}
    return leases.take(files, pk, at + LEASE, **changes)


@sensitive_variables()
def _render_claimed(pk: int, at: datetime) -> LetterFile.State:
    """Make a claimed letter and record what came of it, unless its lease was given away."""
    file = (
        LetterFile.objects.light()
        .select_related(
            "version__packet__rep", "version__packet__kickoff", "version__receipt__recorded_by",
            "version__employer_signature",
        )
        .get(pk=pk)
    )  # fmt: skip
    held = LetterFile.objects.filter(pk=pk, state=State.RENDERING, leased_until=at + LEASE)
    brand = queries.brand_of(file.version.packet.kickoff)
    try:
        pdf, pages = draw_letter(file.version, file.kind, file.language, at, brand)
    except DatabaseError:
        # Not the letter's fault: it waits for the end of its lease
        raise
    except Exception as error:
        # Its type and place alone: a message or a variable may hold a figure
        logger.error("Letter %s: %s at %s", pk, type(error).__name__, place_of(error))
        leases.give_back(held, state=State.FAILED, problem=reason_for(error)[:300])
        return State.FAILED
    leases.give_back(
        held,
        state=State.READY,
        problem="",
        key=key_in(file.version, file.kind, file.language, brand),
        rendered_at=at,
        pages=pages,
        **file.sealed_file(pdf),
    )
    return State.READY


@sensitive_variables()
def draw_letter(
    version: PacketVersion, kind: str, language: str, at: datetime, brand: Brand | None = None
) -> tuple[bytes, int]:
    """A letter as a file, sealed unless it is a draft, and how many pages it has."""
    brand = brand or queries.brand_of(version.packet.kickoff)
    signed = kind == Kind.SIGNED_COPY
    with override(language):
        letter = queries.letter_of(version, language=language, brand=brand, signed=signed)
    rendered = render_letter(letter, at=at)
    return _sealed(letter, rendered.pdf), rendered.pages


def _sealed(letter: Letter, pdf: bytes) -> bytes:
    if letter.is_draft:
        return pdf
    certificate, key = certificates.in_use()
    return seal_pdf(pdf, field=SEAL, certificate=certificate, key=key)
