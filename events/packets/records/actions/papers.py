"""
What an export holds of a version, and what retention deletes of it: one function for each paper.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from events.packets.delivery.models import (
    Packet,
    PacketAnswer,
    PacketRecall,
    PacketReturn,
    PacketRound,
    PacketVersion,
    Receipt,
    RoundQuestion,
)
from events.packets.delivery.queries import answers_to
from events.packets.inquiries.models import Inquiry, InquiryMessage, QuotaWish, SharedAnswer
from events.packets.letters.actions import letter_now
from events.packets.letters.models import LetterFile
from events.packets.records.models import LegalHold
from events.sealing import rules as sealing
from events.sealing.rules import Shredded, Unreadable

# What people wrote about a version, sealed: table, the way to the version, columns
WRITTEN: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (PacketAnswer, "version", ("sealed_reason",)),
    (PacketRecall, "version", ("sealed_reason",)),
    (Receipt, "version", ("sealed_reason", "sealed_evidence")),
    (RoundQuestion, "round__versions", ("sealed_question", "sealed_answer")),
    (Inquiry, "version", ("sealed",)),
    (InquiryMessage, "inquiry__version", ("sealed",)),
    (
        QuotaWish,
        "version",
        ("sealed_amount", "sealed_reason", "sealed_comment", "sealed_answer"),
    ),
)


@sensitive_variables()
def letter_pdf(version: PacketVersion, at: datetime) -> bytes:
    """
    The sealed letter of a version as a PDF: its signed copy, if it was signed for.

    :raises LetterRefused: it could not be made
    :raises Unreadable: its content cannot be opened
    """
    receipt = getattr(version, "receipt", None)
    is_signed = receipt is not None and not receipt.is_recorded
    kind = LetterFile.Kind.SIGNED_COPY if is_signed else LetterFile.Kind.LETTER
    return letter_now(version=version, kind=kind, at=at)


@sensitive_variables()
def content_text(version: PacketVersion) -> bytes:
    """
    The very text that was hashed and signed: its SHA-256 is the content hash.

    :raises Unreadable: it cannot be opened, or is not what was sealed
    """
    version.read()
    return sealing.unseal(version.sealed, settings.PACKET_KEYS).encode()


def answers_of(version: PacketVersion) -> list[tuple[str, datetime]]:
    """What a rep has answered to a version, and when: no reason, which may quote figures."""
    return [(str(answer.get_kind_display()), answer.at) for answer in answers_to(version)]


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """One thing that somebody wrote about a version, opened: about what, who, what they did."""

    about: str
    at: datetime
    by: str
    did: str
    text: str


@sensitive_variables()
def said_about(version: PacketVersion) -> list[Said]:
    """
    The questions about a version with their threads, and the wishes for another quota, in their
    order. What no key opens says so. Three queries.
    """
    found: list[Said] = []
    asked = version.inquiries.select_related("asked_by").prefetch_related("messages__by")
    for inquiry in asked.order_by("opened_at", "pk"):
        kind, rep = str(inquiry.get_kind_display()), inquiry.asked_by.full_name
        found.append(Said(kind, inquiry.opened_at, rep, _("asked"), _opened(inquiry.read)))
        for entry in inquiry.messages.all():
            by = entry.by.full_name if entry.by else ""
            did = str(entry.get_kind_display())
            found.append(Said(kind, entry.at, by, did, _opened(entry.read)))
    people = ("wished_by", "commented_by", "decided_by", "version")
    for wish in version.quota_wishes.select_related(*people).order_by("wished_at", "pk"):
        found += _said_of(wish)
    return found


@sensitive_variables()
def _said_of(wish: QuotaWish) -> list[Said]:
    about = _("Wish for another quota")
    try:
        texts = wish.read()
    except Unreadable as error:
        gone = _why_not(error)
        return [Said(about, wish.wished_at, wish.wished_by.full_name, _("wished"), gone)]
    reason = f"{texts.amount} {wish.version.currency}: {texts.reason}"
    found = [Said(about, wish.wished_at, wish.wished_by.full_name, _("wished"), reason)]
    if wish.commented_at and wish.commented_by:
        did = _("supports it") if wish.supports else _("does not support it")
        by = wish.commented_by.full_name
        found.append(Said(about, wish.commented_at, by, did, texts.comment))
    if wish.decided_at and wish.decided_by:
        did, by = str(wish.get_state_display()), wish.decided_by.full_name
        found.append(Said(about, wish.decided_at, by, did, texts.answer))
    return found


@sensitive_variables()
def _opened(read: Callable[[], str]) -> str:
    try:
        return read()
    except Unreadable as error:
        return _why_not(error)


def _why_not(error: Unreadable) -> str:
    return _("Deleted under retention.") if isinstance(error, Shredded) else _("No key opens this.")


def forget(version_ids: Collection[int]) -> None:
    """
    Delete what else quotes versions whose content was deleted: their letters, what was kept of the
    rounds that they were approved in, and what people wrote about them. That they wrote, and when,
    stays.
    """
    LetterFile.objects.filter(version__in=version_ids).delete()
    PacketRound.objects.filter(versions__in=version_ids).update(sealed="")
    for model, version, columns in WRITTEN:
        rows = model._base_manager.filter(**{f"{version}__in": version_ids})
        _empty(rows, columns)
    forget_returns()
    forget_shared()


def forget_returns() -> None:
    """
    Delete why drafts were sent back, once the last that was released of them is deleted: one
    reason is about many reps.
    """
    released = PacketVersion.objects.released()
    kept = PacketReturn.objects.filter(versions__in=released.filter(shredded_at=None))
    gone = PacketReturn.objects.filter(versions__in=released.exclude(shredded_at=None))
    rows = PacketReturn._base_manager.filter(pk__in=gone.values("pk"))
    _empty(rows.exclude(pk__in=kept.values("pk")), ("sealed_reason",))


def forget_shared() -> None:
    """
    Delete the shared answers to questions about versions whose content was deleted, but for those
    that were told to somebody whose packet is held: they are part of what that rep was told.
    """
    holds = LegalHold.objects.in_force().filter(packet=OuterRef("pk"))
    held = Packet.objects.filter(
        Exists(holds),
        rep=OuterRef("readers__person"),
        kickoff=OuterRef("inquiry__version__packet__kickoff"),
    )
    answers = SharedAnswer.objects.exclude(inquiry__version__shredded_at=None)
    kept = SharedAnswer.objects.filter(Exists(held)).values("pk")
    _empty(answers.exclude(pk__in=kept), ("sealed_question", "sealed_answer"))


def _empty(rows: QuerySet[Any], columns: Collection[str]) -> None:
    gone = sealing.seal(_("Deleted under retention."), settings.PACKET_KEYS)
    for column in columns:
        rows.exclude(**{column: ""}).update(**{column: gone})
