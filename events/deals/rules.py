"""Pure rules of an opportunity file: names that mean the same product, and who an owner is."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

_ALIKE = 0.9


@dataclass(frozen=True, slots=True)
class Seller:
    """Somebody of the company, as far as a file may name them."""

    pk: int
    full_name: str
    email: str
    employee_id: str = ""
    is_active: bool = True


def name_key(name: str) -> str:
    """A name as it is compared: without case and double spaces."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def find_sellers(sellers: Iterable[Seller]) -> dict[str, list[Seller]]:
    """Sellers by whatever names them: full name, e-mail, employee id; the active ones first."""
    found: dict[str, list[Seller]] = {}
    for seller in sellers:
        for name in {name_key(seller.full_name), name_key(seller.email), seller.employee_id}:
            if name:
                found.setdefault(name, []).append(seller)
    for name, several in found.items():
        active = [seller for seller in several if seller.is_active]
        found[name] = active or several
    return found


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
    for name, count in counts.items():
        if name_key(name) in exact:
            continue
        wanted = (
            by_letters.get(_letters(name))
            or _other_spelling(name, count, counts)
            or _taken_apart(name, [*known, *counts])
            or _one_letter_off(name, by_letters)
        )
        if wanted and name_key(wanted) != name_key(name):
            proposals[name] = wanted
    return proposals


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _other_spelling(name: str, count: int, counts: Mapping[str, int]) -> str:
    same = [
        (times, other)
        for other, times in counts.items()
        if _letters(other) == _letters(name) and name_key(other) != name_key(name)
    ]
    best_times, best = max(same, default=(0, ""))
    return best if (best_times, best) > (count, name) else ""


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
