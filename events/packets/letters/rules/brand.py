"""The company's look on its letters: two colours, a logo, three blocks of text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

INK, ACCENT = "#12201a", "#0a757b"
# WCAG 2.2: 1.4.3 for text, 1.4.11 for what is drawn; all of it stands on white paper
TEXT_CONTRAST, DRAWN_CONTRAST = 4.5, 3.0
MAX_LOGO_BYTES = 512 * 1024
MAX_LOGO_SIDE = 2000  # pixels of what is sent
KEPT_LOGO_SIZE = (900, 300)  # pixels of what is kept: over 300 a printed inch
TEXT_LIMITS = {"opening": 600, "closing": 600, "footer": 160}

_DAMAGED = (
    UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning,
    OSError, SyntaxError, ValueError,
)  # fmt: skip
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII)


class BrandRefused(Exception):
    """A colour or picture that a letter cannot show. The message is fit to show."""


@dataclass(frozen=True, slots=True)
class Brand:
    """One edition of the look. Edition 0 is the default, which no table holds."""

    edition: int = 0
    ink: str = INK
    accent: str = ACCENT
    logo: bytes = b""
    opening: str = ""
    closing: str = ""
    footer: str = ""

    @property
    def logo_name(self) -> str:
        """What the logo is called within a letter: it changes with the picture."""
        return hashlib.sha256(self.logo).hexdigest()[:16] if self.logo else ""


def contrast_with_white(colour: str) -> float:
    """
    The contrast ratio of a colour such as `#0a757b` on white, 1 to 21.

    Formula: relative luminance and contrast ratio of WCAG 2.2.
    """
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 1.05 / (luminance + 0.05)


def clean_colour(text: str, *, at_least: float) -> str:
    """
    A colour as `#rrggbb` in small letters.

    :raises BrandRefused: it is none, or too pale for white paper
    """
    colour = text.strip().lower()
    if not _COLOUR.fullmatch(colour):
        raise BrandRefused(_("Write a colour as # and six digits, such as #0a757b."))
    found = contrast_with_white(colour)
    if found < at_least:
        raise BrandRefused(
            _(
                "Too pale for white paper: its contrast is %(found)s to 1, and it needs"
                " %(needed)s to 1. Choose a darker one."
            )
            # Down, so that what is refused never reads as enough
            % {"found": f"{int(found * 10) / 10:.1f}", "needed": f"{at_least:.1f}"}
        )
    return colour


def clean_logo(data: bytes) -> bytes:
    """
    A PNG or JPEG drawn anew as a PNG, so that nothing but its pixels goes into a letter.

    :raises BrandRefused: it is something else, damaged, or too large
    """
    if len(data) > MAX_LOGO_BYTES:
        raise BrandRefused(
            _("This file is larger than %(size)d kB.") % {"size": MAX_LOGO_BYTES // 1024}
        )
    try:
        with Image.open(BytesIO(data), formats=["PNG", "JPEG"]) as picture:
            # Known from the header: nothing is unpacked before this
            width, height = picture.size
            if max(width, height) > MAX_LOGO_SIDE:
                raise BrandRefused(
                    _("At most %(side)d pixels wide and high; this is %(width)d by %(height)d.")
                    % {"side": MAX_LOGO_SIDE, "width": width, "height": height}
                )
            drawn = picture.convert("RGBA")
    except _DAMAGED as error:
        raise BrandRefused(_("This is no PNG or JPEG picture, or it is damaged.")) from error
    drawn.thumbnail(KEPT_LOGO_SIZE)
    flat = Image.new("RGB", drawn.size, "white")
    flat.paste(drawn, mask=drawn.getchannel("A"))
    kept = BytesIO()
    flat.save(kept, "PNG", optimize=True)
    return kept.getvalue()
