"""
The letter: one packet as a PDF of two pages or so, tagged, for print and phone.

Nothing is fetched: the style sheet and typeface are read from disk once a process, and every other
address is refused.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from core.ui.figures import day, money
from events.packets.rules import curves, words
from events.packets.rules.content import Content, fingerprint
from events.packets.rules.terms import clauses

STYLE = "events/packets/letter.css"
TYPEFACE = "vendor/archivo-{}-wdth-normal.woff2"
SCRIPTS = ("latin", "latin-ext", "vietnamese")
SCHEME = "typeface:"
BAR_WIDTH = 120
WIDE_FIGURE = 11


@dataclass(frozen=True, slots=True)
class Signature:
    """A signed receipt: the typed name, and the moment in words."""

    name: str
    signed: str


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """All that a letter says. A draft has no release date and is marked on every page."""

    kickoff_name: str
    fiscal_year: str
    number: int
    content: Content
    content_hash: str
    released_date: date | None = None
    released_by: str = ""
    replaces: int | None = None
    changes: list[str] = field(default_factory=list)
    signature: Signature | None = None

    @property
    def is_draft(self) -> bool:
        return self.released_date is None

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.content_hash)


@sensitive_variables()
def render_letter(letter: Letter) -> bytes:
    """Lay out one letter and return its PDF: A4, tagged, in the active language."""
    html = render_to_string("events/packets/letter.html", facts_of(letter))
    # Pango and the font configuration are not safe to use from two threads
    with _laying_out:
        fonts, style = _style()
        document = HTML(string=html, base_url=SCHEME, url_fetcher=Nowhere())
        return bytes(
            document.write_pdf(
                stylesheets=[style], font_config=fonts, pdf_tags=True, pdf_variant=None
            )
        )


def facts_of(letter: Letter) -> Mapping[str, Any]:
    """What the letter's template shows."""
    content = letter.content
    largest = max((period.amount for period in content.quota.periods), default=0)
    return {
        "letter": letter,
        "content": content,
        "company": settings.COMPANY_NAME,
        "rep": content.identity,
        "starts": day(content.effective_from, "long"),
        "ends": day(content.effective_to, "long"),
        "released": day(letter.released_date, "long"),
        "periods": [
            {
                "name": words.period_name(period),
                "amount": period.amount,
                "width": f"{period.amount / largest * BAR_WIDTH:.1f}" if largest else "0",
            }
            for period in content.quota.periods
        ],
        # Four figures share a line of the page; those with many digits are set smaller
        "is_long": max(map(len, _figures(content))) > WIDE_FIGURE,
        "curve": curves.draw(content, width=350, height=215),
        "plan": words.plan_sentences(content.comp.plan),
        "examples": words.examples(content),
        "clauses": clauses(content.comp.terms),
        "title": _("%(year)s packet of %(name)s, version %(number)d")
        % {"year": letter.fiscal_year, "name": content.identity.name, "number": letter.number},
    }


def _figures(content: Content) -> list[str]:
    comp = content.comp
    amounts = (content.quota.amount, comp.base, comp.target_variable, comp.on_target)
    return [money(amount, content.currency) for amount in amounts]


class Nowhere(URLFetcher):  # type: ignore[misc]
    """Gives the typeface's own files and refuses every other address."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        script = url.removeprefix(SCHEME) if url.startswith(SCHEME) else ""
        path = _static(TYPEFACE.format(script)) if script in SCRIPTS else None
        if path is None:
            raise ValueError("A letter fetches nothing.")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/woff2"})


_laying_out = threading.Lock()


@lru_cache(maxsize=1)
def _style() -> tuple[FontConfiguration, CSS]:
    fonts = FontConfiguration()
    path = _static(STYLE)
    if path is None:
        raise FileNotFoundError(STYLE)
    text = path.read_text("utf-8")
    return fonts, CSS(string=text, font_config=fonts, base_url=SCHEME, url_fetcher=Nowhere())


def _static(name: str) -> Path | None:
    """A static file on disk: where it is made, or where it was collected."""
    found = finders.find(name)
    if isinstance(found, str):
        return Path(found)
    collected = Path(settings.STATIC_ROOT) / name
    return collected if collected.exists() else None
