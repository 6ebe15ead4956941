"""Rooms, sessions and releases of the demo company's kickoffs; a large agenda to measure."""

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F
from django.utils import timezone

from agenda.rooms.models import Room
from agenda.sessions.actions import move_session, release_agenda
from agenda.sessions.models import Part, Release, Session, SessionPerson, SessionType
from events.attendance.models import Attendee
from events.bets.models import BigBet
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.mail.models import Message
from sko_planner.demo import guests
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company
from sko_planner.demo.programme import (
    LISBON_ROOMS,
    MAIN,
    OUTSIDE,
    PROGRAMME,
    ROTTERDAM_ROOMS,
    TRAY,
    Item,
)

LARGE_ROOMS, LARGE_SESSIONS, LARGE_SPEAKERS = 12, 300, 240
PER_ROOM_AND_DAY, MINUTES, GAP = 9, 45, 15
_LED_BY_MANY = frozenset(
    {SessionType.WORKSHOP, SessionType.DEAL_CLINIC, SessionType.CUSTOMER_PANEL}
)


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """
    Fill the three agendas: the ended and the running one released, the running one twice; the
    one to come not yet, with one conflict that blocks, one that does not, and four in the tray.
    """
    for kickoff, rooms in (
        (kickoffs.ended, LISBON_ROOMS),
        (kickoffs.today, ROTTERDAM_ROOMS),
        (kickoffs.ahead, LISBON_ROOMS),
    ):
        _sessions(kickoff, _rooms(kickoff, rooms), company, rng, PROGRAMME)
    _sessions(kickoffs.ahead, {}, company, rng, TRAY)
    _conflicts(kickoffs.ahead)
    for kickoff in (kickoffs.ended, kickoffs.today):
        released_at = _at(kickoff, kickoff.starts_date - timedelta(weeks=3), time(16, 20))
        _released(kickoff, company.planner, released_at)
    _second_version(kickoffs.today, company["ines"], now)


