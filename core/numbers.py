"""Whole numbers out of addresses and forms, read without trust."""

_LONGEST = 18  # digits: any number of so many fits into a column of 64 bits


def whole_number(text: str) -> int | None:
    """The number from 0 that plain digits write; None for anything else or longer."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None
