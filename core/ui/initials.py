import unicodedata

# Writing systems whose names are told apart by one sign, not by two initials
_ONE_SIGN = (
    "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "ARABIC", "HEBREW", "SYRIAC", "THAANA",
    "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM",
    "SINHALA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN",
)  # fmt: skip
_VIRAMA = 9  # the combining class of signs that join consonants


def initials(name: str) -> str:
    """
    One or two signs that stand for a person: “AB”, “ŁŻ”, “د”, “佐”.

    First and last word where the script has capitals; elsewhere the first sign with its marks.
    A name without a letter gives “?”.
    """
    words = [sign for sign in map(_first_sign, unicodedata.normalize("NFC", name).split()) if sign]
    if not words:
        return "?"
    first = words[0]
    if unicodedata.name(first[0], "").startswith(_ONE_SIGN) or len(words) == 1:
        return _capital(first)
    return _capital(first) + _capital(words[-1])


def _first_sign(word: str) -> str:
    """The first letter of a word and the marks that belong to it."""
    for start, letter in enumerate(word):
        if letter.isalpha():
            end = start + 1
            while end < len(word) and unicodedata.category(word[end]).startswith("M"):
                end += 1
            if unicodedata.combining(word[end - 1]) == _VIRAMA:
                end -= 1  # it would join the sign to one that is left out
            return word[start:end]
    return ""


def _capital(sign: str) -> str:
    capital = sign.upper()
    return capital if len(capital) == len(sign) else sign
