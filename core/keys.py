"""What people see of a text, and the key by which two texts that look alike are the same."""

import unicodedata

_JOINERS = frozenset("\u200c\u200d")
_FLAG = "\U0001f3f4"  # followed by tags it is the flag of England, Scotland or Wales
_TAGS = "".join(map(chr, range(0xE0020, 0xE0080)))
_LONGEST_FLAG = 8  # signs, the flag itself among them; a cell may go on with tags without end
# Signs without a shape of their own: soft hyphen, marks of direction, fillers, blanks
_UNSEEN = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u2800\u3164\ufeff\uffa0"
    + "".join(
        map(
            chr,
            [
                *range(0x180B, 0x1810),
                *range(0x200B, 0x2010),
                *range(0x202A, 0x202F),
                *range(0x2060, 0x2070),
                *range(0xFFF0, 0xFFFC),
                *range(0x1D173, 0x1D17B),
                *range(0xE0000, 0xE0100),
            ],
        )
    )
)
# They choose between two shapes of the sign before them
_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
_NOT_BARE = _UNSEEN | _SELECTORS
# Arabic and Syriac to N'Ko, then the scripts of India, Myanmar, Ethiopia to Mongolia
_JOINING_SCRIPTS = (range(0x0600, 0x08FF), range(0x0900, 0x0E00), range(0x1000, 0x10A0),
                    range(0x1780, 0x18B0), range(0xFB50, 0xFE00), range(0xFE70, 0xFF00))  # fmt: skip


def seen(text: str) -> str:
    """
    A text without the signs that nobody sees: zero-width spaces, soft hyphens, marks of direction.

    What changes how a name or an emoji looks stays: joiners between letters of Persian or Hindi,
    and in an emoji made of several.
    """
    if text.isascii() or _NOT_BARE.isdisjoint(text):
        return text
    return "".join(sign for at, sign in enumerate(text) if not _is_unseen(text, at))


def bare(text: str) -> str:
    """An address or an id: without any sign that nobody sees, and with single spaces."""
    if not text.isascii():
        text = "".join(sign for sign in text if sign not in _NOT_BARE)
    return " ".join(text.split())


def name_key(name: str) -> str:
    """
    A name as it is compared: without case, double spaces, signs that nobody sees, and letters that
    only look wider or come in two parts.
    """
    return " ".join(unicodedata.normalize("NFKC", bare(name).casefold()).casefold().split())


def _is_unseen(text: str, at: int) -> bool:
    sign = text[at]
    if sign in _SELECTORS:
        return at == 0 or (text[at - 1].isascii() and text[at - 1] not in "#*0123456789")
    if sign not in _UNSEEN:
        return False
    if sign in _JOINERS:
        return not (0 < at < len(text) - 1 and _joins(text[at - 1]) and _joins(text[at + 1]))
    if sign in _TAGS:
        return not text[max(0, at - _LONGEST_FLAG) : at].rstrip(_TAGS).endswith(_FLAG)
    return True


def _joins(sign: str) -> bool:
    return (
        any(ord(sign) in script for script in _JOINING_SCRIPTS)
        or sign in _SELECTORS
        or unicodedata.category(sign) in ("So", "Sk")
    )
