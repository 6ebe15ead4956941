"""What clashes on an agenda."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from agenda.sessions.rules.days import EventDays

GAP_MINUTES = 15  # to leave one session and be seated in the next
GAP = timedelta(minutes=GAP_MINUTES)


class Kind(StrEnum):
    """What is wrong."""

    ROOM = "ROOM"  # two sessions in one room
    PERSON = "PERSON"  # one speaker or facilitator in two places
    DAYS = "DAYS"  # outside the event's days
    CAPACITY = "CAPACITY"  # more people than seats
    GAP = "GAP"  # too little time to change over: a room, a speaker, or everybody after a plenary


class Severity(StrEnum):
    """What a kind of conflict does to a release."""

    BLOCK = "BLOCK"  # it goes out only with a reason
    WARN = "WARN"  # it would be better without
    IGNORE = "IGNORE"  # nobody is told


SEVERITIES = {
    Kind.ROOM: Severity.BLOCK,
    Kind.PERSON: Severity.BLOCK,
    Kind.DAYS: Severity.BLOCK,
    Kind.CAPACITY: Severity.WARN,
    Kind.GAP: Severity.WARN,
}
_ORDER = list(Kind)


@dataclass(frozen=True, slots=True)
class Room:
    """A room as the rules see it. No proposal sends people `outdoors`: the weather decides there."""

    id: int
    name: str
    capacity: int
    outdoors: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """
    One session that has a room and a time.

    `expected` is how many people will come: the audience, or the session's places if fewer.
    `places` are the session's own places, None where it has no limit. `plenary` sessions
    are for the whole roster, so nothing should be put beside them. `people` are the ids of
    those who speak or facilitate, and the names of those who have none.
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
    people: frozenset[int | str] = frozenset()

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def needed(self) -> int:
        """The seats that its room should have: for those who come, or for the places promised."""
        return max(self.expected, self.places or 0)


@dataclass(frozen=True, slots=True)
class Conflict:
    """
    One thing that is wrong. `sessions` are ids, the earlier start first; the last is the one
    that a mend would move. `person` is set for PERSON, and for GAP where they have to hurry from
    room to room; `starts_at` and `ends_at` are the time that is contested, for GAP the time
    between. `needed` and `seats` are set for CAPACITY, and for ROOM where the room is too small
    for the last session besides: one mend is one conflict.
    """

    kind: Kind
    sessions: tuple[int, ...]
    starts_at: datetime
    ends_at: datetime
    person: int | str | None = None
    needed: int = 0
    seats: int = 0
    own: Severity | None = None  # what it does at this kickoff, where that is another thing

    @property
    def severity(self) -> Severity:
        """What it does."""
        return self.own or SEVERITIES[self.kind]

    @property
    def blocks(self) -> bool:
        """Whether it refuses a release; the others only improve the agenda."""
        return self.severity is Severity.BLOCK

    @property
    def key(self) -> tuple[Kind, frozenset[int], int | str | None]:
        """What makes it the same conflict before and after a change."""
        return (self.kind, frozenset(self.sessions), self.person)


def find_conflicts(
    slots: Collection[Slot],
    rooms: Mapping[int, Room],
    event: EventDays,
    severities: Mapping[Kind, Severity] | None = None,
) -> list[Conflict]:
    """
    Everything that is wrong, what blocks first, then by time. `severities` are those that take the
    place of `SEVERITIES`.

    One sweep along each room and each person, and a look round each plenary: O(n log n) and one
    step more for each conflict. A meal or break needs no change-over before or after it.
    """
    found: list[Conflict] = []
    by_room: dict[int, list[Slot]] = defaultdict(list)
    by_person: dict[int | str, list[Slot]] = defaultdict(list)
    begins, begun, over = event.bounds
    for slot in slots:
        by_room[slot.room].append(slot)
        for person in slot.people:
            by_person[person].append(slot)
        if not begins <= slot.starts_at < begun or slot.ends_at > over:
            found.append(Conflict(Kind.DAYS, (slot.id,), slot.starts_at, slot.ends_at))
    for room, booked in by_room.items():
        found.extend(_in_a_room(booked, rooms[room].capacity))
    for person, booked in by_person.items():
        found.extend(_of_a_person(booked, person))
    found.extend(_round_plenaries(slots))
    if severities:
        found = [
            replace(one, own=severities.get(one.kind))
            for one in found
            if severities.get(one.kind) is not Severity.IGNORE
        ]
    found.sort(
        key=lambda one: (not one.blocks, one.starts_at, _ORDER.index(one.kind), one.sessions)
    )
    return found


