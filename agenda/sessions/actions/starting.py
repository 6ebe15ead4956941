"""The Acceleration Summit template's part: rooms, and a three-day agenda that states its outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext as _

from agenda.rooms.actions import add_room
from agenda.rooms.models import Room
from agenda.sessions.actions.editing import SessionFields, create_session
from agenda.sessions.models import Pillar, SessionType
from events.bets.models import BigBet
from events.kickoff.models import Kickoff
from people.accounts.models import Person

HALL, LARGE, MIDDLE, SMALL = range(4)


@dataclass(frozen=True, slots=True)
class Idea:
    """One session that the template suggests. `places` limits it, `bet` is a bet's position."""

    day: int
    begins: str
    minutes: int
    room: int
    type: SessionType
    title: str
    outcome: str = ""
    pillar: str = ""
    places: int | None = None
    bet: int | None = None


def suggest_agenda(kickoff: Kickoff, by: Person, at: datetime) -> None:
    """
    Fill a new kickoff with four rooms and about twenty sessions, owned by whoever creates it.

    An event shorter than three days keeps the sessions of the days it lacks in the tray.
    """
    rooms = _rooms(kickoff, by, at)
    bets = {bet.position: bet for bet in BigBet.objects.filter(kickoff=kickoff)}
    for idea in _ideas():
        has_day = idea.day < len(kickoff.days)
        create_session(
            kickoff=kickoff,
            fields=SessionFields(
                title=idea.title,
                type=idea.type,
                duration_minutes=idea.minutes,
                pillar=idea.pillar,
                outcome=idea.outcome,
                owner=by,
                room=rooms[idea.room] if has_day else None,
                starts_at=_moment(kickoff, kickoff.days[idea.day], idea.begins)
                if has_day
                else None,
                capacity=idea.places,
                bets=[bets[idea.bet]] if idea.bet in bets else [],
            ),
            by=by,
            at=at,
            accepted=True,
        )


def _moment(kickoff: Kickoff, day: date, begins: str) -> datetime:
    local = datetime.combine(day, time.fromisoformat(begins), tzinfo=kickoff.zone)
    return local.astimezone(UTC)


def _rooms(kickoff: Kickoff, by: Person, at: datetime) -> list[Room]:
    named = [(_("Main hall"), 250), (_("Room A"), 60), (_("Room B"), 40), (_("Room C"), 24)]
    return [
        add_room(kickoff=kickoff, name=name, capacity=seats, by=by, at=at) for name, seats in named
    ]


def _ideas() -> Iterator[Idea]:
    yield from _first_day()
    yield from _second_day()
    yield from _third_day()


def _first_day() -> Iterator[Idea]:
    kind = SessionType
    yield Idea(0, "08:00", 45, HALL, kind.MEAL_BREAK, _("Breakfast and check-in"))
    yield Idea(
        0,
        "09:00",
        45,
        HALL,
        kind.KEYNOTE,
        _("Where we stand, and the bets for this year"),
        _("Everybody can name the bets and say why we make them"),
        Pillar.STRATEGY,
        bet=1,
    )
    yield Idea(
        0,
        "10:00",
        75,
        HALL,
        kind.CUSTOMER_PANEL,
        _("What customers say when we are not in the room"),
        _("Everybody takes two questions to their own customers"),
        Pillar.SKILLS,
        bet=2,
    )
    yield Idea(0, "11:30", 60, HALL, kind.MEAL_BREAK, _("Lunch"))
    yield from _clinic(0, "13:00", _("Deal clinic, round 1"))
    yield Idea(0, "14:30", 30, HALL, kind.MEAL_BREAK, _("Coffee"))
    yield Idea(
        0,
        "15:15",
        60,
        HALL,
        kind.PRODUCT,
        _("What is new, shown live"),
        _("Everybody can say which customers the new product is for"),
        Pillar.PRODUCT,
        bet=3,
    )
    yield Idea(0, "18:30", 120, HALL, kind.SOCIAL, _("Welcome dinner"))


def _second_day() -> Iterator[Idea]:
    kind = SessionType
    yield Idea(
        1,
        "09:00",
        75,
        HALL,
        kind.WIN_LOSS_REVIEW,
        _("Two deals we won and one we lost"),
        _("Everybody can name what nearly killed each deal"),
        Pillar.SKILLS,
        bet=1,
    )
    yield Idea(1, "10:15", 30, HALL, kind.MEAL_BREAK, _("Coffee"))
    yield Idea(
        1,
        "11:00",
        75,
        LARGE,
        kind.WORKSHOP,
        _("Map the buying group"),
        _("Each rep leaves with a stakeholder map of one open deal"),
        Pillar.SKILLS,
        60,
        1,
    )
    yield Idea(
        1,
        "11:00",
        75,
        MIDDLE,
        kind.COMPETITIVE,
        _("Answer the competitor you meet most"),
        _("Each rep can answer three objections in their own words"),
        Pillar.COMPETITIVE,
        40,
    )
    yield Idea(1, "12:30", 60, HALL, kind.MEAL_BREAK, _("Lunch"))
    yield from _clinic(1, "14:00", _("Deal clinic, round 2"))
    yield Idea(1, "15:30", 30, HALL, kind.MEAL_BREAK, _("Coffee"))
    yield Idea(
        1,
        "16:15",
        60,
        HALL,
        kind.KEYNOTE,
        _("How you are paid this year"),
        _("Each rep can compute their own payout at 100%"),
        Pillar.STRATEGY,
    )
    yield Idea(
        1,
        "17:30",
        45,
        HALL,
        kind.RECOGNITION,
        _("Field awards"),
        _("Everybody knows what winning looked like last year"),
        Pillar.RECOGNITION,
    )


def _third_day() -> Iterator[Idea]:
    kind = SessionType
    yield Idea(
        2,
        "09:00",
        90,
        LARGE,
        kind.WORKSHOP,
        _("Role play: the second meeting"),
        _("Each rep has practised the talk twice, with feedback"),
        Pillar.SKILLS,
        60,
        2,
    )
    yield Idea(
        2,
        "09:00",
        90,
        SMALL,
        kind.WORKSHOP,
        _("Managers: coach in ten minutes"),
        _("Each manager has the dates of their first three one-to-ones"),
        Pillar.SKILLS,
        24,
    )
    yield Idea(2, "10:30", 30, HALL, kind.MEAL_BREAK, _("Coffee"))
    yield Idea(
        2,
        "11:15",
        60,
        HALL,
        kind.KEYNOTE,
        _("My plan: what I do every week, month and quarter"),
        _("Everybody has chosen one action for each bet"),
        Pillar.STRATEGY,
    )
    yield Idea(2, "12:30", 60, HALL, kind.MEAL_BREAK, _("Lunch, and the way home"))


def _clinic(day: int, begins: str, title: str) -> Iterator[Idea]:
    """A round of deal clinics, in three rooms at one time."""
    for room, places in ((LARGE, 60), (MIDDLE, 40), (SMALL, 24)):
        yield Idea(
            day,
            begins,
            90,
            room,
            SessionType.DEAL_CLINIC,
            title,
            _("Each deal has its next three moves, with owner and date"),
            Pillar.SKILLS,
            places,
        )
