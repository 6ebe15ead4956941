"""What a letter says, and the key by which the same letter is known."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

from events.packets.delivery.rules.content import Content, fingerprint
from events.packets.letters.rules.brand import Brand

# Raised when the look or the wording of letters changes: what was rendered before stays as it is
EDITION = 1


class UnknownTerms(LookupError):
    """There is no such edition of the terms."""


class CertificateRefused(Exception):
    """There is no certificate to seal with, or it is unfit. The message is fit to show."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The clauses of one edition as titles and texts, and the language that they are in."""

    edition: str
    language: str
    clauses: tuple[tuple[str, str], ...]


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


def key_of(*, content_hash: str, kind: str, language: str, brand_edition: int) -> str:
    """What a letter is made of, as a hash: the same key, the same letter."""
    parts = (content_hash, kind, language, str(brand_edition), str(EDITION))
    return hashlib.sha256(":".join(parts).encode()).hexdigest()
