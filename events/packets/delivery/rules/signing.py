"""What counts as signing with one's name."""

import unicodedata


def is_name_of(typed: str, *names: str) -> bool:
    """
    Whether typed text is one of a person's names.

    Case, accents and spacing do not matter: a phone's keyboard may not have them.
    """
    return bool(typed.strip()) and _bare(typed) in {_bare(name) for name in names if name}


def _bare(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join(letters.split())
