from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.guards.watching import Watch
from core.ui.figures import day
from events.attendance.models import Attendee, SeatRequest
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from people.accounts.models import Person
from people.waiting.rules import Waiting

WATCHED = (
    Watch("events_attendee", "{row}.person_id"),
    Watch("events_kickoff", "SELECT person_id FROM events_attendee WHERE kickoff_id = {row}.id"),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """Invitations to answer, until the doors open: whoever comes then has answered. One query."""
    seats = Attendee.objects.filter(
        Q(rsvp=Attendee.Rsvp.PENDING, invited_at__isnull=False) | Q(offered_until__isnull=False),
        person__in=people,
        kickoff__in=Kickoff.objects.shown_to_people().under_way(),
    ).select_related("kickoff")
    return (_item(seat) for seat in seats if at < _until(seat))


def find_asked(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """Wishes for a place by a forwarded link, for whoever owns the kickoff. One query."""
    planners = {person.pk for person in people if person.is_planner}
    if not planners:
        return
    asked = SeatRequest.objects.filter(
        decided_at=None, attendee__kickoff__owner__in=planners
    ).select_related("person", "attendee__kickoff")
    for one in asked:
        kickoff = one.attendee.kickoff
        if at < kickoff.closes_at:
            yield Waiting(
                person_id=kickoff.owner_id,
                kind="attendance.decide",
                title=_("Decide on a place for %(name)s") % {"name": one.person.full_name},
                url=reverse("events:invitations:list", args=[kickoff.slug]) + "#asked",
                button=_("Decide"),
                since=one.asked_at,
                due_at=kickoff.doors_open_at,
                until=kickoff.closes_at,
                place=place_of(kickoff),
            )


def _until(seat: Attendee) -> datetime:
    """Until when an answer is expected: whoever comes after has answered, or asks the planners."""
    doors = seat.kickoff.doors_open_at
    by = seat.offered_until or seat.answer_by_at
    return min(by, doors) if by else doors


def _item(seat: Attendee) -> Waiting:
    kickoff = seat.kickoff
    where = kickoff.city or kickoff.name
    days = {"first": day(kickoff.starts_date), "last": day(kickoff.ends_date)}
    title = _("Say whether you come to %(where)s, %(first)s to %(last)s")
    if seat.offered_until:
        title = _("Take your place in %(where)s, %(first)s to %(last)s, or leave it")
    return Waiting(
        person_id=seat.person_id,
        kind="attendance.answer",
        title=title % {"where": where, **days},
        url=reverse("events:attendance:answer", args=[kickoff.slug]),
        button=_("Answer"),
        since=seat.invited_at or seat.added_at,
        due_at=_until(seat),
        until=_until(seat),
        place=place_of(kickoff),
    )
