"""How much of what fell due was kept, by bet, team and week: for planners, and for a manager."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from events.commitments.models import IN_PLANS, ActionPlan, Commitment, Occurrence
from events.commitments.rules import FEWEST_PEOPLE, Part, friday_of, tellable_groups
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.org.models import Region

WEEKS = 13
MOST_TEAMS = 40  # whose rows are read at a glance

Group = tuple[int | None, str | None]


@dataclass(frozen=True, slots=True)
class Cell:
    """A week of a team: `part` is None where nothing fell due, or too few people would show."""

    friday: date
    part: Part | None

    @property
    def step(self) -> int:
        """How dark it is drawn: 0 where nothing is told, then 1 to 5."""
        if self.part is None or self.part.percent is None:
            return 0
        return min(5, 1 + self.part.percent // 20)


@dataclass(frozen=True, slots=True)
class Row:
    """A team or a region: `region_id` where its teams can be looked at alone."""

    team: str
    cells: list[Cell]
    is_told: bool
    region_id: int | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """By bet, in their order, then by team in order of their names: nobody is ranked."""

    fridays: list[date]
    bets: list[tuple[str, list[Row]]]
    adopted: int
    agreed: int
    expected: int
    part: str  # what its rows are: team or region

    @property
    def withheld(self) -> bool:
        """Whether a team is not told for being too small."""
        return any(not row.is_told for _bet, rows in self.bets for row in rows)


class Adopted(NamedTuple):
    """How many people have adopted a plan, and of how many the manager has agreed it."""

    adopted: int
    agreed: int


def adopted_at(kickoff: Kickoff) -> Adopted:
    """How many plans a kickoff has. One query."""
    return _adopted(ActionPlan.objects.filter(kickoff=kickoff))


def _adopted(plans: QuerySet[ActionPlan]) -> Adopted:
    counts = plans.aggregate(adopted=Count("pk"), agreed=Count("agreed_at"))
    return Adopted(**counts)


def kept_by_week(
    kickoff: Kickoff,
    at: datetime,
    manager: Person | None = None,
    region: Region | None = None,
) -> Strip:
    """
    The strip of a kickoff by team, and by region where there are more than forty; of a region's
    teams, or of a manager's own reports, where one is named. Where fewer than five promised
    something for a bet, or had something due in a week, planners are told nothing; a manager sees the plans of their reports
    anyway. Six queries.
    """
    last = friday_of(kickoff.local_date(at)) - timedelta(weeks=1)  # whose answers are in
    plans = ActionPlan.objects.filter(kickoff=kickoff)
    expected = kickoff.attendees.taking_part(at).filter(kind__in=("REP", "MANAGER"))
    promised = Commitment.objects.filter(kickoff=kickoff, source__in=IN_PLANS, bet__isnull=False)
    if manager:
        plans = plans.filter(person__manager=manager)
        expected = expected.filter(person__manager=manager)
        promised = promised.filter(person__manager=manager)
    if region:
        promised = promised.filter(person__region=region)
    teams = plans.order_by().values("person__team").distinct().count()
    part = "team" if manager or region or teams <= MOST_TEAMS else "region"
    group = promised.order_by().values_list("bet", f"person__{part}", f"person__{part}__name")
    people: dict[int, dict[Group, int]] = defaultdict(dict)
    for bet, pk, name, count in group.annotate(people=Count("person", distinct=True)):
        people[bet][pk, name] = count
    found: dict[int, dict[Group, dict[date, Part]]] = defaultdict(lambda: defaultdict(dict))
    fell_due = group.filter(
        occurrences__due_date__lte=last + timedelta(days=2),
        occurrences__due_date__gt=last - timedelta(weeks=WEEKS),
    ).annotate(
        day=F("occurrences__due_date"),
        those=Count("person", distinct=True),
        kept=Count("occurrences", filter=Q(occurrences__state=Occurrence.State.DONE)),
        due=Count("occurrences"),
    )
    for bet, pk, name, day, those, kept, due in fell_due:
        week, so_far = friday_of(day), found[bet][pk, name]
        before = so_far.get(week, Part(0, 0, 0))
        # At least so many: whoever has something due on two days of a week is one person
        so_far[week] = Part(max(before.people, those), before.kept + kept, before.due + due)
    fridays = sorted({week for bet in found.values() for one in bet.values() for week in one})
    counts = _adopted(plans)
    return Strip(
        fridays=fridays,
        bets=[
            (
                bet.title,
                _rows(
                    found[bet.pk],
                    fridays,
                    people[bet.pk] if manager else tellable_groups(people[bet.pk]),
                    1 if manager else FEWEST_PEOPLE,
                    part,
                ),
            )
            for bet in kickoff.bets.order_by("position")
            if bet.pk in found
        ],
        adopted=counts.adopted,
        agreed=counts.agreed,
        expected=expected.count(),
        part=part,
    )


def _rows(
    groups: dict[Group, dict[date, Part]],
    fridays: list[date],
    told: Collection[Group],
    fewest: int,
    part: str,
) -> list[Row]:
    rows = []
    for group in sorted(groups, key=lambda one: (one[1] is None, one[1] or "", one[0] or 0)):
        pk, name = group
        is_told = group in told
        weeks = {
            week: one for week, one in groups[group].items() if is_told and one.people >= fewest
        }
        cells = [Cell(week, weeks.get(week)) for week in fridays]
        label = name or (_("No team") if part == "team" else _("No region"))
        rows.append(Row(label, cells, is_told, pk if part == "region" else None))
    return rows
