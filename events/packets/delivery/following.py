"""
What follows a release or a signature: its letters, for example.

A capability registers its part in `AppConfig.ready()`, so packets know none of them. Parts run in
the transaction of what they follow: they write rows, and leave the work to others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from events.packets.delivery.models import PacketVersion

Follower = Callable[[Sequence[PacketVersion], datetime], None]
_released: list[Follower] = []
_signed: list[Follower] = []


def register(follower: Follower) -> Follower:
    """Add what follows a release: a function of the versions, with their rep and kickoff."""
    if follower not in _released:
        _released.append(follower)
    return follower


def register_signed(follower: Follower) -> Follower:
    """Add what follows a signed receipt: a function of the one version, with rep and kickoff."""
    if follower not in _signed:
        _signed.append(follower)
    return follower


def run(versions: Sequence[PacketVersion], at: datetime) -> None:
    """Let every part follow a release."""
    for follower in _released:
        follower(versions, at)


def run_signed(version: PacketVersion, at: datetime) -> None:
    """Let every part follow a signature."""
    for follower in _signed:
        follower([version], at)
