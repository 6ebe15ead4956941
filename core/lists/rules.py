"""
What the URL of a list and the ticks of its rows may say, read without trust: anything unknown
counts as not said.
"""

from collections.abc import Iterable
from hashlib import sha256

from core.numbers import whole_number

LONGEST_SEARCH = 100
LAST_PAGE_WRITTEN = 1_000_000
MOST_CHOSEN = 1_000


def page_number(text: str) -> int:
    """A page from 1; anything else is the first."""
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        return 1
    return min(max(int(text), 1), LAST_PAGE_WRITTEN)


def page_count(total: int, per_page: int) -> int:
    """How many pages hold so many rows; an empty list has one."""
    return max(1, -(-total // per_page))


def sort_key(text: str, allowed: Iterable[str], default: str) -> str:
    """A sort key out of the allowed ones, with “-” in front for descending."""
    return text if text.removeprefix("-") in set(allowed) and text else default


def search_words(text: str) -> str:
    """What is searched for: one line, no control signs, of limited length."""
    clean = "".join(sign if sign.isprintable() else " " for sign in text[: LONGEST_SEARCH * 2])
    return " ".join(clean.split())[:LONGEST_SEARCH].strip()


def mark_of(*values: object) -> str:
    """What somebody sees of a row, as a short mark: another one once a value has changed."""
    told = "\x1f".join(["\x00" if value is None else str(value) for value in values])
    return sha256(told.encode()).hexdigest()[:12]


def chosen_rows(texts: Iterable[str]) -> dict[int, str]:
    """The rows that somebody ticked, by their primary keys, each with the mark that they saw."""
    pairs = (text.partition("-") for text in list(texts)[:MOST_CHOSEN])
    read = ((whole_number(key), mark) for key, _dash, mark in pairs)
    return {key: mark for key, mark in read if key is not None}
