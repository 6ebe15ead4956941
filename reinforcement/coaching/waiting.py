from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from core.guards.watching import Watch
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from people.accounts.models import Person
from people.waiting.rules import Act, Waiting
from reinforcement.coaching.models import CoachingNote

WATCHED = (
    Watch("reinforcement_coachingnote", "{row}.rep_id"),
    Watch(
        "events_kickoff",
        "SELECT rep_id FROM reinforcement_coachingnote WHERE kickoff_id = {row}.id",
    ),
    Watch("people_person", "{row}.id", ("time_zone",)),
    Watch(
        "people_person",
        "SELECT rep_id FROM reinforcement_coachingnote WHERE manager_id = {row}.id",
        ("full_name", "preferred_name"),
    ),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    Next steps that were agreed in a 1:1, for their rep, until somebody ticks them: also when the 90
    days are over. One query.
    """
    notes = (
        CoachingNote.objects.with_open_step()
        .filter(rep__in=people, kickoff__in=Kickoff.objects.shown_to_people().under_way())
        .select_related("kickoff", "manager", "rep")
        .defer("private_note", "went_well")
    )
    return (_item(note) for note in notes)


def _item(note: CoachingNote) -> Waiting:
    slug = note.kickoff.slug
    return Waiting(
        person_id=note.rep_id,
        kind="coaching.next_step",
        title=note.next_step,
        url=f"{reverse('reinforcement:coaching:mine', args=[slug])}#note-{note.pk}",
        note=_("agreed with %(name)s") % {"name": note.manager.display_name},
        since=note.recorded_at,
        due_at=_end_of(note),
        place=place_of(note.kickoff),
        act=Act(_("Done"), reverse("reinforcement:coaching:tick", args=[slug, note.pk])),
    )


def _end_of(note: CoachingNote) -> datetime | None:
    """The midnight after the day that was agreed, where the rep is."""
    if note.next_step_by is None:
        return None
    zone = ZoneInfo(note.rep.time_zone)
    day = note.next_step_by + timedelta(days=1)
    return datetime.combine(day, time(0), tzinfo=zone).astimezone(UTC)
