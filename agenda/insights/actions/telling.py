"""Tell the room: everybody who was there, whether or not they have sent anything."""

from __future__ import annotations

from datetime import datetime

from agenda.insights.actions import notices
from agenda.insights.models import Insight, State, Telling
from agenda.insights.queries.rooms import room_of
from people.accounts.models import Person
from people.notices.actions import tell

_CHUNK = 500


def tell_room(head: Insight, occasion: str, at: datetime) -> int:
    """
    Tell everybody of the rooms of an insight its answer, or what was done; return how many are new.
    Nobody is told twice of the same.
    """
    room = room_of(head, at)
    known = Telling.objects.filter(insight=head, occasion=occasion)
    fresh = room.people - set(known.values_list("person", flat=True))
    Telling.objects.bulk_create(
        [
            Telling(insight=head, person_id=person_id, occasion=occasion, told_at=at)
            for person_id in sorted(fresh)
        ],
        ignore_conflicts=True,
        batch_size=_CHUNK,
    )
    people = Person.objects.filter(pk__in=fresh)
    tell(drafts=[notices.told(head, occasion, person) for person in people], at=at)
    return len(fresh)


def catch_up(head: Insight, at: datetime) -> None:
    """Tell a room that came later what the others were told."""
    if head.is_settled:
        tell_room(head, Telling.Occasion.ANSWER, at)
    if head.state == State.ACTED:
        tell_room(head, Telling.Occasion.ACTED, at)


def record_reading(*, insight: Insight, by: Person, at: datetime) -> None:
    """That somebody who was told has read it; the first time counts."""
    Telling.objects.filter(insight=insight, person=by, seen_at=None).update(seen_at=at)
