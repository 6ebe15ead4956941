"""What a release freezes of a session, and how two releases differ."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Printed:
    """A session as people read it: what a release freezes, and what a diff compares."""

    title: str
    type: str
    pillar: str
    outcome: str
    description: str
    where: str
    starts_at: datetime
    minutes: int
    capacity: int | None
    segment: tuple[str, str, int | None]
    people: frozenset[tuple[int, str]]
    bets: tuple[str, ...] = ()
    named: tuple[str, ...] = ()  # who speak without an account

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)


class Change(StrEnum):
    """How a session differs from the release before."""

    ADDED = "ADDED"
    MOVED = "MOVED"
    CHANGED = "CHANGED"
    REMOVED = "REMOVED"


@dataclass(frozen=True, slots=True)
class Difference:
    """One session that differs; `before` is None where added, `after` where removed."""

    session: int
    change: Change
    before: Printed | None
    after: Printed | None
    fields: tuple[str, ...] = ()


MOVING = frozenset({"where", "starts_at", "minutes"})
PRINTED = tuple(one.name for one in fields(Printed))


def differences(before: Mapping[int, Printed], after: Mapping[int, Printed]) -> list[Difference]:
    """What a new release would change, by time; moved wins over changed."""
    found = []
    for session in before.keys() | after.keys():
        old, new = before.get(session), after.get(session)
        if old == new:
            continue
        if old is None or new is None:
            change = Change.ADDED if old is None else Change.REMOVED
            found.append(Difference(session, change, old, new))
            continue
        changed = tuple(name for name in PRINTED if getattr(old, name) != getattr(new, name))
        change = Change.MOVED if MOVING & set(changed) else Change.CHANGED
        found.append(Difference(session, change, old, new, changed))
    found.sort(key=lambda one: ((one.after or one.before).starts_at, one.session))  # type: ignore[union-attr]  # one of them is there
    return found
