"""
HTML to PDF by WeasyPrint.

Nothing is fetched: the style sheet and typeface are read from disk once a process, and every other
address is refused.
"""

import threading
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

STYLE = "events/packets/letter.css"
TYPEFACE = "vendor/archivo-{}-wdth-normal.woff2"
SCRIPTS = ("latin", "latin-ext", "vietnamese")
SCHEME = "typeface:"


def typeset(html: str) -> bytes:
    """Lay out a letter's HTML and return its PDF, tagged."""
    # Pango and the font configuration are not safe to use from two threads
    with _laying_out:
        fonts, style = _style()
        document = HTML(string=html, base_url=SCHEME, url_fetcher=Nowhere())
        return bytes(
            document.write_pdf(
                stylesheets=[style], font_config=fonts, pdf_tags=True, pdf_variant=None
            )
        )


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
