"""Names as they are compared: what people see as one name is one key."""

import unicodedata


def name_key(name: str) -> str:
    """A name without case, double spaces, and letters that only look wider or come in two parts."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
