"""Whom a comment names with an @, by full name, or by first name where only one has it."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from core.folding import plain

_AT = re.compile(r"(?<![\w.@])@(?=\w)")
_WORD = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class Mentions:
    """The keys of those who are named, and the words after an @ that are nobody."""

    keys: frozenset[int]
    unknown: tuple[str, ...]


def mentions(text: str, names: Mapping[int, str]) -> Mentions:
    """
    Who of some people, each with their full name, is mentioned in a text: whatever the case and
    the accents. Two who have the same name are both meant.
    """
    by_name: dict[str, set[int]] = {}
    for key, name in names.items():
        by_name.setdefault(plain(name), set()).add(key)
    firsts = Counter(plain(name).split()[0] for name in names.values() if name.split())
    for key, name in names.items():
        first = plain(name).split()[:1]
        if first and firsts[first[0]] == 1:
            by_name.setdefault(first[0], set()).add(key)
    longest_first = sorted(by_name, key=len, reverse=True)
    found: set[int] = set()
    unknown: list[str] = []
    for at in _AT.finditer(text):
        rest = plain(text[at.end() : at.end() + 200])
        named = next((one for one in longest_first if _begins(rest, one)), None)
        if named is not None:
            found |= by_name[named]
        elif word := _WORD.match(text, at.end()):
            unknown.append(word[0][:40])
    return Mentions(frozenset(found), tuple(dict.fromkeys(unknown)))


def _begins(text: str, name: str) -> bool:
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()
