"""Where a session that is in the way could go instead."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from agenda.sessions.rules.conflicts import GAP, Room, Slot, needs_gap
from agenda.sessions.rules.days import EventDays, agenda_day

STEP_MINUTES = 15  # the grid's row
STEP = timedelta(minutes=STEP_MINUTES)
DAY_ENDS_TIME = time(19, 0)  # a proposed move never runs later than this


@dataclass(frozen=True, slots=True)
class Mend:
    """Where a session could go instead, with nothing in its way."""

    session: int
    room: int
    starts_at: datetime


def propose(
    slot: Slot, slots: Iterable[Slot], rooms: Mapping[int, Room], event: EventDays
) -> Mend | None:
    """
    The nearest time and room for a session with nothing in its way, or None.

    Searched by quarter hours round where the session is now, earlier and later, so that the place
    that it was moved from is tried too; then on the days after, then on those before. At each time
    its own room first, then the smallest indoors that seats those expected. Its people are free
    then, with the time to change rooms, and it stands beside no plenary.
    """
    others = [other for other in slots if other.id != slot.id]
    diaries = _Diaries(slot, others)
    fitting = sorted(
        (
            room
            for room in rooms.values()
            if room.capacity >= slot.needed and (room.id == slot.room or not room.outdoors)
        ),
        key=lambda room: (room.id != slot.room, room.capacity, room.id),
    )
    for starts_at in _times(slot, event):
        ends_at = starts_at + timedelta(minutes=slot.minutes)
        if diaries.crowded.busy(starts_at, ends_at):
            continue
        for room in fitting:
            if not diaries.of(room.id).busy(starts_at, ends_at):
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
        self._taken: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
        self._rooms: dict[int, _Diary] = {}
        crowded = []
        for other in others:
            free = GAP if needs_gap(slot, other) else timedelta(0)
            taken = (other.starts_at - free, other.ends_at + free)
            self._taken[other.room].append(taken)
            if slot.plenary or other.plenary or slot.people & other.people:
                crowded.append(taken)
        self.crowded = _Diary(crowded)

    def of(self, room: int) -> _Diary:
        """When a room is taken."""
        if room not in self._rooms:
            self._rooms[room] = _Diary(self._taken[room])
        return self._rooms[room]


def _times(slot: Slot, event: EventDays) -> Iterator[datetime]:
    """Starts on the grid within the event's hours: its own day's by nearness, then other days'."""
    own_day = agenda_day(slot.starts_at, event.zone)
    for day in sorted(event.days, key=lambda day: (day < own_day, abs(day - own_day))):
        first = datetime.combine(day, event.opens, tzinfo=event.zone).astimezone(UTC)
        last = datetime.combine(day, DAY_ENDS_TIME, tzinfo=event.zone).astimezone(UTC)
        last -= timedelta(minutes=slot.minutes)
        starts = [first + STEP * n for n in range((last - first) // STEP + 1)]
        if day == own_day:
            if first <= slot.starts_at <= last:
                starts.append(slot.starts_at)
            starts.sort(key=lambda at: (abs(at - slot.starts_at), at < slot.starts_at))
        yield from starts
