"""What a badge's code says, when a scan was made, and who is in: plain values, no table."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # 32, without those that read alike
LENGTH = 24  # letters of a code: 120 bits
PREFIX = "SKO:"
OLDEST = timedelta(days=7)  # a scan that says it is older comes from a clock that was never set
_CHECK = 2
_CODE = re.compile(rf"[{LETTERS}]{{{LENGTH + _CHECK}}}")


class Kind(StrEnum):
    IN = "IN"
    OUT = "OUT"
    UNDO = "UNDO"  # takes back an earlier scan


class Problem(StrEnum):
    """Why a scan counts for nobody."""

    NONE = ""
    TORN = "TORN"
    FOREIGN = "FOREIGN"
    REVOKED = "REVOKED"
    GONE = "GONE"


def written(code: str) -> str:
    """What stands in the QR of a badge: only signs of QR's small alphabet, and two to check them."""
    return f"{PREFIX}{code}{_check(code)}"


def read(text: str) -> tuple[str, Problem]:
    """The code in what a camera read, or why there is none: it is not ours, or not whole."""
    said = text.strip().upper()
    if not said.startswith(PREFIX):
        return "", Problem.FOREIGN
    body = said.removeprefix(PREFIX)
    code, check = body[:LENGTH], body[LENGTH:]
    if not _CODE.fullmatch(body) or check != _check(code):
        return "", Problem.TORN
    return code, Problem.NONE


def digest(code: str) -> str:
    """What a phone keeps instead of a code: it knows a badge that it sees, and can print none."""
    return hashlib.sha256(written(code).encode()).hexdigest()


def _check(code: str) -> str:
    found = hashlib.sha256(code.encode()).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in found[:_CHECK])


def clock_ahead(sent_at: datetime, arrived_at: datetime) -> int:
    """By how many seconds a device's clock is ahead of ours, by what it said when it sent."""
    ahead = round((sent_at - arrived_at).total_seconds())
    return max(-(2**31), min(2**31 - 1, ahead))


def scanned_at(device_at: datetime, ahead_seconds: int, arrived_at: datetime) -> datetime:
    """
    When a scan was made, by our clock: what the device says, less what it is ahead.

    Never later than it arrived; a moment that cannot be is the arrival itself.
    """
    try:
        found = device_at - timedelta(seconds=ahead_seconds)
    except OverflowError:
        return arrived_at
    return found if arrived_at - OLDEST <= found <= arrived_at else arrived_at


@dataclass(frozen=True, slots=True)
class Pass:
    """A scan of one person, as far as it says whether they are in."""

    key: UUID
    kind: str
    at: datetime
    undoes: UUID | None = None
    session_id: int | None = None  # of a scan at a session: it opens no door

    @property
    def order(self) -> tuple[datetime, UUID]:
        return self.at, self.key


@dataclass(frozen=True, slots=True)
class Stay:
    """When somebody first came, and since when they are in; None where they are not."""

    came_at: datetime | None = None
    in_since: datetime | None = None


def stay(passes: Iterable[Pass]) -> Stay:
    """
    Where somebody is by all their scans, in whatever order these arrived. What was taken back
    counts for nothing, and being let in twice is as once.
    """
    every = list(passes)
    undone = {one.undoes for one in every if one.kind == Kind.UNDO}
    came_at = in_since = None
    for one in sorted(every, key=lambda one: one.order):
        if one.key in undone or one.kind == Kind.UNDO or one.session_id is not None:
            continue
        if one.kind == Kind.OUT:
            in_since = None
        elif in_since is None:
            in_since = one.at
            came_at = came_at or one.at
    return Stay(came_at, in_since)
