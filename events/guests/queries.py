from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from events.attendance.models import Attendee
from events.guests.hooks import Part, show_guest
from events.guests.models import Guest
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.waiting.queries import waiting_for_one
from people.waiting.rules import Row, row_of


@dataclass(frozen=True, slots=True)
class Stay:
    """What a guest sees of one kickoff: what waits, and what is theirs there."""

    guest: Guest
    seat: Attendee | None
    waits: Sequence[Row]
    parts: Sequence[Part]


def guests_of(kickoff: Kickoff) -> QuerySet[Guest]:
    """The guests of a kickoff, those sent home too; `has_seat`: they stand on its roster. One query."""
    seats = Attendee.objects.filter(kickoff=kickoff, person=OuterRef("person"))
    found = Guest.objects.filter(kickoff=kickoff).annotate(has_seat=Exists(seats))
    return found.select_related("person", "kickoff", "invited_by")


def stays_of(person: Person, at: datetime) -> list[Stay]:
    """
    What a guest sees, a kickoff each, the next first. Their kickoffs are one or two.
    """
    guests = list(
        Guest.objects.staying()
        .filter(person=person)
        .select_related("person", "kickoff", "invited_by")
        .order_by("kickoff__starts_date", "pk")
    )
    if not guests:
        return []
    seats = {
        seat.kickoff_id: seat
        for seat in Attendee.objects.filter(person=person).select_related("person", "kickoff")
    }
    zone = ZoneInfo(person.time_zone)
    waits = waiting_for_one(person, at)
    return [
        Stay(
            guest=guest,
            seat=seats.get(guest.kickoff_id),
            waits=[
                row_of(item, at, zone) for item in waits if item.place_key == guest.kickoff.slug
            ],
            parts=[part for part in show_guest(guest, at) if part is not None],
        )
        for guest in guests
    ]


def guests_among(kickoff: Kickoff, people: Iterable[int]) -> set[int]:
    """Those of some people, by their ids, who are guests of a kickoff. One query."""
    found = Guest.objects.filter(kickoff=kickoff, person__in=list(people), ended_at=None)
    return set(found.values_list("person_id", flat=True))


def token_of(guest: Guest) -> str:
    """The signed part of the link that lets a guest in. A newer one makes it worthless."""
    token: str = _signer().sign_object([guest.pk, guest.invited_at.isoformat()])
    return token


def link_of(guest: Guest) -> str:
    """That link, whole."""
    return f"{settings.SITE_URL}{reverse('events:guest_by_link', args=[token_of(guest)])}"


def guest_of(token: str) -> Guest | None:
    """
    Whose link it is, whether or not it still lets them in; None where a newer one has its place.

    :raises BadSignature: it was not signed here
    """
    pk, invited_at = _signer().unsign_object(token)
    found = Guest.objects.select_related("person", "kickoff", "invited_by").filter(pk=pk).first()
    return found if found and found.invited_at.isoformat() == invited_at else None


def own_data(person: Person) -> Iterable[tuple[str, Sequence[Mapping[str, object]]]]:
    """Where somebody is a guest, for the file that they may take with them."""
    found = Guest.objects.filter(person=person).order_by("pk")
    columns = ("kickoff__name", "kind", "company", "purpose", "invited_at", "came_at", "ended_at")
    yield "guest_at", list(found.values(*columns))


def _signer() -> signing.Signer:
    return signing.Signer(salt="events.guests.link")