def seed_large(kickoff: Kickoff, people: Sequence[Person], rng: random.Random) -> list[Session]:
    """
    300 sessions in 12 rooms over the first three days, led by 240 of the people, for measuring.

    No room or person is taken twice: 45 minutes each and 15 between, 9 in a room and day.
    Sessions have 40 places; every third has a facilitator too.
    """
    rooms = Room.objects.bulk_create(
        Room(kickoff=kickoff, name=f"Hall {n}", place=f"level {n % 4}", capacity=60, position=n)
        for n in range(1, LARGE_ROOMS + 1)
    )
    kinds = [kind for kind in SessionType.values if kind not in ("MEAL_BREAK", "SOCIAL")]
    leads = list(people[:LARGE_SPEAKERS])
    rng.shuffle(leads)
    sessions = []
    for number in range(LARGE_SESSIONS):
        turn, room = divmod(number, LARGE_ROOMS)
        day, place = divmod(turn, PER_ROOM_AND_DAY)
        begins = time(8 + place * (MINUTES + GAP) // 60, place * (MINUTES + GAP) % 60)
        sessions.append(
            Session(
                kickoff=kickoff,
                title=f"{rng.choice(PROGRAMME).title} ({number + 1})",
                type=rng.choice(kinds),
                outcome="You take one thing home and do it within a week",
                owner=kickoff.owner,
                room=rooms[room],
                starts_at=_at(kickoff, kickoff.starts_date + timedelta(days=day), begins),
                duration_minutes=MINUTES,
                capacity=40,
            )
        )
    sessions = Session.objects.bulk_create(sessions)
    parts = [
        SessionPerson(session=session, person=leads[number % len(leads)], part=Part.SPEAKER)
        for number, session in enumerate(sessions)
    ]
    parts += [
        SessionPerson(
            session=session,
            person=leads[(number + LARGE_SPEAKERS // 2) % len(leads)],
            part=Part.FACILITATOR,
        )
        for number, session in enumerate(sessions)
        if number % 3 == 0
    ]
    SessionPerson.objects.bulk_create(parts)
    return sessions


def _rooms(kickoff: Kickoff, named: Iterable[tuple[str, str, int]]) -> dict[int, Room]:
    """The rooms; the two that hold everybody grow with the roster."""
    everybody = Attendee.objects.filter(kickoff=kickoff).taking_part(timezone.now()).count()
    rooms = [
        Room(
            kickoff=kickoff,
            name=name,
            place=place,
            capacity=max(seats, everybody) if n in (MAIN, OUTSIDE) else seats,
            is_outdoors=n == OUTSIDE,
            position=n + 1,
        )
        for n, (name, place, seats) in enumerate(named)
    ]
    return dict(enumerate(Room.objects.bulk_create(rooms)))


def _sessions(
    kickoff: Kickoff,
    rooms: dict[int, Room],
    company: Company,
    rng: random.Random,
    items: Sequence[Item],
) -> None:
    on_roster = set(
        Attendee.objects.filter(kickoff=kickoff)
        .taking_part(timezone.now())
        .values_list("person_id", flat=True)
    )
    sessions = Session.objects.bulk_create(
        Session(
            kickoff=kickoff,
            title=item.title,
            type=item.type,
            pillar=item.pillar,
            outcome=item.outcome,
            description=item.about,
            owner=company[item.owner],
            room=rooms[item.room] if item.begins else None,
            starts_at=_at(kickoff, kickoff.days[item.day], time.fromisoformat(item.begins))
            if item.begins
            else None,
            duration_minutes=item.minutes,
            capacity=item.places,
            segment_kind=item.kind,
            segment_function=item.function,
        )
        for item in items
    )
    through = Session.bets.through
    bets = {bet.position: bet.pk for bet in BigBet.objects.filter(kickoff=kickoff)}
    through.objects.bulk_create(
        through(session_id=session.pk, bigbet_id=bets[item.bet])
        for session, item in zip(sessions, items, strict=True)
        if item.bet
    )
    # Whoever is not on the roster is stood in for by somebody who is, and who leads nothing else
    known = {company[handle].pk for item in items for handle in item.leads}
    spare = [
        person
        for person in (*company.managers, *company.product, *company.engineers)
        if person.pk in on_roster and person.pk not in known
    ]
    rng.shuffle(spare)
    deputies: dict[int, Person] = {}
    parts = []
    for session, item in zip(sessions, items, strict=True):
        part = Part.FACILITATOR if item.type in _LED_BY_MANY else Part.SPEAKER
        for handle in item.leads:
            person = company[handle]
            if person.pk not in on_roster and not person.role:
                if person.pk not in deputies:
                    deputies[person.pk] = spare.pop()
                person = deputies[person.pk]
            parts.append(SessionPerson(session=session, person=person, part=part))
    parts += guests.parts(kickoff, sessions)
    SessionPerson.objects.bulk_create(parts)


def _conflicts(kickoff: Kickoff) -> None:
    """One speaker in two rooms, and a room too small: as planners meet them on the grid."""
    Session.objects.filter(kickoff=kickoff, title="Answering Frostline").update(
        starts_at=_at(kickoff, kickoff.days[1], time(14, 15)), version=F("version") + 1
    )
    Session.objects.filter(kickoff=kickoff, title="Alerts API, lab").update(capacity=22)


def _released(kickoff: Kickoff, by: Person, at: datetime) -> Release:
    """A release of the past: what is urgent of it has been mailed."""
    release = release_agenda(kickoff=kickoff, by=by, at=at)
    Message.objects.filter(key__startswith=f"agenda-release:{release.pk}:").update(
        state=Message.State.SENT, sent_at=at + timedelta(minutes=1)
    )
    return release


def _second_version(kickoff: Kickoff, by: Person, now: datetime) -> None:
    """Two days before the doors opened, two sessions had to move."""
    at = _at(kickoff, kickoff.starts_date - timedelta(days=2), time(11, 5))
    for title, begins in (("Field awards", "18:50"), ("Alerts API, lab", "13:45")):
        session = Session.objects.get(kickoff=kickoff, title=title)
        moment = _at(kickoff, kickoff.days[1], time.fromisoformat(begins))
        move_session(session=session, room=session.room, starts_at=moment, version=1, by=by, at=at)
    _released(kickoff, by, min(at + timedelta(minutes=20), now))


def _at(kickoff: Kickoff, day: date, begins: time) -> datetime:
    return datetime.combine(day, begins, tzinfo=kickoff.zone).astimezone(UTC)
