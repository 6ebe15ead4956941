"""Where an account is and how large it is, compared as people write it."""

import re
from collections.abc import Iterable
from functools import lru_cache

from holidays.registry import COUNTRIES

from core.imports import parsers
from core.keys import name_key


@lru_cache(maxsize=4096)
def place_keys(text: str) -> frozenset[str]:
    """
    What a place in a territory's geography stands for: a country, and a region of that name.

    “France” and “FR” are one country; “Nordics” is a region. “Georgia” is both, so a territory
    that means the state should say “Georgia, US” and the accounts too.
    """
    keys = {f"region:{name_key(text)}"} if text.strip() else set()
    if code := _country(text):
        keys.add(f"country:{code}")
    return frozenset(keys)


def account_keys(country: str, region: str) -> frozenset[str]:
    """The places that an account lies in; `country` is two letters (ISO 3166)."""
    keys = set()
    if country:
        keys.add(f"country:{country.upper()}")
    if region.strip():
        keys.add(f"region:{name_key(region)}")
    return frozenset(keys)


def place_name(text: str) -> str:
    """A place as a letter prints it: two letters become the country's name, all else stays."""
    plain = " ".join(text.split())
    if len(plain) == 2 and plain.isascii() and plain.isupper():
        return _names().get(plain, plain)
    return plain


def names_once(names: Iterable[str]) -> list[str]:
    """Each name once, in order; of those that are the same, the first."""
    found: dict[str, str] = {}
    for name in names:
        if plain := " ".join(name.split()):
            found.setdefault(name_key(plain), plain)
    return list(found.values())


def _country(text: str) -> str:
    try:
        return parsers.country(text)
    except ValueError:
        return ""


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names = {}
    for class_name, code, *_aliases in COUNTRIES.values():
        words = re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z]+", class_name)
        names[code] = " ".join(words)
    return names
