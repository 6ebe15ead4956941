"""Who was in which session: read from the scans that name one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from agenda.door.models import Scan
from agenda.presence import rules
from agenda.rooms.models import Room
from agenda.sessions.models import Session
from agenda.sessions.queries.released import Shown, agendas_of, day_for, whole_agenda
from agenda.sessions.rules import UNCOUNTED_TYPES
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def were_there(kickoff: Kickoff) -> Mapping[int, frozenset[int]]:
    """
    The people of each session, by its number: whom campaigns and measurement ask about. Who was
    scanned twice was there once, and what was taken back never was. One query.
    """
    scans = Scan.objects.filter(kickoff=kickoff, session_id__isnull=False).counted()
    undone = Scan.objects.filter(kickoff=kickoff, undoes__isnull=False).values("undoes")
    found: dict[int, set[int]] = defaultdict(set)
    rows = scans.exclude(key__in=undone).order_by()
    for session_id, person_id in rows.values_list("session_id", "attendee__person"):
        if session_id is not None:  # as the query asks for
            found[session_id].add(person_id)
    return {session_id: frozenset(people) for session_id, people in found.items()}


def sessions_of(person: Person, kickoff: Kickoff) -> frozenset[int]:
    """The sessions in which somebody was. One query."""
    return frozenset(pk for pk, people in were_there(kickoff).items() if person.pk in people)


@dataclass(frozen=True, slots=True)
class Line:
    """One session on the planners' page: how many were there, of how many for whom it is meant."""

    session: Shown
    came: int
    meant: int
    is_over: bool

    @property
    def share(self) -> float:
        return self.came / self.meant if self.meant else 0.0


def board(kickoff: Kickoff, at: datetime) -> list[Line]:
    """Every released session that is no meal, with who was there. Eight queries, four where the
    release is kept."""
    there = were_there(kickoff)
    seats = list(Attendee.objects.filter(kickoff=kickoff).taking_part(at).select_related("person"))
    meant: dict[int, int] = defaultdict(int)
    for shown in agendas_of(seats, kickoff).values():
        for one in shown:
            meant[one.id] += 1
    return [
        Line(one, len(there.get(one.id, ())), meant[one.id], one.ends_at <= at)
        for one in counted(whole_agenda(kickoff))
    ]


@dataclass(frozen=True, slots=True)
class Own:
    """A session of one's own day, and whether one was there."""

    session: Shown
    was_there: bool
    is_over: bool


def own_day(person: Person, kickoff: Kickoff, at: datetime) -> list[Own]:
    """
    One's own sessions of the day, and others in which one was; of those that begin at once, the one
    in which one was alone. Three queries.
    """
    there = sessions_of(person, kickoff)
    mine = counted(day_for(person, kickoff, kickoff.local_date(at)))
    taken = {one.starts_at for one in mine if one.id in there}
    return [
        Own(one, one.id in there, one.ends_at <= at)
        for one in mine
        if one.id in there or one.starts_at not in taken
    ]


def counted(sessions: Sequence[Shown]) -> list[Shown]:
    """Those in which people are counted: no meals and no breaks."""
    return [one for one in sessions if one.type not in UNCOUNTED_TYPES]


def running(kickoff: Kickoff, at: datetime) -> list[Shown]:
    """The sessions in which people are counted at a moment."""
    return [
        one
        for one in counted(whole_agenda(kickoff))
        if rules.is_counted(one.starts_at, one.ends_at, at)
    ]


def running_in(room: Room, at: datetime) -> Shown | None:
    """The session in a room at a moment; of two, the one that began last."""
    inside = set(Session.objects.filter(room=room).values_list("pk", flat=True))
    found = [one for one in running(room.kickoff, at) if one.id in inside]
    return max(found, key=lambda one: one.starts_at, default=None)


def secret() -> bytes:
    """What codes are made with: nobody else has it."""
    key: str = settings.SECRET_KEY
    return f"presence:{key}".encode()


def named(kickoff: Kickoff, code: str, at: datetime) -> Shown | None:
    """The session on whose screen a code stands, if any."""
    return next(
        (one for one in running(kickoff, at) if rules.is_on_screen(secret(), code, one.id, at)),
        None,
    )
