"""
Pure rules of files from the CRM: names that mean the same product, and where and how large an
account is.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from holidays.registry import COUNTRIES

from core.imports import parsers
from core.keys import name_key

_ALIKE = 0.9


def propose_aliases(counts: Mapping[str, int], known: Iterable[str]) -> dict[str, str]:
    """
    Names in a file that seem to mean a product of another spelling, with that spelling.

    `counts` says how often the file has each name; `known` are the products there are. In turn: a
    known product that is equal without spaces, signs and case; a more frequent spelling in the
    file itself; words of other names run together (“GTXPro”, beside “GTX Basic” and “GTX Plus
    Pro”); a known product with one letter off and the same digits.
    """
    known = list(known)
    exact = {name_key(name) for name in known}
    by_letters = {_letters(name): name for name in known}
    proposals = {}
    for name in counts:
        # What has no letter and no digit is like nothing
        if not _letters(name) or name_key(name) in exact:
            continue
        wanted = (
            by_letters.get(_letters(name))
            or _usual_spelling(name, counts)
            or _taken_apart(name, [*known, *counts])
            or _one_letter_off(name, by_letters)
        )
        if wanted and name_key(wanted) != name_key(name):
            proposals[name] = wanted
    return proposals


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _usual_spelling(name: str, counts: Mapping[str, int]) -> str:
    """How the file mostly spells a name, itself included: one answer for all spellings of it."""
    same = ((times, other) for other, times in counts.items() if _letters(other) == _letters(name))
    _times, usual = max(same)
    return usual if name_key(usual) != name_key(name) else ""


def _taken_apart(name: str, names: Iterable[str]) -> str:
    words = {
        word.casefold(): word
        for other in names
        if other != name
        for word in other.split()
        if len(word) > 1
    }
    parts: list[str] = []
    for word in name.split():
        split = [word] if word.casefold() in words else _split(word.casefold(), words)
        if not split:
            return ""
        parts += split
    return " ".join(parts) if len(parts) > len(name.split()) else ""


def _split(word: str, words: Mapping[str, str]) -> list[str]:
    if word in words:
        return [words[word]]
    for place in range(2, len(word) - 1):
        head = words.get(word[:place])
        tail = _split(word[place:], words) if head else []
        if head and tail:
            return [head, *tail]
    return []


def _one_letter_off(name: str, by_letters: Mapping[str, str]) -> str:
    letters = _letters(name)
    digits = re.sub(r"\D", "", letters)
    same_digits = [each for each in by_letters if re.sub(r"\D", "", each) == digits]
    close = get_close_matches(letters, same_digits, n=1, cutoff=_ALIKE)
    return by_letters[close[0]] if close else ""


# Up to so many staff, and what an account of that size is called
_SIZES = ((199, "Under 200 staff"), (2000, "200 to 2,000 staff"))
_LARGEST = "Over 2,000 staff"


def size_segment(staff: int) -> str:
    """The segment of an account of which only the number of staff is known."""
    return next((name for most, name in _SIZES if staff <= most), _LARGEST)


def propose_countries(cells: Iterable[str]) -> dict[str, str]:
    """
    Cells that are no country but one or two letters off the English name of one, with that name.

    “Philipines” is Philippines; what is like no country is left for the person to mend.
    """
    known = {_letters(words): words for words in _country_names()}
    proposals = {}
    for cell in dict.fromkeys(cells):
        letters = _letters(cell)
        if len(letters) < 4 or letters in known or _is_country(cell):
            continue
        if close := get_close_matches(letters, known, n=1, cutoff=_ALIKE):
            proposals[cell] = known[close[0]]
    return proposals


def _is_country(cell: str) -> bool:
    try:
        parsers.country(cell)
    except ValueError:
        return False
    return True


def _country_names() -> list[str]:
    return [" ".join(word.capitalize() for word in module.split("_")) for module in COUNTRIES]
