"""Where a session that is in the way could go instead."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from agenda.sessions.rules.conflicts import GAP_MINUTES, Room, Slot
from agenda.sessions.rules.days import EventDays, agenda_day

STEP_MINUTES = 15  # the grid's row
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
