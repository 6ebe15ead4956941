"""What people write: its limits, and what must not stand in an answer that others read."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST_TEXT = 4_000  # characters, a line break counting as one
LONGEST_NOTE = 1_000
LONGEST_SHARED = 2_000
_SHORTEST_NAME = 3  # letters; shorter parts of a name are ordinary words too often

_SIGNS = r"[$€£¥₹₩₽₺₪₴₦฿₫]"
_CODES = (
    "USD|EUR|GBP|CHF|CAD|BRL|MXN|AUD|NZD|SGD|HKD|INR|JPY|KRW|CNY|PLN|CZK|HUF|RON|SEK|NOK|DKK|AED"
    "|ZAR|euros?|dollars?|pounds?"
)
_FIGURE = r"\d+(?:[\s.,'’\u00a0\u202f]\d+)*"
_UNIT = r"(?:k|m|bn|thousand|million)"
_MONEY = re.compile(
    # beside a currency, with a unit of thousands, in groups of three, or four digits and more
    rf"(?:{_SIGNS}|\b(?:{_CODES}))\s?{_FIGURE}\s?{_UNIT}?\b"
    rf"|{_FIGURE}\s?{_UNIT}?\s?(?:{_SIGNS}|(?:{_CODES})\b)"
    rf"|{_FIGURE}\s?{_UNIT}\b"
    r"|\b\d{1,3}(?:[\s.,'’\u00a0\u202f]\d{3})+(?!\d)"
    r"|\d{4,}(?:[.,]\d+)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def tidy(text: str) -> str:
    """Text as it is kept: line breaks of one kind, no control signs, no blanks around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in text if sign == "\n" or _is_printable(sign)).strip()


def amounts_in(text: str) -> list[str]:
    """
    What looks like an amount of money, as it is written; a year alone and a share do not.

    A guess that warns: it finds digits, not numbers in words.
    """
    found = [
        match.group().strip() for match in _MONEY.finditer(unicodedata.normalize("NFKC", text))
    ]
    return [amount for amount in found if not _YEAR.fullmatch(amount)]


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Which of some names, or parts of them, a text mentions; accents and case do not matter."""
    words = set(re.findall(r"\w+", _plain(text)))
    parts = (part for name in names for part in re.findall(r"\w+", name))
    found = [part for part in parts if len(part) >= _SHORTEST_NAME and _plain(part) in words]
    return list(dict.fromkeys(found))


def phrases_in(text: str, phrases: Iterable[str]) -> list[str]:
    """Which of some phrases, such as names of accounts, a text mentions in full."""
    plain = _plain(text)
    return [
        phrase
        for phrase in phrases
        if len(phrase) >= _SHORTEST_NAME and re.search(rf"\b{re.escape(_plain(phrase))}\b", plain)
    ]


def _is_printable(sign: str) -> bool:
    # Joiners and marks of direction are format signs that scripts need
    return unicodedata.category(sign) not in {"Cc", "Cs"}


def _plain(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parted if not unicodedata.combining(sign))