def needs_gap(one: Slot, other: Slot) -> bool:
    """Whether people need time between two sessions: nobody waits for the first bite of a meal."""
    return "MEAL_BREAK" not in (one.type, other.type)


def _in_a_room(booked: list[Slot], seats: int) -> Iterator[Conflict]:
    would_move = set()
    for earlier, later in _neighbours(booked):
        if later.starts_at >= earlier.ends_at:
            yield _gap(earlier, later)
            continue
        needed = later.needed if later.needed > seats and later.id not in would_move else 0
        would_move.add(later.id)
        yield Conflict(
            Kind.ROOM,
            (earlier.id, later.id),
            later.starts_at,
            min(earlier.ends_at, later.ends_at),
            needed=needed,
            seats=seats if needed else 0,
        )
    for slot in booked:
        if slot.needed > seats and slot.id not in would_move:
            yield Conflict(
                Kind.CAPACITY,
                (slot.id,),
                slot.starts_at,
                slot.ends_at,
                needed=slot.needed,
                seats=seats,
            )


def _of_a_person(booked: list[Slot], person: int | str) -> Iterator[Conflict]:
    for earlier, later in _neighbours(booked):
        if later.starts_at < earlier.ends_at:
            ends_at = min(earlier.ends_at, later.ends_at)
            pair = (earlier.id, later.id)
            yield Conflict(Kind.PERSON, pair, later.starts_at, ends_at, person)
        elif earlier.room != later.room:
            yield _gap(earlier, later, person)


def _round_plenaries(slots: Collection[Slot]) -> Iterator[Conflict]:
    """Everybody leaves a plenary, or comes to it: what is too close before or after it elsewhere."""
    counted = [slot for slot in slots if slot.type not in ("MEAL_BREAK", "SOCIAL")]
    plenaries = [slot for slot in counted if slot.plenary]
    if not plenaries:
        return
    by_start = sorted(counted, key=lambda slot: (slot.starts_at, slot.id))
    by_end = sorted(counted, key=lambda slot: (slot.ends_at, slot.id))
    starts = [slot.starts_at for slot in by_start]
    ends = [slot.ends_at for slot in by_end]
    for plenary in plenaries:
        last = bisect_left(starts, plenary.ends_at + GAP)
        for after in by_start[bisect_left(starts, plenary.ends_at) : last]:
            if after.room != plenary.room:
                yield _gap(plenary, after)
        last = bisect_right(ends, plenary.starts_at)
        for before in by_end[bisect_right(ends, plenary.starts_at - GAP) : last]:
            if before.room != plenary.room and not before.plenary:  # else said already
                yield _gap(before, plenary)


def _gap(earlier: Slot, later: Slot, person: int | str | None = None) -> Conflict:
    pair = (earlier.id, later.id)
    return Conflict(Kind.GAP, pair, earlier.ends_at, later.starts_at, person)


def _neighbours(booked: list[Slot]) -> Iterator[tuple[Slot, Slot]]:
    """Pairs that overlap, or that have too little time between them; the earlier first."""
    if len(booked) < 2:
        return
    running: list[tuple[datetime, Slot]] = []
    for slot in sorted(booked, key=lambda slot: (slot.starts_at, slot.id)):
        running = [(until, other) for until, other in running if until > slot.starts_at]
        for _, other in running:
            if slot.starts_at < other.ends_at or needs_gap(other, slot):
                yield other, slot
        running.append((slot.ends_at + GAP, slot))
