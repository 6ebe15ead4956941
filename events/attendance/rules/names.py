"""
What of a name as files have it is the name: “Silva, Ana”, “Dr. Ana Silva, PhD (she/her)”.

People are shown as they write themselves; only a last name in front is put behind. What is around
a name matters where an address is made of it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TITLES = {
    "dr", "prof", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "rev", "hon", "herr", "frau",
    "mme", "mlle", "dott", "avv", "eng", "ing", "mag", "sr", "sra", "dra", "dipl-ing",
}  # fmt: skip
# Those that are also names or initials count with their full stop alone
_ONLY_WITH_STOP = {"sir", "dame", "hon", "rev", "ing", "eng", "mag", "sr", "sra"}
_DEGREES = {
    "phd", "dphil", "md", "mba", "emba", "msc", "bsc", "meng", "beng", "ma", "ba", "jd", "llm",
    "llb", "cpa", "cfa", "acca", "pmp", "esq", "dds", "dvm", "rn", "edd", "mphil", "mpa", "mph",
    "jr", "sr", "ii", "iii", "iv", "obe", "mbe", "cbe", "dipl-ing",
}  # fmt: skip
# Without a comma in front, what is also a family name is taken for one
_ALSO_NAMES = {"ma", "ba", "md", "rn", "iv", "jd"}
_EMPLOYMENT = {
    "contractor", "contract", "contingent", "consultant", "intern", "trainee", "temp", "temporary",
    "external", "ext", "vendor", "agency", "freelance", "freelancer",
}  # fmt: skip
_PRONOUNS = {
    "she", "her", "hers", "he", "him", "his", "they", "them", "theirs", "ze", "zir", "hir", "xe",
    "xem", "elle", "lui", "il", "sie", "er", "ella",
}  # fmt: skip
_PARTICLES = {
    "da", "de", "del", "della", "der", "di", "do", "dos", "du", "el", "la", "le", "ter", "van",
    "von", "zu",
}  # fmt: skip
_ASIDE = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_NICKNAME = re.compile(r"(?<=\S)\s+(?:\([^()]*\)|[\"“”][^\"“”]*[\"“”])(?=\s+\S)")
_BEHIND_A_DASH = re.compile(r"\s+[-–—]\s*(\S.*)$")
_NO_NAME = re.compile(r"[^\w\s.'’‘`´-]|[\d_]|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Name:
    """
    A name as it was `written`; `full` as it is shown, the first name first.

    `plain` is only what is the name, and empty where it is not clear what is first and last.
    """

    written: str
    full: str
    plain: str


def puts_last_names_first(names: Iterable[str]) -> bool:
    """Whether most names of a column are of the form “Silva, Ana”."""
    found = [len(_parts(name)) == 2 for name in names]
    return sum(found) * 2 > len(found)


def read_name(written: str, *, last_first: bool = False) -> Name:
    """
    Take a name apart; `last_first` says that its column puts last names first.

    Without that, a comma parts last from first name only behind one word, or behind a particle as
    in “de Souza, Ana”: “Ana Silva, Lisbon” is no such name.
    """
    parts = _parts(written)
    if len(parts) != 2:
        return Name(written, written, _only_name(parts[0]) if len(parts) == 1 else "")
    last, first = parts
    words = last.split()
    if not (last_first or len(words) == 1 or words[0].casefold() in _PARTICLES):
        return Name(written, written, "")
    plain = _only_name(f"{first} {last}")
    # Degrees behind a turned name stay with it, as they were written
    behind = [part for part in map(_without_ends, written.split(",")) if _is_degree(part, True)]
    full = " ".join(f"{_without_ends(first)} {_without_ends(last)}".split())
    return Name(written, ", ".join([full, *behind]) if plain else written, plain)


def _parts(written: str) -> list[str]:
    """What commas part, without kinds of employment, pronouns and degrees."""
    parts = [_without_ends(part) for part in written.split(",")]
    return [part for part in parts if part and not _is_degree(part, True)]


def _without_ends(text: str) -> str:
    """Without “- Contractor” and “(she/her)”; other words in brackets stay."""
    text = _ASIDE.sub(lambda aside: " " if _is_aside(aside[1]) else aside[0], text)
    if (behind := _BEHIND_A_DASH.search(text)) and _is_aside(behind[1]):
        text = text[: behind.start()]
    words = text.split()
    while len(words) > 1 and "/" in words[-1] and _is_aside(words[-1]):
        words.pop()
    return " ".join(words)


def _is_aside(text: str) -> bool:
    words = re.split(r"[\s/,]+", text.strip(" .)(").casefold())
    return all(word in _PRONOUNS for word in words) or all(word in _EMPLOYMENT for word in words)


def _only_name(text: str) -> str:
    text = _NICKNAME.sub("", text)
    words = text.split()
    while len(words) > 1 and _is_title(words[0]):
        words.pop(0)
    while len(words) > 1 and _is_degree(words[-1], False):
        words.pop()
    plain = " ".join(words)
    return "" if _NO_NAME.search(plain) else plain


def _is_title(word: str) -> bool:
    bare = _bare(word)
    return bare in _TITLES and (word.endswith(".") or bare not in _ONLY_WITH_STOP)


def _is_degree(text: str, after_comma: bool) -> bool:
    return bool(text) and all(
        _bare(word) in _DEGREES and (after_comma or _bare(word) not in _ALSO_NAMES)
        for word in text.split()
    )


def _bare(word: str) -> str:
    return word.replace(".", "").casefold()
