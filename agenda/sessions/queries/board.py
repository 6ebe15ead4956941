"""One day of the draft as a grid: rooms across, a quarter of an hour a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from agenda.rooms.models import Room
from agenda.sessions.models import SessionType
from agenda.sessions.queries.changes import Changes
from agenda.sessions.queries.draft import Draft, DraftSession, Said
from agenda.sessions.queries.words import span
from agenda.sessions.rules import STEP_MINUTES, Change, Share

EARLIEST_HOUR, LATEST_HOUR = 8, 19  # always shown; more where sessions are earlier or later
MOST_SAID = 30  # conflicts in the rail: a mend is sought for each
DAY_MINUTES = 24 * 60
GRID_MINUTES = 30 * 60  # a day and its night, until 06:00


@dataclass(frozen=True, slots=True)
class Tile:
    """One session on the grid; `classes` place it."""

    session: DraftSession
    classes: str
    times: str
    column: int  # of its room, from 1
    begins: str  # for moving: 09:45, and 25:15 for a quarter past one in the night after it
    change: Change | None
    say: str
    is_band: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A time at which everybody is in one room: drawn across all rooms behind the tile."""

    classes: str
    room_name: str


@dataclass(frozen=True, slots=True)
class Board:
    """What the grid page shows of one day, and what stands beside it."""

    draft: Draft
    changes: Changes
    day: date
    columns: Sequence[tuple[int, Room]]
    hours: Sequence[tuple[str, str]]  # class, label
    grid_classes: str
    first_quarter: int
    rows: int
    tiles: Sequence[Tile]
    bands: Sequence[Band]
    said: Sequence[Said]
    share: Share
    whole_share: Share

    @property
    def used_types(self) -> list[DraftSession]:
        """One session of each type that is on the grid, for the legend."""
        seen = {tile.session.type: tile.session for tile in self.tiles}
        return [seen[kind] for kind in SessionType.values if kind in seen]


def board_of(draft: Draft, changes: Changes, day: date) -> Board:
    """A day at the venue, from what has been read: no SQL."""
    columns = list(enumerate(draft.rooms.values(), start=1))
    places = [
        _Place(draft, one, one.starts_at)
        for one in draft.sessions.values()
        if one.starts_at is not None and one.local_day == day
    ]
    first = min([EARLIEST_HOUR, *(place.begins // 60 for place in places)])
    last = max([LATEST_HOUR, *(-(-place.ends // 60) for place in places)])
    numbers = {room.pk: number for number, room in columns}
    alone = {place.session.id for place in _alone(places)}
    bands = [
        Band(f"k-all-in {place.session.type_class} {place.classes}", place.session.room_name)
        for place in places
        if place.session.id in alone
        and place.session.is_plenary
        and place.session.type != SessionType.MEAL_BREAK
    ]
    return Board(
        draft=draft,
        changes=changes,
        day=day,
        columns=columns,
        hours=[(f"k-at-{hour:02d}00", f"{hour % 24:02d}:00") for hour in range(first, last)],
        grid_classes=f"k-from-{first} k-hours-{last - first} k-rooms-{len(columns)}",
        first_quarter=first * 60 // STEP_MINUTES,
        rows=(last - first) * 60 // STEP_MINUTES,
        tiles=[_tile(draft, changes, place, numbers, alone) for place in places],
        bands=bands,
        said=[draft.say(conflict, mending=True) for conflict in draft.conflicts[:MOST_SAID]],
        share=draft.share(day),
        whole_share=draft.share(),
    )


class _Place:
    """Where a session stands in its day: minutes from its midnight at the venue, 1:00 being 1,500."""

    def __init__(self, draft: Draft, session: DraftSession, starts_at: datetime) -> None:
        self.session = session
        self.zone = draft.event.zone
        self.starts_at = starts_at
        self.begins = self._minute(starts_at)
        # By the clock, as the rows are: it may stand for more or less in a night that changes it
        ends = self._minute(session.ends_at or starts_at)
        self.ends = min(max(ends, self.begins + STEP_MINUTES), GRID_MINUTES)

    def _minute(self, at: datetime) -> int:
        local = at.astimezone(self.zone)
        days = (local.date() - (self.session.local_day or local.date())).days
        return days * DAY_MINUTES + local.hour * 60 + local.minute

    @property
    def classes(self) -> str:
        """The grid's classes: from the quarter in which it begins to the one in which it ends."""
        begins = self.begins - self.begins % STEP_MINUTES
        length = -(-(self.ends - begins) // STEP_MINUTES) * STEP_MINUTES
        return f"k-at-{begins // 60:02d}{begins % 60:02d} k-for-{length}"

    def meets(self, other: _Place) -> bool:
        return self.begins < other.ends and other.begins < self.ends


def _alone(places: Sequence[_Place]) -> Iterator[_Place]:
    """Sessions with nothing beside them in any room."""
    ordered = sorted(places, key=lambda place: place.begins)
    latest = -1
    for number, place in enumerate(ordered):
        following = ordered[number + 1].begins if number + 1 < len(ordered) else GRID_MINUTES
        if place.begins >= latest and following >= place.ends:
            yield place
        latest = max(latest, place.ends)


def _tile(
    draft: Draft,
    changes: Changes,
    place: _Place,
    numbers: dict[int, int],
    alone: Iterable[int],
) -> Tile:
    one = place.session
    conflicts = draft.by_session.get(one.id, [])
    is_band = one.type == SessionType.MEAL_BREAK and one.id in alone
    column = numbers.get(one.room_id or 0, 1)
    classes = ["k-ses", one.type_class, place.classes]
    classes.append("k-band-all" if is_band else f"k-in-{column}")
    if conflicts:
        classes.append("k-clash" if conflicts[0].blocks else "k-tight")
    beside = [pair.sessions for pair in conflicts if pair.kind == "ROOM"]
    if beside:
        classes.append("k-half-first" if beside[0][0] == one.id else "k-half-last")
    return Tile(
        session=one,
        classes=" ".join(classes),
        times=span(place.starts_at, one.ends_at or place.starts_at, place.zone),
        column=column,
        begins=f"{place.begins // 60:02d}:{place.begins % 60:02d}",
        change=changes.by_session.get(one.id) if changes.last else None,
        say=draft.say(conflicts[0]).short if conflicts else "",
        is_band=is_band,
    )
