"""What of an agenda a file is held against, and what goes out into one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from agenda.schedules.rules import OURS, Entry
from agenda.sessions.models import Session
from agenda.sessions.queries.draft import Draft
from agenda.sessions.rules import agenda_day
from core.keys import name_key
from events.attendance.models import Attendee
from events.guests.models import Guest
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.org.queries import here


@dataclass(frozen=True, slots=True)
class Speakers:
    """The people whom a file may mean, by address and by name."""

    found: Mapping[str, Person]

    def told_apart(
        self, names: Iterable[str], leading: Iterable[Person]
    ) -> tuple[list[Person], list[str]]:
        """
        Those of some names who have an account here, each once, and the names of the others. Of
        people who are called alike it is whoever is `leading` the session already.
        """
        of_session = {name: person for person in leading for name in _names(person)}
        known = {
            name: of_session.get(name_key(name), self.found.get(name_key(name))) for name in names
        }
        people = dict.fromkeys(person for person in known.values() if person is not None)
        return list(people), [name for name, person in known.items() if person is None]


def _names(person: Person) -> set[str]:
    """What a programme may call somebody, as keys."""
    return {name_key(person.full_name), name_key(person.display_name)}


def speakers_of(kickoff: Kickoff, at: datetime) -> Speakers:
    """
    Who may lead a session: those on the roster, guests, and people with a role. A name that two of
    them have means neither. One query.
    """
    seats = Attendee.objects.filter(kickoff=kickoff).values("person")
    guests = Guest.objects.filter(kickoff=kickoff, ended_at=None).values("person")
    may = ~Q(role="") | Q(pk__in=seats) | Q(pk__in=guests)
    people = list(Person.objects.filter(here(at)).filter(may))
    called = [(name, person) for person in people for name in _names(person)]
    shared = Counter(name for name, _person in called)
    by_name = {name: person for name, person in called if shared[name] < 2}
    return Speakers(by_name | {name_key(person.email): person for person in people})


def sessions_by_key(kickoff: Kickoff) -> dict[str, Session]:
    """
    The sessions of a kickoff, locked, by what a file may call them: its own id, or ours. Three
    queries.
    """
    sessions = Session.objects.select_for_update(of=("self",)).filter(kickoff=kickoff)
    rows = sessions.select_related("room").prefetch_related("people__person")
    found = {key_of(session.pk): session for session in rows}
    return found | {session.source_id: session for session in rows if session.source_id}


def key_of(session_id: int) -> str:
    """What we call a session in a file."""
    return f"{OURS}{session_id}"


def entries_of(draft: Draft) -> list[Entry]:
    """The sessions of a draft that have a room and a time, for a file."""
    zone = draft.event.zone
    return [
        Entry(
            number=one.id,
            title=one.title,
            type=one.type,
            room=one.room_name,
            day=agenda_day(one.starts_at, zone),
            starts_at=one.starts_at,
            minutes=one.minutes,
            speakers=one.names,
            outcome=one.outcome,
            description=one.description,
        )
        for one in draft.sessions.values()
        if one.starts_at is not None
    ]


def source_ids(kickoff: Kickoff) -> dict[int, str]:
    """What a file calls each session of a kickoff. One query."""
    rows = Session.objects.filter(kickoff=kickoff).values_list("pk", "source_id")
    return {pk: source_id or key_of(pk) for pk, source_id in rows}
