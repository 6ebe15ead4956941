"""Draw a person's name and place from a culture, and spell the name as an address."""

import random
import re
import unicodedata
from dataclasses import dataclass

from sko_planner.demo.cultures import CULTURES, Place

# Letters that decomposition leaves alone
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "đ": "d",
        "ð": "d",
        "þ": "th",
    }
)
# How some go by in the office
_SHORT = {
    "Katherine": "Kate",
    "William": "Will",
    "Robert": "Rob",
    "Elizabeth": "Liz",
    "Joshua": "Josh",
    "Jonathan": "Jon",
    "Alejandro": "Alex",
    "Subramanian": "Subbu",
    "Guadalupe": "Lupita",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A name as its owner writes it, the short form they may go by, its address, their place."""

    full_name: str
    preferred_name: str
    address: str
    place: Place


def draw(rng: random.Random, culture_name: str, cities: tuple[str, ...] = ()) -> Drawn:
    """A random person of a culture, in one of the cities, or anywhere that it lives."""
    culture = CULTURES[culture_name]
    is_woman = rng.random() < 0.5
    given, given_address = _spelled(rng.choice(culture.women if is_woman else culture.men))
    forms = rng.choice(culture.families).split("/")
    family, family_address = _spelled(forms[-1] if is_woman else forms[0])
    parts = [family, given] if culture.family_first else [given, family]
    short = _SHORT.get(given, "")
    return Drawn(
        full_name=culture.joiner.join(parts),
        preferred_name=f"{short} {family}" if short and rng.random() < 0.6 else "",
        address=f"{given_address}.{family_address}",
        place=rng.choice([each for each in culture.places if not cities or each.city in cities]),
    )


def address_of(name: str) -> str:
    """A Latin name in the letters of an e-mail address: Żółtowski → zoltowski."""
    plain = unicodedata.normalize("NFKD", name.replace("İ", "i").lower().translate(_LETTERS))
    return re.sub(r"[^a-z]+", "", plain)


def _spelled(token: str) -> tuple[str, str]:
    name, _, address = token.partition("=")
    return name, address or address_of(name)
