from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from agenda.notes.models import Note
from core.guards.watching import Watch
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from people.accounts.models import Person
from people.waiting.rules import Waiting

WEEK = timedelta(days=7)

WATCHED = (
    Watch("agenda_note", "{row}.person_id"),
    Watch("events_kickoff", "SELECT person_id FROM agenda_note WHERE kickoff_id = {row}.id"),
    Watch("people_person", "{row}.id", ("time_zone",)),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    Notes of a kickoff of which nothing is promised yet, for their writer, in the week from the
    first Monday after it. Two queries.
    """
    by_id = {person.pk: person for person in people}
    recent = Kickoff.objects.shown_to_people().under_way()
    recent = recent.filter(
        ends_date__lte=at.date() + timedelta(days=1), ends_date__gte=at.date() - 3 * WEEK
    )
    rows = (
        Note.objects.filter(person__in=by_id, commitment=None, kickoff__in=recent)
        .order_by()
        .values_list("person", "kickoff")
        .annotate(notes=Count("pk"))
    )
    counts = list(rows)
    kickoffs = Kickoff.objects.in_bulk({kickoff for _person, kickoff, _notes in counts})
    for person_id, kickoff_id, notes in counts:
        yield _item(by_id[person_id], kickoffs[kickoff_id], notes)


def _item(person: Person, kickoff: Kickoff, notes: int) -> Waiting:
    monday = kickoff.ends_date + timedelta(days=7 - kickoff.ends_date.weekday())
    begins_at = datetime.combine(monday, time(0), tzinfo=ZoneInfo(person.time_zone))
    begins_at = begins_at.astimezone(UTC)
    title = ngettext(
        "Your note: choose what to do next",
        "Your %(count)d notes: choose what to do next",
        notes,
    )
    return Waiting(
        person_id=person.pk,
        kind="notes.next_steps",
        title=title % {"count": notes},
        url=reverse("agenda:notes:mine", args=[kickoff.slug]),
        since=begins_at,
        begins_at=begins_at,
        until=begins_at + WEEK,
        place=place_of(kickoff),
        is_private=True,
    )
