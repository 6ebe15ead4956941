from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from events.bets.models import BigBet
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from people.accounts.models import Person
from people.waiting.rules import Waiting


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    Bets that the template suggested, for their owner if they plan, else for whoever owns the
    kickoff: to be made the company's own before it begins. One query.
    """
    planners = {person.pk for person in people if person.is_planner}
    if not planners:
        return
    bets = (
        BigBet.objects.filter(suggested=True)
        .exclude(kickoff__status__in=[Kickoff.Status.ENDED, Kickoff.Status.ARCHIVED])
        .select_related("kickoff")
    )
    for bet in bets:
        person_id = bet.owner_id if bet.owner_id in planners else bet.kickoff.owner_id
        if person_id in planners and at < bet.kickoff.doors_open_at:
            yield _item(bet, person_id)


def _item(bet: BigBet, person_id: int) -> Waiting:
    kickoff = bet.kickoff
    return Waiting(
        person_id=person_id,
        kind="bets.adopt",
        title=_("Make big bet %(number)s your own") % {"number": bet.position},
        url=reverse("events:bets:edit", args=[kickoff.slug, bet.pk]),
        button=_("Open"),
        note=bet.title,
        since=kickoff.created_at,
        due_at=kickoff.doors_open_at,
        place=place_of(kickoff),
        is_private=True,
    )
