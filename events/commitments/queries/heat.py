"""How much of what fell due was kept, by bet, team and week: for planners, and for a manager."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from events.commitments.models import IN_PLANS, ActionPlan, Commitment, Occurrence
from events.commitments.rules import FEWEST_PEOPLE, Part, friday_of
from events.kickoff.models import Kickoff
from people.accounts.models import Person

WEEKS = 13


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
    team: str
    cells: list[Cell]
    is_told: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """By bet, in their order, then by team in order of their names: nobody is ranked."""

    fridays: list[date]
    bets: list[tuple[str, list[Row]]]
    adopted: int
    agreed: int
    expected: int

    @property
    def withheld(self) -> bool:
        """Whether a team is not told for being too small."""
        return any(not row.is_told for _bet, rows in self.bets for row in rows)


def kept_by_week(kickoff: Kickoff, at: datetime, manager: Person | None = None) -> Strip:
    """
    The strip of a kickoff; of a manager's own reports only, where one is named. Of a team in which fewer
    than five promised something for a bet planners see nothing; a manager sees the plans of their reports
    anyway. Four queries.
    """
    last = friday_of(kickoff.local_date(at)) - timedelta(weeks=1)  # whose answers are in
    whose = Q(commitment__person__manager=manager) if manager else Q()
    rows = (
        Occurrence.objects.filter(
            whose,
            commitment__kickoff=kickoff,
            commitment__bet__isnull=False,
            commitment__source__in=IN_PLANS,
            due_date__lte=last + timedelta(days=2),
            due_date__gt=last - timedelta(weeks=WEEKS),
        )
        .order_by()
        .values_list("commitment__bet", "commitment__person__team__name", "due_date")
        .annotate(kept=Count("pk", filter=Q(state=Occurrence.State.DONE)), due=Count("pk"))
    )
    teams = ActionPlan.objects.filter(kickoff=kickoff)
    if manager:
        teams = teams.filter(person__manager=manager)
    promising = (
        Commitment.objects.in_plans()
        .filter(kickoff=kickoff, bet__isnull=False)
        .order_by()
        .values_list("bet", "person__team__name")
        .annotate(people=Count("person", distinct=True))
    )
    people = {(bet, team): count for bet, team, count in promising}
    found: dict[int, dict[str | None, dict[date, Part]]] = defaultdict(lambda: defaultdict(dict))
    for bet, team, day, kept, due in rows:
        week, so_far = friday_of(day), found[bet][team]
        before = so_far.get(week, Part(0, 0, 0))
        so_far[week] = Part(0, before.kept + kept, before.due + due)
    fridays = sorted({week for bet in found.values() for team in bet.values() for week in team})
    is_own = manager is not None
    counts = teams.aggregate(agreed=Count("pk", filter=~Q(agreed_at=None)), adopted=Count("pk"))
    expected = kickoff.attendees.taking_part(at).filter(kind__in=("REP", "MANAGER"))
    if manager:
        expected = expected.filter(person__manager=manager)
    return Strip(
        fridays=fridays,
        bets=[
            (
                bet.title,
                [
                    _row(
                        team,
                        found[bet.pk][team],
                        fridays,
                        is_own or people[bet.pk, team] >= FEWEST_PEOPLE,
                    )
                    for team in sorted(found[bet.pk], key=lambda name: (name is None, name or ""))
                ],
            )
            for bet in kickoff.bets.order_by("position")
            if bet.pk in found
        ],
        adopted=counts["adopted"],
        agreed=counts["agreed"],
        expected=expected.count(),
    )


def _row(team: str | None, weeks: dict[date, Part], fridays: list[date], is_told: bool) -> Row:
    cells = [Cell(week, weeks.get(week) if is_told else None) for week in fridays]
    return Row(team or _("No team"), cells, is_told)
