"""
Texts as people look for them and put them in order: without case, accents and punctuation, so that
“Lukasz” finds Łukasz, and Óscar stands among the O.

One definition for Python and both databases: PostgreSQL works with the constants below, SQLite
calls `plain` itself.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# What stands on letters: accents, and the vowels of Hebrew and Arabic, which few write. Both
# Python and PostgreSQL read this expression
MARKS = r"[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u065f\u0670]"
# Letters that are no other letter with a mark on it, as a keyboard without them writes them
LETTERS = dict(zip("łøđðħŧıĸŋς", "loddhtiknσ", strict=True))
PAIRS = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
# They part words: so O’Brien is found by “brien”, and an address by its domain
BETWEEN = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007e"
    r"\u00a1\u00ab\u00b7\u00bb\u00bf\u2010-\u2015\u2018-\u201f\u2026]"
)

_marks = re.compile(MARKS)
_between = re.compile(BETWEEN)
_table = str.maketrans({**LETTERS, **PAIRS})


def plain(text: str) -> str:
    """A text in small letters without accents; what parts its words stays."""
    if not text.isascii():
        text = _marks.sub("", unicodedata.normalize("NFKD", text)).lower().translate(_table)
    return text.lower()


def fold(text: str) -> str:
    """A text in small letters without accents; what parts its words is a space."""
    return _between.sub(" ", plain(text))


def words_of(text: str, most: int = 8) -> list[str]:
    """The words that somebody looks for, folded; those beyond `most` count for nothing."""
    return fold(text.replace("\0", "")).split()[:most]


def matches(text: str, words: Sequence[str]) -> bool:
    """Whether each word begins a word of the text. Without words, nothing matches."""
    begins = f" {fold(text)}"
    return bool(words) and all(f" {word}" in begins for word in words)


@lru_cache(4096)
def alphabetical(text: str) -> tuple[str, str]:
    """The key by which texts stand in order; two that differ have different keys."""
    return fold(text), text
