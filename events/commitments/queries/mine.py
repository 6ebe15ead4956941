"""What one person promised at a kickoff, and what their team took on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from events.attendance.models import Attendee
from events.bets.models import BigBet, SuggestedAction
from events.commitments import rules
from events.commitments.models import IN_PLANS, ActionPlan, Commitment, Occurrence
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.org.queries import reports_of

WEEKS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise with each time that it fell or falls due, oldest first."""

    commitment: Commitment
    times: list[Occurrence]
    today: date

    @property
    def now(self) -> Occurrence | None:
        """What is open and asked for: the oldest that is due by the end of this week."""
        sunday = rules.friday_of(self.today) + timedelta(days=2)
        open_ = [one for one in self.times if one.is_open]
        if not self.commitment.recurs:
            return open_[0] if open_ else None
        return next((one for one in open_ if one.due_date and one.due_date <= sunday), None)

    @property
    def ahead(self) -> Occurrence | None:
        """The next one that is open, whenever it falls due."""
        return next((one for one in self.times if one.is_open), None)

    @property
    def past(self) -> list[Occurrence]:
        """The last few times that it fell due."""
        over = [one for one in self.times if one.due_date and one.due_date < self.today]
        answered = [one for one in self.times if not one.is_open and one not in over]
        return [*over, *answered][-WEEKS_SHOWN:]

    @property
    def kept(self) -> int:
        return sum(one.state == Occurrence.State.DONE for one in self.past)

    @property
    def why_dropped(self) -> str:
        """The reason, where it was dropped."""
        return next((one.reason for one in self.times if one.reason), "")


@dataclass(frozen=True, slots=True)
class PlanView:
    """A person's plan: None of it where they have adopted none yet."""

    plan: ActionPlan | None
    promises: list[Promised]  # of the plan that stand
    others: list[Promised]  # from 1:1s, clinics, notes: that stand
    dropped: list[Promised]

    @property
    def on_time(self) -> tuple[int, int]:
        """How many of the promises of the plan were kept the last time, and how many there are."""
        asked = [one for one in self.promises if one.past]
        kept = sum(one.past[-1].state == Occurrence.State.DONE for one in asked)
        return kept, len(asked)


def plan_of(
    person: Person, kickoff: Kickoff, at: datetime, *, for_manager: bool = False
) -> PlanView:
    """A person's plan and their other promises; without private ones for their manager. 3 queries."""
    plan = ActionPlan.objects.filter(kickoff=kickoff, person=person).first()
    if plan is not None:
        plan.person = person
    all_ = promises_of(person, kickoff, at)
    seen = [one for one in all_ if not (for_manager and one.commitment.is_private)]
    live = [one for one in seen if not one.commitment.is_dropped]
    return PlanView(
        plan=plan,
        promises=[one for one in live if one.commitment.source in IN_PLANS],
        others=[
            one for one in live if one.commitment.source not in IN_PLANS and (one.now or one.ahead)
        ],
        dropped=[one for one in seen if one.commitment.is_dropped],
    )


def promises_of(person: Person, kickoff: Kickoff, at: datetime) -> list[Promised]:
    """Everything that a person promised at a kickoff, by bet. Two queries."""
    rows = (
        Commitment.objects.filter(kickoff=kickoff, person=person)
        .select_related("bet", "promised_to")
        .prefetch_related("occurrences__carried_to")
        .order_by("bet__position", "made_at", "pk")
    )
    today = person.local_date(at)
    found = []
    for row in rows:
        row.person = person
        found.append(Promised(row, list(row.occurrences.all()), today))
    return found


def plan_words(person: Person, kickoff: Kickoff) -> list[Commitment]:
    """What stands in a person's plan, by bet. One query."""
    rows = Commitment.objects.live().in_plans().filter(kickoff=kickoff, person=person)
    return list(rows.order_by("bet__position", "pk"))


def is_time_to_adopt(kickoff: Kickoff, at: datetime) -> bool:
    """Whether its last day has come, from which on people choose."""
    return kickoff.local_date(at) >= kickoff.ends_date


def kind_at(person: Person, kickoff: Kickoff) -> str | None:
    """As what somebody takes part; None for who is not on the roster. One query."""
    rows = Attendee.objects.filter(kickoff=kickoff, person=person)
    return rows.values_list("kind", flat=True).first()


def suggested_to(kind: str | None, kickoff: Kickoff) -> list[tuple[BigBet, list[SuggestedAction]]]:
    """What each bet suggests: to everybody, and to those who take part as `kind`. Two queries."""
    bets = kickoff.bets.select_related("owner").prefetch_related("actions").order_by("position")
    return [(bet, [one for one in bet.actions.all() if one.role in ("", kind)]) for bet in bets]


@dataclass(frozen=True, slots=True)
class Taken:
    """A suggested action, and who of a team made it their own: names, and nothing of how it goes."""

    suggestion: SuggestedAction
    names: list[str]


def taken_in_team(person: Person, kickoff: Kickoff) -> list[Taken]:
    """Who else under the same manager took which suggested action. One query."""
    if person.manager_id is None:
        return []
    rows: QuerySet[Commitment] = (
        Commitment.objects.live()
        .filter(kickoff=kickoff, suggestion__isnull=False, person__manager=person.manager_id)
        .exclude(person=person)
        .select_related("suggestion", "person")
        .order_by("suggestion__bet__position", "suggestion", "person__full_name")
    )
    found: dict[int, Taken] = {}
    for row in rows:
        if row.suggestion is not None:
            taken = found.setdefault(row.suggestion.pk, Taken(row.suggestion, []))
            taken.names.append(row.person.display_name)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Week:
    """What fell due in a week, named by its Monday: what was done first."""

    monday: date
    times: list[Occurrence]

    @property
    def done(self) -> int:
        return sum(one.state == Occurrence.State.DONE for one in self.times)


def weeks_of(promises: Sequence[Promised]) -> list[Week]:
    """The last weeks in which something fell due, newest last."""
    weeks: dict[date, list[Occurrence]] = {}
    for one in promises:
        for time in one.times:
            if time.due_date and rules.friday_of(time.due_date) <= rules.friday_of(one.today):
                monday = rules.friday_of(time.due_date) - timedelta(days=4)
                weeks.setdefault(monday, []).append(time)
    order = ["DONE", "CARRIED", "DROPPED", "OPEN"]
    return [
        Week(monday, sorted(weeks[monday], key=lambda one: order.index(one.state)))
        for monday in sorted(weeks)[-WEEKS_SHOWN:]
    ]


@dataclass(frozen=True, slots=True)
class OfReport:
    """Whether a report has adopted a plan, and whether it is agreed."""

    person: Person
    plan: ActionPlan | None


def plans_of_team(manager: Person, kickoff: Kickoff, at: datetime) -> list[OfReport]:
    """Each report on the roster with their plan, those to agree first, then by name. Two queries."""
    reports = reports_of(manager, at).filter(attendances__kickoff=kickoff)
    plans = {
        plan.person_id: plan
        for plan in ActionPlan.objects.filter(kickoff=kickoff, person__manager=manager)
    }
    found = [OfReport(one, plans.get(one.pk)) for one in reports.order_by("full_name", "pk")]
    return sorted(found, key=lambda one: one.plan is None or one.plan.agreed_at is not None)
