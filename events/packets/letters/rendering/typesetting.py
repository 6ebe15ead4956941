"""
HTML to PDF by WeasyPrint: tagged, PDF/A-3a, with its content hash inside.

What is the same for everyone is made once a process: the typeface, the style sheets, the pages of
the terms. Nothing is fetched: every address but those of typeface and logo is refused.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from weasyprint import CSS, HTML, Attachment
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from core.typesetting.pages import laying_out
from core.typesetting.typefaces import (
    CUTS,
    SCHEME,
    faces,
    family,
    font_at,
    static_file,
)
from events.packets.letters.rendering import archival
from events.packets.letters.rules.brand import Brand

STYLE = "events/packets/letters/letter.css"
LOGO = "logo:"
VARIANT = "pdf/a-3a"
MOST_PAGES = 200  # beyond them the foot of a page counts only what stands before the terms


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text to be laid out, and the language that it is in."""

    html: str
    language: str


@dataclass(frozen=True, slots=True)
class Typeset:
    """A letter as a file."""

    pdf: bytes
    pages: int


def typeset(
    own: str,
    terms: Sheet,
    *,
    brand: Brand,
    facts: Mapping[str, Any],
    at: datetime,
    seal: archival.SealField | None = None,
) -> Typeset:
    """
    Lay out a person's own pages, put the terms behind them, and return the file.

    `facts` go into the file for machines (`archival`); `seal` is the field that takes the
    signature, none in a letter that takes none.
    """
    # Pango and the font configuration are not safe to use from two threads
    with laying_out, _collected_at_the_end():
        return _typeset(own, terms, brand, facts, at, seal)


def _typeset(
    own: str,
    terms: Sheet,
    brand: Brand,
    facts: Mapping[str, Any],
    at: datetime,
    seal: archival.SealField | None,
) -> Typeset:
    look = _look(brand)
    behind = len(_terms_pages(look, terms, 0).pages)
    document = look.lay_out(own, behind=behind)
    before = len(document.pages)
    shared = _terms_pages(look, terms, before)
    whole = document.copy([*document.pages, *shared.pages])
    record = Attachment(
        string=archival.packet_json(facts),
        name="packet.json",
        description="Version and content hash of this letter",
        relationship="Data",
        created=at,
        modified=at,
    )
    finish = archival.Finish(
        facts=facts, seal=seal, seal_page=before - 1, terms=(before, terms.language)
    )
    pdf = whole.write_pdf(
        pdf_variant=VARIANT, custom_metadata=True, attachments=[record], finisher=finish
    )
    return Typeset(bytes(pdf), len(whole.pages))


@contextmanager
def _collected_at_the_end() -> Iterator[None]:
    """
    Collect garbage once, after the letter, and only what is young.

    A layout makes some 100,000 objects, and the collector would look through all of them, and all
    of the process, again and again while every one of them is still in use: a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
        gc.collect(0)


class Nowhere(URLFetcher):
    """Gives the typeface's own files and the logo, and refuses every other address."""

    def __init__(self, brand: Brand | None = None) -> None:
        super().__init__()
        self.brand = brand or Brand()

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        name = self.brand.logo_name
        if name and url == f"{LOGO}{name}":
            return URLFetcherResponse(url, self.brand.logo, {"Content-Type": "image/png"})
        font = font_at(url)
        if font is None:
            raise ValueError("A letter fetches nothing.")
        return URLFetcherResponse(url, font, {"Content-Type": "font/ttf"})


class _Look:
    """What the letters of one brand share: style sheets by the pages around them, pictures."""

    def __init__(self, brand: Brand) -> None:
        self.fetcher = Nowhere(brand)
        self.values = {"--ink": brand.ink, "--accent": brand.accent}
        self.counters = CounterStyle()
        self.styles: dict[tuple[int, int], CSS] = {}
        self.pictures: dict[str, object] = {}

    def lay_out(self, html: str, *, before: int = 0, behind: int = 0) -> Document:
        """The pages of a text, numbered as if so many pages stood before and behind it."""
        return HTML(string=html, base_url=SCHEME, url_fetcher=self.fetcher).render(
            stylesheets=[self._style(before, behind)],
            font_config=_fonts(),
            counter_style=self.counters,
            cache=self.pictures,
            pdf_variant=VARIANT,
        )

    def _style(self, before: int, behind: int) -> CSS:
        key = (before, behind)
        if key not in self.styles:
            text = style_text({**self.values, **_page_numbers(before, behind)})
            self.styles[key] = CSS(
                string=text + _counter(before) + _counter(before + behind),
                font_config=_fonts(),
                counter_style=self.counters,
                base_url=SCHEME,
                url_fetcher=self.fetcher,
            )
        return self.styles[key]


def style_text(values: Mapping[str, str]) -> str:
    """
    The style sheet with its variables filled in, and the typeface.

    WeasyPrint knows variables, but resolves them for each box anew.
    """
    path = static_file(STYLE)
    if path is None:
        raise FileNotFoundError(STYLE)
    text = path.read_text("utf-8")
    known = dict(re.findall(r"^ *(--[\w-]+): (.+);$", text, re.M))
    known.update({f"--{cut}": family(cut) for cut in CUTS}, **values)
    return faces() + re.sub(r"var\((--[\w-]+)\)", lambda match: known[match[1]], text)


def _page_numbers(before: int, behind: int) -> dict[str, str]:
    number = f"counter(page, plus-{before})"
    return {"--page-number": f'{number} " / " counter(pages, plus-{before + behind})'}


def _counter(more: int) -> str:
    """A style of counting that begins later: page 1 of a text is page 3 of its letter."""
    numbers = " ".join(f'"{number + more}"' for number in range(1, MOST_PAGES + 1))
    return f"\n@counter-style plus-{more} {{ system: fixed 1; symbols: {numbers}; }}"


@lru_cache(maxsize=8)
def _look(brand: Brand) -> _Look:
    return _Look(brand)


@lru_cache(maxsize=64)
def _terms_pages(look: _Look, terms: Sheet, before: int) -> Document:
    return look.lay_out(terms.html, before=before)


@lru_cache(maxsize=1)
def _fonts() -> FontConfiguration:
    return FontConfiguration()
