"""Codes that prove that somebody was in a room: one on the screen for a short while, one at the door of a room."""

import hashlib
import hmac
from datetime import datetime, timedelta

from agenda.door.rules import LETTERS

LENGTH = 5  # letters of a code on the screen: one of 33 million
WINDOW = timedelta(seconds=90)  # so long a code stands; the one before it holds too
EARLY = timedelta(minutes=15)  # before a session begins, people are counted in


def screen_code(secret: bytes, session_id: int, at: datetime, *, before: int = 0) -> str:
    """The code of a session on the screen at a moment, or of a window `before` it."""
    window = int(at.timestamp() // WINDOW.total_seconds()) - before
    return _code(secret, f"screen:{session_id}:{window}", LENGTH)


def is_on_screen(secret: bytes, said: str, session_id: int, at: datetime) -> bool:
    """Whether somebody who says this has just read it: it stands there, or did a moment ago."""
    typed = said.strip().upper().encode()
    codes = [screen_code(secret, session_id, at, before=n).encode() for n in (0, 1)]
    return any(hmac.compare_digest(typed, code) for code in codes)


def room_code(secret: bytes, room_id: int) -> str:
    """The code on the wall of a room, the same for the whole event."""
    return _code(secret, f"room:{room_id}", 16)


def is_counted(starts_at: datetime, ends_at: datetime, at: datetime) -> bool:
    """Whether who is in the room at a moment is counted in the session."""
    return starts_at - EARLY <= at < ends_at


def _code(secret: bytes, about: str, length: int) -> str:
    found = hmac.digest(secret, about.encode(), hashlib.sha256)
    return "".join(LETTERS[byte % len(LETTERS)] for byte in found[:length])
