"""
What makes an agenda good or impossible, on plain values.

Times are aware datetimes; lengths are minutes; ids are the database's.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

GAP_MINUTES = 15  # to leave one session and be seated in the next
STEP_MINUTES = 15  # the grid's row
DAY_ENDS_TIME = time(19, 0)  # a proposed move never runs later than this
LENGTH_LIMITS = (5, 720)  # minutes
# A night belongs to the evening that it follows: what begins before 04:00 is of the day before,
# and the last night is over at 06:00
NIGHT_ENDS_TIME = time(4, 0)
LAST_NIGHT_ENDS_TIME = time(6, 0)

# Shares of experiential session minutes: under the aim is a warning, under the floor a failure
EXPERIENTIAL_AIM = 0.45
EXPERIENTIAL_FLOOR = 0.30
EXPERIENTIAL_TYPES = frozenset({"DEAL_CLINIC", "WIN_LOSS_REVIEW", "CUSTOMER_PANEL", "WORKSHOP"})
UNCOUNTED_TYPES = frozenset({"MEAL_BREAK", "SOCIAL"})


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


@dataclass(frozen=True, slots=True)
class Mend:
    """Where a session could go instead, with nothing in its way."""

    session: int
    room: int
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class EventDays:
    """When an event takes place: its dates, the hour its doors open, its zone."""

    days: Sequence[date]
    opens: time
    zone: ZoneInfo

    @property
    def bounds(self) -> tuple[datetime, datetime, datetime]:
        """When the first session may begin, before when the last one, and when all is over; UTC."""
        begins, _second = day_bounds(self.days[0], self.zone)
        _last, begun = day_bounds(self.days[-1], self.zone)
        after = self.days[-1] + timedelta(days=1)
        over = datetime.combine(after, LAST_NIGHT_ENDS_TIME, tzinfo=self.zone)
        return begins, begun, over.astimezone(UTC)


def agenda_day(at: datetime, zone: ZoneInfo) -> date:
    """The day of the agenda that a moment is of, at a place: 01:00 is of the evening before."""
    local = at.astimezone(zone)
    return local.date() - timedelta(days=local.time() < NIGHT_ENDS_TIME)


def moment_of(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which a clock shows a time on a day of the agenda or in its night."""
    date_there = day + timedelta(days=clock < NIGHT_ENDS_TIME)
    return datetime.combine(date_there, clock, tzinfo=zone).astimezone(UTC)


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When a day of the agenda begins and when the next one does, in UTC."""
    return (
        moment_of(day, NIGHT_ENDS_TIME, zone),
        moment_of(day + timedelta(days=1), NIGHT_ENDS_TIME, zone),
    )


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


def propose(
    slot: Slot, slots: Iterable[Slot], rooms: Mapping[int, Room], event: EventDays
) -> Mend | None:
    """
    The next time and room for a session with nothing in its way, or None.

    Searched by quarter hours from where the session is now, to the end of that day, then from
    the next day; at each time its own room first, then the smallest that seats those expected.
    Its people are free then, and it stands beside no plenary.
    """
    others = [other for other in slots if other.id != slot.id]
    diaries = _Diaries(slot, others)
    needed = max(slot.expected, slot.places or 0)
    fitting = sorted(
        (room for room in rooms.values() if room.capacity >= needed),
        key=lambda room: (room.id != slot.room, room.capacity, room.id),
    )
    for starts_at in _times(slot, event):
        ends_at = starts_at + timedelta(minutes=slot.minutes)
        if diaries.crowded.busy(starts_at, ends_at):
            continue
        for room in fitting:
            if not diaries.rooms[room.id].busy(starts_at, ends_at):
                return Mend(slot.id, room.id, starts_at)
    return None


class _Diary:
    """Busy times, joined where they touch, so that one look-up answers."""

    def __init__(self, taken: Iterable[tuple[datetime, datetime]] = ()) -> None:
        self.starts: list[datetime] = []
        self.ends: list[datetime] = []
        for starts_at, ends_at in sorted(taken):
            if self.ends and starts_at <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], ends_at)
            else:
                self.starts.append(starts_at)
                self.ends.append(ends_at)

    def busy(self, starts_at: datetime, ends_at: datetime) -> bool:
        return bisect_right(self.ends, starts_at) < bisect_left(self.starts, ends_at)


class _Diaries:
    """What is in a session's way: in each room, and at a time whatever the room."""

    def __init__(self, slot: Slot, others: list[Slot]) -> None:
        gap = timedelta(minutes=GAP_MINUTES)
        taken: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
        crowded = []
        for other in others:
            taken[other.room].append((other.starts_at - gap, other.ends_at + gap))
            if slot.plenary or other.plenary or slot.people & other.people:
                crowded.append((other.starts_at, other.ends_at))
        self.rooms = defaultdict(_Diary, {room: _Diary(times) for room, times in taken.items()})
        self.crowded = _Diary(crowded)


def _times(slot: Slot, event: EventDays) -> Iterator[datetime]:
    local = slot.starts_at.astimezone(event.zone)
    own_day = agenda_day(slot.starts_at, event.zone)
    first_day = own_day if own_day in event.days else event.days[0]
    for day in event.days:
        if day < first_day:
            continue
        starts_at = datetime.combine(day, event.opens, tzinfo=event.zone)
        if day == own_day:
            starts_at = max(starts_at, local)
        last = datetime.combine(day, DAY_ENDS_TIME, tzinfo=event.zone)
        while starts_at + timedelta(minutes=slot.minutes) <= last:
            yield starts_at.astimezone(slot.starts_at.tzinfo)
            starts_at += timedelta(minutes=STEP_MINUTES)


@dataclass(frozen=True, slots=True)
class Share:
    """Experiential minutes of all session minutes; meals, breaks and social time not counted."""

    experiential: int = 0
    counted: int = 0

    @property
    def part(self) -> float | None:
        """0 to 1, or None where nothing is counted yet."""
        return self.experiential / self.counted if self.counted else None

    @property
    def fails(self) -> bool:
        return self.part is not None and self.part < EXPERIENTIAL_FLOOR

    @property
    def under_aim(self) -> bool:
        return self.part is not None and self.part < EXPERIENTIAL_AIM


def experiential_share(sessions: Iterable[tuple[str, int]]) -> Share:
    """The share of experiential time among sessions given as type and minutes."""
    experiential = counted = 0
    for kind, minutes in sessions:
        if kind in UNCOUNTED_TYPES:
            continue
        counted += minutes
        if kind in EXPERIENTIAL_TYPES:
            experiential += minutes
    return Share(experiential, counted)


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
