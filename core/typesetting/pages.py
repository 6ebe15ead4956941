"""
A page of HTML as a PDF, by WeasyPrint and in the house's typeface. Nothing is fetched: every address
but those of the typeface is refused.
"""

import threading
from collections.abc import Sequence

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from core.typesetting.typefaces import CUTS, OTHERS, SCHEME, faces, family, font_at, static_file

# Pango and the font configuration are not safe to use from two threads
laying_out = threading.Lock()


class _Typeface(URLFetcher):
    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        font = font_at(url)
        if font is None:
            raise ValueError("A page fetches nothing.")
        return URLFetcherResponse(url, font, {"Content-Type": "font/ttf"})


def _style(name: str) -> str:
    path = static_file(name)
    if path is None:
        raise FileNotFoundError(name)
    return path.read_text()


def pdf_of(html: str, styles: Sequence[str], rules: str = "") -> bytes:
    """
    A page as a tagged PDF, with style sheets by their names among the static files. They find the
    cuts of the typeface as `--text`, `--strong` and `--title`, and as `--others` what else there is
    for what it does not draw (`typefaces.draws`). `rules` are more CSS, after them.
    """
    cuts = " ".join(f"--{cut}: {family(cut)};" for cut in CUTS)
    sheets = [
        faces(),
        f":root {{ {cuts} --others: {', '.join(OTHERS)}; }}",
        *map(_style, styles),
        rules,
    ]
    with laying_out:
        fonts, fetcher = FontConfiguration(), _Typeface()
        read = [CSS(string=one, font_config=fonts, url_fetcher=fetcher) for one in sheets]
        page = HTML(string=html, base_url=SCHEME, url_fetcher=fetcher)
        made: bytes = page.write_pdf(stylesheets=read, font_config=fonts, pdf_variant="pdf/ua-1")
    return made
