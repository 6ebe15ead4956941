"""The draft agenda, read whole in a constant number of SQL queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agenda.rooms.models import Room
from agenda.sessions import rules
from agenda.sessions.models import ConflictRules, Session, audience_words
from agenda.sessions.queries import words
from agenda.sessions.queries.heads import EVERYBODY, Heads, Segment
from agenda.sessions.queries.types import Typed
from core.ui.figures import clock
from core.ui.figures import day as day_words
from events.kickoff.models import Kickoff

Severities = dict[rules.Kind, rules.Severity]


@dataclass(slots=True)
class DraftSession(Typed):
    """One session of the draft as pages show it. Times are UTC, lengths minutes."""

    id: int
    title: str
    type: str
    version: int
    minutes: int
    capacity: int | None
    room_id: int | None
    room_name: str
    room_place: str
    starts_at: datetime | None
    segment: Segment
    region_name: str
    owner_name: str
    pillar: str
    outcome: str
    description: str
    local_day: date | None = None  # of the agenda, at the venue
    expected: int = 0
    named: Sequence[str] = ()  # who speak without an account
    people: list[tuple[int, str, str]] = field(default_factory=list)  # id, name, part

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at and self.starts_at + timedelta(minutes=self.minutes)

    @property
    def has_outcome(self) -> bool:
        return bool(self.outcome)

    @property
    def where(self) -> str:
        """The room, and where it is."""
        return ", ".join(part for part in (self.room_name, self.room_place) if part)

    @property
    def audience(self) -> str:
        """Whom it is for, in words; empty for everybody."""
        kind, function, _region = self.segment
        return audience_words(kind, function, self.region_name)

    @property
    def names(self) -> list[str]:
        """Who speaks and facilitates, each once."""
        return list(dict.fromkeys([*(name for _id, name, _part in self.people), *self.named]))

    @property
    def is_plenary(self) -> bool:
        """Whether the whole roster is expected, so that nothing belongs beside it."""
        return self.segment == EVERYBODY and self.capacity is None


@dataclass(frozen=True, slots=True)
class Said:
    """A conflict in words, with the move that would mend it where there is one."""

    conflict: rules.Conflict
    heading: str
    text: str
    short: str
    mend: rules.Mend | None = None
    mend_label: str = ""
    mend_version: int = 0
    mend_day: date | None = None
    mend_time: str = ""  # at the venue

    @property
    def blocks(self) -> bool:
        return self.conflict.blocks


class Draft:
    """The sessions and rooms of one kickoff, and what is wrong with them."""

    def __init__(
        self,
        kickoff: Kickoff,
        rooms: Mapping[int, rules.Room],  # those that sessions are in
        sessions: Mapping[int, DraftSession],
        emails: Mapping[int, str],  # of those who lead them
        heads: int,  # who take part
        severities: Severities,
    ) -> None:
        self.kickoff = kickoff
        self.severities = severities
        self.heads = heads
        self.emails = emails
        self.sessions = sessions
        self.event = event_days(kickoff)
        self._used = rooms

    @cached_property
    def rooms(self) -> dict[int, Room]:
        """Every room of the kickoff in its order, the unused ones too. One query."""
        rooms = Room.objects.filter(kickoff=self.kickoff).order_by("position", "name", "pk")
        return {room.pk: room for room in rooms}

    @cached_property
    def slots(self) -> list[rules.Slot]:
        """The sessions that have a room and a time."""
        return [
            rules.Slot(
                id=one.id,
                title=one.title,
                type=one.type,
                room=one.room_id,
                starts_at=one.starts_at,
                minutes=one.minutes,
                expected=one.expected,
                places=one.capacity,
                plenary=one.is_plenary,
                people=frozenset([*(person for person, _name, _part in one.people), *one.named]),
            )
            for one in self.sessions.values()
            if one.starts_at is not None and one.room_id is not None
        ]

    @cached_property
    def conflicts(self) -> list[rules.Conflict]:
        """Everything that is wrong, what blocks first."""
        return rules.find_conflicts(self.slots, self._used, self.event, self.severities)

    @property
    def blocking(self) -> list[rules.Conflict]:
        return [conflict for conflict in self.conflicts if conflict.blocks]

    @cached_property
    def by_session(self) -> Mapping[int, list[rules.Conflict]]:
        """The conflicts of each session that has any."""
        found: dict[int, list[rules.Conflict]] = defaultdict(list)
        for conflict in self.conflicts:
            for session in conflict.sessions:
                found[session].append(conflict)
        return found

    @cached_property
    def person_names(self) -> dict[int | str, str]:
        """
        Who leads sessions, as a conflict names them: namesakes with their e-mail address, and
        whoever has no account by the name alone.
        """
        names = {
            person: name for one in self.sessions.values() for person, name, _part in one.people
        }
        shared = Counter(names.values())
        without = {name: name for one in self.sessions.values() for name in one.named}
        return without | {
            person: f"{name} ({self.emails[person]})" if shared[name] > 1 else name
            for person, name in names.items()
        }

    @cached_property
    def labels(self) -> dict[int, str]:
        """Each session in quotes, with what tells it from others of its title."""
        return words.session_labels(self.sessions, self.event.zone)

    @property
    def tray(self) -> list[DraftSession]:
        """Sessions that wait for a room and a time."""
        return [one for one in self.sessions.values() if one.starts_at is None]

    def share(self, day: date | None = None) -> rules.Share:
        """
        The share of experiential time as one attendee lives it, of one day at the venue or of the
        whole event.
        """
        of_day = (
            slot
            for slot in self.slots
            if day is None or rules.agenda_day(slot.starts_at, self.event.zone) == day
        )
        return rules.experiential_share(of_day, self.heads)

    def say(
        self, conflict: rules.Conflict, *, mending: bool = False, moving: int | None = None
    ) -> Said:
        """
        A conflict in words; with `mending`, also the nearest free time and room for the session
        `moving`, or else for the last of the conflict.
        """
        text = words.conflict_words(
            conflict, self.sessions, self.labels, self.person_names, self.event
        )
        said = Said(
            conflict, words.kind_heading(conflict.kind), text, words.conflict_short(conflict)
        )
        if not mending:
            return said
        moved = self.sessions[moving or conflict.sessions[-1]]
        slot = next(slot for slot in self.slots if slot.id == moved.id)
        rooms = {
            room.pk: rules.Room(room.pk, room.name, room.capacity, room.is_outdoors)
            for room in self.rooms.values()
        }
        mend = rules.propose(slot, self.slots, rooms, self.event)
        if mend is None:
            return said
        zone = self.event.zone
        return replace(
            said,
            mend=mend,
            mend_label=self._mend_label(slot, mend),
            mend_version=moved.version,
            mend_day=rules.agenda_day(mend.starts_at, zone),
            mend_time=clock(mend.starts_at, zone),
        )

    def _mend_label(self, slot: rules.Slot, mend: rules.Mend) -> str:
        zone = self.event.zone
        local = mend.starts_at.astimezone(zone)
        values = {
            "time": clock(mend.starts_at, zone),
            "day": day_words(local.date()),
            "room": self.rooms[mend.room].name,
        }
        if mend.starts_at == slot.starts_at:
            return _("Move to %(room)s") % values
        if local.date() == rules.agenda_day(slot.starts_at, zone):
            return _("Move to %(time)s in %(room)s") % values
        return _("Move to %(day)s, %(time)s in %(room)s") % values


def severities_of(kickoff: Kickoff) -> Severities:
    """What conflicts do at a kickoff, of the kinds for which it has said so. One query."""
    rows = ConflictRules.objects.filter(kickoff=kickoff).values_list("severities", flat=True)
    return _severities(rows.first())


def _severities(kept: Mapping[str, str] | None) -> Severities:
    return {rules.Kind(kind): rules.Severity(one) for kind, one in (kept or {}).items()}


def event_days(kickoff: Kickoff) -> rules.EventDays:
    """When a kickoff takes place, as the rules want it."""
    return rules.EventDays(tuple(kickoff.days), kickoff.doors_open_time, kickoff.zone)


_COLUMNS = [
    "pk",
    "title",
    "type",
    "version",
    "duration_minutes",
    "capacity",
    "room_id",
    "starts_at",
    "segment_kind",
    "segment_function",
    "segment_region_id",
    "segment_region__name",
    "owner__full_name",
    "owner__preferred_name",
    "pillar",
    "outcome",
    "description",
    "room__name",
    "room__place",
    "room__capacity",
    "room__is_outdoors",
    "named",
    "kickoff__conflict_rules__severities",
]
_OF_PERSON = ("person_id", "part", "person__full_name", "person__preferred_name", "person__email")


def draft_of(kickoff: Kickoff) -> Draft:
    """The whole draft, with who is expected where: two SQL queries, whatever its size."""
    rooms: dict[int, rules.Room] = {}
    sessions: dict[int, DraftSession] = {}
    emails: dict[int, str] = {}
    # A row for each who has a part in a session, and one for a session that nobody has a part in
    rows = list(
        Session.objects.filter(kickoff=kickoff)
        .order_by("starts_at", "room__position", "pk", "-people__part", "people__pk")
        .values_list(*_COLUMNS, *(f"people__{name}" for name in _OF_PERSON))
    )
    heads = Heads(kickoff, {row[8:11] for row in rows}, timezone.now())
    for *row, person_id, part, full_name, preferred_name, email in rows:
        session = sessions.get(row[0])
        if session is None:
            session = sessions[row[0]] = _drafted(row, kickoff, heads)
        room_id, (name, _place, places, is_outdoors) = row[6], row[17:21]
        if room_id is not None and room_id not in rooms:
            rooms[room_id] = rules.Room(room_id, name, places, is_outdoors)
        if person_id is not None:
            session.people.append((person_id, preferred_name or full_name, part))
            emails[person_id] = email
    severities = _severities(rows[0][22] if rows else None)
    return Draft(kickoff, rooms, sessions, emails, heads.count(EVERYBODY), severities)


def _drafted(row: Sequence[Any], kickoff: Kickoff, heads: Heads) -> DraftSession:
    pk, title, kind, version, minutes, capacity, room_id, starts_at = row[:8]
    segment: Segment = (row[8], row[9], row[10])
    size = heads.count(segment)
    return DraftSession(
        id=pk,
        title=title,
        type=kind,
        version=version,
        minutes=minutes,
        capacity=capacity,
        room_id=room_id,
        room_name=row[17] or "",
        room_place=row[18] or "",
        starts_at=starts_at,
        segment=segment,
        region_name=row[11] or "",
        owner_name=row[13] or row[12] or "",
        pillar=row[14],
        outcome=row[15],
        description=row[16],
        named=row[21],
        local_day=starts_at and rules.agenda_day(starts_at, kickoff.zone),
        expected=size if capacity is None else min(size, capacity),
    )
