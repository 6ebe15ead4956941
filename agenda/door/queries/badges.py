"""Badges, and what stands on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from agenda.door import rendering
from agenda.door.models import Badge, BadgeRun
from agenda.sessions.queries.released import agendas_of
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def badge_faces(
    kickoff: Kickoff, badges: Sequence[Badge], *, with_back: bool
) -> list[rendering.Face]:
    """What the badges say; with the agenda of each for its back. Three queries at most."""
    seats = [badge.attendee for badge in badges]
    agendas = agendas_of(seats, kickoff) if with_back else {}
    return [
        rendering.Face(
            name=seat.person.full_name,
            detail=_detail(seat.person),
            kind=str(seat.get_kind_display()),
            tone=seat.kind.lower(),
            text=badge.text,
            agenda=tuple(
                (
                    f"{one.starts_at.astimezone(kickoff.zone):%a %H:%M}",
                    f"{one.title} · {one.where}",
                )
                for one in agendas.get(seat.pk, ())
            ),
        )
        for badge, seat in zip(badges, seats, strict=True)
    ]


def _detail(person: Person) -> str:
    """The title, and the team where the title does not name it already."""
    team = person.team.name if person.team else ""
    said = (person.job_title, "" if team in person.job_title else team)
    return " · ".join(part for part in said if part)


def badges_of(
    kickoff: Kickoff, at: datetime, *, team: int | None = None, person: Person | None = None
) -> QuerySet[Badge]:
    """The badges in force of who takes part, by name: of all, of a team, or of one person."""
    roster = Attendee.objects.filter(kickoff=kickoff)
    seats = roster.taking_part(at) if person is None else roster.filter(person=person)
    if team is not None:
        seats = seats.filter(person__team=team)
    badges = Badge.objects.filter(attendee__in=seats, revoked_at=None)
    return badges.select_related("attendee__person__team").order_by(
        "attendee__person__full_name", "pk"
    )


def badges_in(numbers: Sequence[int]) -> list[Badge]:
    """Badges by their numbers and in their order, those in force alone. One query."""
    badges = Badge.objects.filter(revoked_at=None).select_related("attendee__person__team")
    found = badges.in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


def runs_of(kickoff: Kickoff) -> QuerySet[BadgeRun]:
    """The files of badges that were asked for, the newest first, without what they are made of."""
    runs = BadgeRun.objects.filter(kickoff=kickoff).select_related("by", "file")
    return runs.defer("badges")
