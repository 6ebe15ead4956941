"""The letter: one packet as a PDF of two to four pages, tagged, for print, phone and archive."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_variables

from events.packets.delivery.rules.content import Content, fingerprint
from events.packets.letters.rules import archival, facts
from events.packets.letters.rules.brand import Brand
from events.packets.letters.rules.languages import Terms

# Raised when the look or the wording of letters changes: what was rendered before stays as it is
EDITION = 1
SEAL = "Seal"


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature: the typed name, the moment in words, and what the signer is."""

    name: str
    signed: str
    title: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """
    All that a letter says. A draft has no release date and is marked on every page.

    What is in words here (`changes`, signatures) is in `language` already.
    """

    kickoff_name: str
    fiscal_year: str
    number: int
    content: Content
    content_hash: str
    terms: Terms
    language: str = "en"
    brand: Brand = field(default_factory=Brand)
    released_date: date | None = None
    replaces: int | None = None
    changes: list[str] = field(default_factory=list)
    signature: Signature | None = None
    employer: Signature | None = None

    @property
    def is_draft(self) -> bool:
        return self.released_date is None

    @property
    def kind(self) -> str:
        """What the file says that it is, to machines."""
        if self.is_draft:
            return "draft"
        return "letter" if self.signature is None else "signed copy"

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.content_hash)


@dataclass(frozen=True, slots=True, repr=False)
class Rendered:
    """A letter as a file, not sealed yet."""

    pdf: bytes
    pages: int


def key_of(*, content_hash: str, kind: str, language: str, brand_edition: int) -> str:
    """What a letter is made of, as a hash: the same key, the same letter."""
    parts = (content_hash, kind, language, str(brand_edition), str(EDITION))
    return hashlib.sha256(":".join(parts).encode()).hexdigest()


@sensitive_variables()
def render_letter(letter: Letter, *, at: datetime) -> Rendered:
    """Lay out one letter: A4, tagged, PDF/A, with an empty field for the seal unless a draft."""
    with override(letter.language):
        html = render_to_string("events/packets/letters/letter.html", facts.of_letter(letter, at))
        seal = archival.SealField(SEAL, _("Seal of the company")) if not letter.is_draft else None
    terms_html, terms_language = _terms(letter)
    # Every process imports this file, few ever typeset: WeasyPrint alone is half a start
    module = "events.packets.letters.rules.typesetting"
    typeset: Callable[..., Rendered] = import_string(f"{module}.typeset")
    sheet: Callable[[str, str], object] = import_string(f"{module}.Sheet")
    made = typeset(
        html,
        sheet(terms_html, terms_language),
        brand=letter.brand,
        facts=archival.facts_for_machines(
            number=letter.number,
            content_hash=letter.content_hash,
            language=letter.language,
            kind=letter.kind,
        ),
        at=at,
        seal=seal,
    )
    return Rendered(made.pdf, made.pages)


def _terms(letter: Letter) -> tuple[str, str]:
    """The pages that are the same for everyone, as HTML, and their language."""
    with override(letter.terms.language):
        context = facts.of_terms(letter)
        return render_to_string("events/packets/letters/terms.html", context), letter.terms.language
