"""How lines of the trail are sealed by hash, so that a change, a gap or an addition shows."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

START = "0" * 64  # what the first seal follows
SALT_BYTES = 16
ERASED = bytes(SALT_BYTES)  # a salt that was thrown away
_DIGEST_BYTES, _ID_BYTES = 32, 8
LEAF_BYTES = _ID_BYTES + 2 * _DIGEST_BYTES


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the trail, as it is stored. Actor, subject and note are personal."""

    id: int
    verb: str
    object_label: str
    object_id: int | None
    at: datetime
    actor_id: int | None
    subject_id: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a seal keeps of a line: its number, what is open of it, and a promise of the rest."""

    id: int
    open: bytes
    personal: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """What a seal says, but for its leaves."""

    number: int
    kind: str
    at: datetime
    first_id: int
    last_id: int
    count: int
    why: str


def leaf_of(line: Line, salt: bytes) -> Leaf:
    """
    The leaf of a line. What is personal goes in with a salt of its own: once the salt is thrown
    away nobody finds out by trying who it was, and the seal holds all the same.
    """
    said = [line.verb, line.object_label, line.object_id, _utc(line.at)]
    personal = _canonical([line.actor_id, line.subject_id, line.note])
    return Leaf(
        line.id,
        hashlib.sha256(_canonical([line.id, *said])).digest(),
        hashlib.sha256(salt + personal).digest(),
    )


def drawn_salts(count: int) -> bytes:
    """Salts for so many lines, one after the other."""
    return secrets.token_bytes(count * SALT_BYTES)


def salts_in(salts: bytes) -> list[bytes]:
    return [salts[start : start + SALT_BYTES] for start in range(0, len(salts), SALT_BYTES)]


def without(salts: bytes, leaves: bytes, ids: Collection[int]) -> bytes:
    """Salts, but for those of some lines, which are thrown away."""
    return b"".join(
        ERASED if leaf.id in ids else salt
        for leaf, salt in zip(unpacked(leaves), salts_in(salts), strict=True)
    )


def packed(leaves: Sequence[Leaf]) -> bytes:
    """Leaves as one column holds them."""
    return b"".join(
        leaf.id.to_bytes(_ID_BYTES, "big") + leaf.open + leaf.personal for leaf in leaves
    )


def unpacked(data: bytes) -> Iterator[Leaf]:
    for start in range(0, len(data), LEAF_BYTES):
        leaf = data[start : start + LEAF_BYTES]
        middle = _ID_BYTES + _DIGEST_BYTES
        yield Leaf(int.from_bytes(leaf[:_ID_BYTES], "big"), leaf[_ID_BYTES:middle], leaf[middle:])


def hash_of(previous: str, head: Head, leaves: bytes) -> str:
    """The hash of a seal: SHA-256 over the one before, what it says, and its leaves."""
    says = [head.number, head.kind, _utc(head.at), head.first_id, head.last_id]
    says += [head.count, head.why, hashlib.sha256(leaves).hexdigest()]
    return hashlib.sha256(_canonical([previous, *says])).hexdigest()


def problem_of(line: Line, leaf: Leaf, salt: bytes) -> str:
    """What of a line is not as it was sealed; empty where nothing is."""
    now = leaf_of(line, salt)
    if now.open != leaf.open:
        return "its verb, thing or time was changed"
    if salt == ERASED:
        whole = line.note or (line.actor_id is not None and line.subject_id is not None)
        return "it counts as erased, and says whom it is about" if whole else ""
    return "" if now.personal == leaf.personal else "its actor, subject or note was changed"


def _canonical(values: Sequence[object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
