from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from agenda.door.models import Doorkeeper
from core.guards.watching import Watch
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from people.accounts.models import Person
from people.waiting.rules import Waiting

AHEAD = timedelta(hours=20)  # before the doors open: the evening before, to try the phone

WATCHED = (
    Watch("agenda_doorkeeper", "{row}.person_id"),
    Watch("events_kickoff", "SELECT person_id FROM agenda_doorkeeper WHERE kickoff_id = {row}.id"),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """The door, for whom a planner gave it, from the evening before until the end. One query."""
    keepers = Doorkeeper.objects.filter(
        person__in=people, kickoff__in=Kickoff.objects.filter(status=Kickoff.Status.OPEN)
    ).select_related("kickoff")
    for keeper in keepers:
        kickoff = keeper.kickoff
        yield Waiting(
            person_id=keeper.person_id,
            kind="door.keep",
            title=_("You have the door: let people in"),
            url=reverse("agenda:door:page", args=[kickoff.slug]),
            button=_("Open the door"),
            note=_("Open it once with a network: from then on it works without one."),
            since=keeper.named_at,
            begins_at=max(keeper.named_at, kickoff.doors_open_at - AHEAD),
            until=kickoff.closes_at,
            place=place_of(kickoff),
        )
