"""What everybody's promises add up to, told only of groups in which nobody stands out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from core.minute import for_a_minute
from events.bets.models import BigBet
from events.bets.queries import Standing, standings
from events.commitments.models import Occurrence
from events.commitments.rules import Part, added, friday_of, tellable
from events.kickoff.models import Kickoff
from people.accounts.models import Person

# Of a bet, by team and region
Kept = dict[int, dict[tuple[int | None, int | None], Part]]


@dataclass(frozen=True, slots=True)
class AddsUp:
    """A bet on its way: its readings, and what was kept by team, region and company."""

    bet: BigBet
    standings: list[Standing]
    kept: list[tuple[str, Part]]


@for_a_minute
def kept_by_part(kickoff: Kickoff, until: date) -> Kept:
    """What was kept of what fell due for each bet, by team and region: the same for all. One query."""
    rows = (
        Occurrence.objects.filter(
            commitment__kickoff=kickoff, commitment__bet__isnull=False, due_date__lte=until
        )
        .order_by()
        .values_list("commitment__bet", "commitment__person__team", "commitment__person__region")
        .annotate(
            people=Count("commitment__person", distinct=True),
            kept=Count("pk", filter=Q(state=Occurrence.State.DONE)),
            due=Count("pk"),
        )
    )
    found: Kept = defaultdict(dict)
    for bet, team, region, people, kept, due in rows:
        found[bet][team, region] = Part(people, kept, due)
    return dict(found)


def adds_up(person: Person, kickoff: Kickoff, bets: Sequence[BigBet], at: datetime) -> list[AddsUp]:
    """Each bet, and what a person may know of how their team, region and company do. 2 queries."""
    kept = kept_by_part(kickoff, friday_of(kickoff.local_date(at)) - timedelta(days=5))
    stands = standings(bets, person)
    return [AddsUp(bet, stands[bet.pk], _told(person, kept.get(bet.pk, {}))) for bet in bets]


def _told(
    person: Person, parts: dict[tuple[int | None, int | None], Part]
) -> list[tuple[str, Part]]:
    mine: list[tuple[str, bool, Callable[[int | None, int | None], bool]]] = [
        (_("Your team"), person.team_id is not None, lambda team, _region: team == person.team_id),
        (
            _("Your region"),
            person.region_id is not None,
            lambda _team, region: region == person.region_id,
        ),
        (_("The company"), True, lambda _team, _region: True),
    ]
    sums = [
        (label, added(part for key, part in parts.items() if belongs(*key)))
        for label, has_one, belongs in mine
        if has_one
    ]
    may = tellable([part for _label, part in sums])
    return [one for one, told in zip(sums, may, strict=True) if told and one[1].due]
