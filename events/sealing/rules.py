"""Figures at rest: sealed with the first key, opened with any, sealed anew when keys turn."""

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

_MARK = b"\x1f"  # around the owner: no text or file that people give begins with it


class Unreadable(Exception):
    """A sealed payload that no key opens, or that is not what was sealed."""


class Shredded(Unreadable):
    """Something that was emptied on purpose when it need not be kept any more. `at` is when."""

    def __init__(self, at: datetime) -> None:
        super().__init__("This was deleted under retention.")
        self.at = at


def key_from_secret(secret: str) -> str:
    """A key for development, derived from a secret. In production keys are drawn at random."""
    digest = hashlib.sha256(b"packets:" + secret.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()


def seal(text: str, keys: Sequence[str], *, owner: str = "") -> str:
    """
    Encrypt with the first key.

    With an `owner`, such as “pay of 7 at 3”, it opens for that owner alone: whoever can write to
    the database, and has no key, cannot put one person's figures into another's row.
    """
    return seal_bytes(text.encode(), keys, owner=owner).decode()


def unseal(token: str, keys: Sequence[str], *, owner: str = "") -> str:
    """
    Decrypt with whichever key fits.

    :raises Unreadable: none does, or it was sealed for another owner
    """
    return unseal_bytes(token.encode(), keys, owner=owner).decode()


def seal_bytes(data: bytes, keys: Sequence[str], *, owner: str = "") -> bytes:
    """Encrypt a file with the first key, for an owner as `seal` does."""
    return _box(keys).encrypt(_MARK + owner.encode() + _MARK + data if owner else data)


def unseal_bytes(token: bytes, keys: Sequence[str], *, owner: str = "") -> bytes:
    """
    Decrypt a file with whichever key fits.

    :raises Unreadable: none does, or it was sealed for another owner
    """
    try:
        data = _box(keys).decrypt(bytes(token))
    except InvalidToken as error:
        raise Unreadable("No key opens this.") from error
    if not data.startswith(_MARK):
        return data  # of no owner, or of before there were owners
    _nothing, whose, data = data.split(_MARK, 2)
    if whose != owner.encode():
        raise Unreadable("This was sealed for another row.")
    return data


def reseal_bytes(token: bytes, keys: Sequence[str]) -> bytes:
    """
    Encrypt a sealed file again, with the first key.

    :raises Unreadable: no key opens it
    """
    try:
        return _box(keys).rotate(bytes(token))
    except InvalidToken as error:
        raise Unreadable("No key opens this.") from error


def reseal(token: str, keys: Sequence[str]) -> str:
    """
    Encrypt what is sealed again, with the first key.

    :raises Unreadable: no key opens it
    """
    try:
        return _box(keys).rotate(token.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("No key opens this.") from error


def problem_with(keys: Sequence[str]) -> str:
    """What is wrong with a list of keys, without showing any; empty when nothing is."""
    if not keys:
        return "PACKET_KEYS is empty: comp figures cannot be sealed."
    for number, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError:
            return f"Key {number} of PACKET_KEYS is not 32 bytes in URL-safe base64."
    return ""


def _box(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
