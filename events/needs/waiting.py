from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import FilteredRelation, Q
from django.urls import reverse
from django.utils.translation import ngettext

from core.due.rules import end_of
from core.guards.watching import Watch
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from events.needs.models import NeedForm
from people.accounts.models import Person
from people.waiting.rules import Waiting

WATCHED = (
    Watch("events_attendee", "{row}.person_id"),
    Watch("events_kickoff", "SELECT person_id FROM events_attendee WHERE kickoff_id = {row}.id"),
    Watch(
        "events_needform",
        "SELECT person_id FROM events_attendee WHERE kickoff_id = {row}.kickoff_id",
    ),
    Watch(
        "events_needanswer", "SELECT person_id FROM events_attendee WHERE id = {row}.attendee_id"
    ),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """Forms of needs that those who come have not answered, one item a kickoff. Two queries."""
    seats = list(
        Attendee.objects.filter(
            person__in=people,
            rsvp=Attendee.Rsvp.YES,
            kickoff__in=Kickoff.objects.shown_to_people().under_way(),
        ).select_related("kickoff")
    )
    forms: dict[int, dict[int, date]] = {}
    said: set[tuple[int | None, int]] = set()
    asked: Any = NeedForm.objects.filter(
        kickoff__in={seat.kickoff_id for seat in seats},
        deleted_at=None,
        until_date__gte=at.date() - timedelta(days=1),  # a day that ends later somewhere
    ).annotate(own=FilteredRelation("answers", condition=Q(answers__attendee__in=seats)))
    for pk, kickoff_id, until, attendee_id in asked.values_list(
        "pk", "kickoff", "until_date", "own__attendee"
    ):
        forms.setdefault(kickoff_id, {})[pk] = until
        said.add((attendee_id, pk))
    for seat in seats:
        kickoff = seat.kickoff
        days = [
            until
            for pk, until in forms.get(kickoff.pk, {}).items()
            if (seat.pk, pk) not in said and at < _end(kickoff, until)
        ]
        if days and at < kickoff.doors_open_at:
            yield _item(seat, len(days), _end(kickoff, min(days)))


def _end(kickoff: Kickoff, until: date) -> datetime:
    return min(end_of(until, kickoff.zone), kickoff.doors_open_at)


def _item(seat: Attendee, count: int, due: datetime) -> Waiting:
    title = ngettext(
        "Say what you need: %(count)d form", "Say what you need: %(count)d forms", count
    )
    return Waiting(
        person_id=seat.person_id,
        kind="needs.say",
        title=title % {"count": count},
        url=reverse("events:needs:mine", args=[seat.kickoff.slug]),
        since=seat.answered_at or seat.added_at,
        due_at=due,
        until=due,
        place=place_of(seat.kickoff),
        is_private=True,
    )
