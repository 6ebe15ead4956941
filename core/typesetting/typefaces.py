"""
The typeface of the letter: three cuts of Archivo, each a font file of its own.

What comes with the pages is one variable font a script or part of one. A PDF holds none, so each letter would cut
its own: a third of all its time. Here they are cut once a process.
"""

import hashlib
import logging
import os
import unicodedata
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

logger = logging.getLogger(__name__)
SCHEME = "typeface:"
SCRIPTS = ("latin", "central", "latin-ext", "vietnamese")
CUTS = {
    "text": {"wght": 400, "wdth": 100},
    "strong": {"wght": 620, "wdth": 100},
    "title": {"wght": 690, "wdth": 110},
}
# Archivo has no other letters than these; the rest comes from the machine. Emoji are not named:
# Pango finds their typeface itself; named here it would be in every letter
OTHERS = (
    '"Noto Sans"', '"Noto Sans Arabic"', '"Noto Sans Hebrew"', '"Noto Sans Devanagari"',
    '"Noto Sans Thai"', '"Noto Sans CJK JP"', '"DejaVu Sans"', "sans-serif",
)  # fmt: skip
_FILE = "vendor/archivo-{}-wdth-normal.woff2"


def family(cut: str) -> str:
    """The families of a cut for CSS, in the order in which they are asked for a letter."""
    # One name a file: two files under one name would mix up their glyphs in the PDF
    return ", ".join([*(f'"Archivo {cut} {script}"' for script in SCRIPTS), *OTHERS])


def draws(text: str) -> bool:
    """
    Whether Archivo draws a whole text: it has all its letters, and none has a mark that is a sign
    of its own, such as that of “ọ̀”, which it would draw beside the letter.
    """
    signs = unicodedata.normalize("NFC", text)
    return not any(map(unicodedata.combining, signs)) and _signs().issuperset(map(ord, signs))


@lru_cache(maxsize=1)
def _signs() -> frozenset[int]:
    fonts = [TTFont(BytesIO(font)) for script in SCRIPTS if (font := _cut("text", script))]
    return frozenset(sign for font in fonts for sign in font.getBestCmap())


def faces() -> str:
    """The `@font-face` rules of all cuts."""
    return "\n".join(
        f'@font-face {{ font-family: "Archivo {cut} {script}";'
        f' src: url("{SCHEME}{cut}/{script}") format("truetype"); }}'
        for cut in CUTS
        for script in SCRIPTS
    )


def font_at(address: str) -> bytes | None:
    """The font file at an address of `faces`; None at any other."""
    cut, _slash, script = address.removeprefix(SCHEME).partition("/")
    if not address.startswith(SCHEME) or cut not in CUTS or script not in SCRIPTS:
        return None
    return _cut(cut, script)


@lru_cache(maxsize=len(CUTS) * len(SCRIPTS))
def _cut(cut: str, script: str) -> bytes | None:
    path = static_file(_FILE.format(script))
    if path is None:
        return None
    source = path.read_bytes()
    # Cutting takes a third of a second and much memory: kept for the next process
    kept = Path(settings.VAR_DIR) / "cache" / "typefaces" / f"{_name(cut, script, source)}.ttf"
    if kept.exists():
        return kept.read_bytes()
    font = instantiateVariableFont(TTFont(BytesIO(source)), CUTS[cut], inplace=True)
    font.flavor = None
    made = BytesIO()
    font.save(made)
    _keep(made.getvalue(), kept)
    return made.getvalue()


def _keep(made: bytes, kept: Path) -> None:
    """Whole or not there: another process may look for it meanwhile, and the disk may be full."""
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=kept.parent) as half:
            half.write(made)
            half.flush()
            os.link(half.name, kept)
    except FileExistsError:
        pass  # the other process was first
    except OSError:
        logger.warning("A typeface is not kept for the next process", exc_info=True)


def _name(cut: str, script: str, source: bytes) -> str:
    axes = repr(sorted(CUTS[cut].items())).encode()
    return f"{cut}-{script}-{hashlib.sha256(source + axes).hexdigest()[:16]}"


def static_file(name: str) -> Path | None:
    """A static file on disk: where it is made, or where it was collected."""
    found = finders.find(name)
    if isinstance(found, str):
        return Path(found)
    collected = Path(settings.STATIC_ROOT) / name
    return collected if collected.exists() else None
