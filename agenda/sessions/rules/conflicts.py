"""What clashes on an agenda."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from agenda.sessions.rules.days import EventDays

GAP_MINUTES = 15  # to leave one session and be seated in the next


class Kind(StrEnum):
    """What is wrong."""

    ROOM = "ROOM"  # two sessions in one room
    PERSON = "PERSON"  # one speaker or facilitator in two places
    DAYS = "DAYS"  # outside the event's days
    CAPACITY = "CAPACITY"  # more people than seats
    GAP = "GAP"  # too little time to change over in a room


BLOCKING = frozenset({Kind.ROOM, Kind.PERSON, Kind.DAYS})
_ORDER = list(Kind)


@dataclass(frozen=True, slots=True)
class Room:
    """A room as the rules see it."""

    id: int
    name: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Slot:
    """
    One session that has a room and a time.

    `expected` is how many people will come: the audience, or the session's places if fewer.
    `places` are the session's own places, None where it has no limit. `plenary` sessions
    are for the whole roster, so nothing should be put beside them. `people` are the ids of
    those who speak or facilitate.
    """

    id: int
    title: str
    type: str
    room: int
    starts_at: datetime
    minutes: int
    expected: int = 0
    places: int | None = None
    plenary: bool = False
    people: frozenset[int] = frozenset()

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Conflict:
    """
    One thing that is wrong. `sessions` are ids, the earlier start first; the last is the one
    that a mend would move. `person` is set for PERSON; `starts_at` and `ends_at` are the time
    that is contested, for GAP the time between. `needed` and `seats` are set for CAPACITY.
    """

    kind: Kind
    sessions: tuple[int, ...]
    starts_at: datetime
    ends_at: datetime
    person: int | None = None
    needed: int = 0
    seats: int = 0

    @property
    def blocks(self) -> bool:
        """Whether it refuses a release; the others only improve the agenda."""
        return self.kind in BLOCKING

    @property
    def key(self) -> tuple[Kind, frozenset[int], int | None]:
        """What makes it the same conflict before and after a change."""
        return (self.kind, frozenset(self.sessions), self.person)


def find_conflicts(
    slots: Collection[Slot], rooms: Mapping[int, Room], event: EventDays
) -> list[Conflict]:
    """
    Everything that is wrong, what blocks first, then by time.

    One sweep along each room and each person: O(n log n) and one step more for each conflict.
    A meal or break in a room needs no change-over before or after it.
    """
    found: list[Conflict] = []
    by_room: dict[int, list[Slot]] = defaultdict(list)
    by_person: dict[int, list[Slot]] = defaultdict(list)
    begins, begun, over = event.bounds
    for slot in slots:
        by_room[slot.room].append(slot)
        for person in slot.people:
            by_person[person].append(slot)
        if not begins <= slot.starts_at < begun or slot.ends_at > over:
            found.append(Conflict(Kind.DAYS, (slot.id,), slot.starts_at, slot.ends_at))
        found.extend(_too_small(slot, rooms[slot.room].capacity))
    for booked in by_room.values():
        found.extend(_along_a_room(booked))
    for person, booked in by_person.items():
        found.extend(
            Conflict(
                Kind.PERSON,
                (earlier.id, later.id),
                later.starts_at,
                min(earlier.ends_at, later.ends_at),
                person=person,
            )
            for earlier, later in _neighbours(booked, timedelta(0))
        )
    found.sort(
        key=lambda one: (not one.blocks, one.starts_at, _ORDER.index(one.kind), one.sessions)
    )
    return found


def _too_small(slot: Slot, seats: int) -> Iterator[Conflict]:
    needed = max(slot.expected, slot.places or 0)
    if needed > seats:
        yield Conflict(
            Kind.CAPACITY, (slot.id,), slot.starts_at, slot.ends_at, needed=needed, seats=seats
        )


def _along_a_room(booked: list[Slot]) -> Iterator[Conflict]:
    for earlier, later in _neighbours(booked, timedelta(minutes=GAP_MINUTES)):
        pair = (earlier.id, later.id)
        if later.starts_at < earlier.ends_at:
            ends_at = min(earlier.ends_at, later.ends_at)
            yield Conflict(Kind.ROOM, pair, later.starts_at, ends_at)
        elif "MEAL_BREAK" not in (earlier.type, later.type):
            yield Conflict(Kind.GAP, pair, earlier.ends_at, later.starts_at)


def _neighbours(booked: list[Slot], gap: timedelta) -> Iterator[tuple[Slot, Slot]]:
    """Pairs that overlap, or that have less than `gap` between them; the earlier first."""
    if len(booked) < 2:
        return
    running: list[tuple[datetime, Slot]] = []
    for slot in sorted(booked, key=lambda slot: (slot.starts_at, slot.id)):
        running = [(until, other) for until, other in running if until > slot.starts_at]
        for _, other in running:
            yield other, slot
        running.append((slot.ends_at + gap, slot))
