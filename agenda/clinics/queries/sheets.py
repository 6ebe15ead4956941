"""What clinics made of deals, and what became of these since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from agenda.clinics import rules
from agenda.clinics.models import Step, Turn, TurnQuerySet
from core.ui import figures
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff
from events.strategies.rules import LETTERS, Letter
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Sheet:
    """One deal after its clinic: the verdict, and beside it what the CRM said then and says today."""

    turn: Turn
    steps: list[Step]

    @property
    def name(self) -> str:
        return self.turn.name or _("a deal without a win strategy")

    @property
    def verdict(self) -> str:
        return str(rules.Verdict(self.turn.verdict).label) if self.turn.verdict else ""

    @property
    def then(self) -> str:
        """Stage and value when the group was done with it."""
        deal, turn = self.turn.deal, self.turn
        if deal is None or not turn.stage_then:
            return ""
        stage = str(Opportunity.Stage(turn.stage_then).label)
        worth = figures.money(turn.value_then, deal.currency) if turn.value_then is not None else ""
        return ", ".join(part for part in (stage, worth) if part)

    @property
    def now(self) -> str:
        """Stage and value today, and when it was won or lost."""
        deal = self.turn.deal
        if deal is None:
            return ""
        stage = str(deal.get_stage_display())
        if not deal.is_open and deal.close_date:
            stage = _("%(stage)s on %(day)s") % {
                "stage": stage,
                "day": figures.day(deal.close_date, "year"),
            }
        worth = figures.money(deal.value, deal.currency) if deal.value is not None else ""
        return ", ".join(part for part in (stage, worth) if part)

    @property
    def shape(self) -> str:
        """The mark of how it stands: won, lost, or still open."""
        deal = self.turn.deal
        if deal is None or deal.is_open:
            return "wait"
        return "done" if deal.stage == Opportunity.Stage.WON else "late"

    @property
    def medians(self) -> list[tuple[Letter, float | None]]:
        """What the group gave each letter, as it was shown."""
        return [(letter, self.turn.medians.get(letter.key)) for letter in LETTERS]

    @property
    def times(self) -> list[tuple[str, str]]:
        """How long each part took, as minutes and seconds."""
        used = self.turn.used
        return [
            (str(part.name), f"{seconds // 60}:{seconds % 60:02d}")
            for part, seconds in zip(rules.PARTS, used, strict=False)
        ]


def sheet_of(turn: Turn) -> Sheet:
    """A deal after its clinic. Two queries."""
    steps = turn.steps.select_related("owner", "commitment")
    return Sheet(turn, list(steps.prefetch_related("commitment__occurrences")))


def sheets_about(
    kickoff: Kickoff, person_ids: Collection[int], *, with_steps: bool = True
) -> list[Sheet]:
    """
    What clinics of a kickoff made of the deals of some people. One query, and as many again with
    the actions as there are tables to them.
    """
    turns = Turn.objects.held().with_deals().filter(person__in=person_ids)
    turns = turns.filter(group__round__grouping__kickoff=kickoff)
    if with_steps:
        turns = turns.prefetch_related("steps__owner", "steps__commitment__occurrences")
    return [Sheet(turn, list(turn.steps.all()) if with_steps else []) for turn in turns]


def own_steps(person: Person, kickoff: Kickoff) -> list[Step]:
    """What somebody promised in clinics of a kickoff, the next first. Two queries."""
    steps = Step.objects.filter(owner=person, turn__group__round__grouping__kickoff=kickoff)
    found = steps.select_related("turn__person", "commitment")
    return list(found.prefetch_related("commitment__occurrences"))


@dataclass(frozen=True, slots=True)
class Total:
    """How many deals got a verdict, and what became of them."""

    verdict: str
    deals: int
    won: int
    lost: int

    @property
    def open(self) -> int:
        return self.deals - self.won - self.lost


def totals(turns: TurnQuerySet) -> list[Total]:
    """By verdict, what became of the deals. One query."""
    rows = (
        turns.exclude(verdict="")
        .order_by()
        .values("verdict")
        .annotate(
            deals=Count("pk"),
            won=Count("pk", filter=Q(deal__stage=Opportunity.Stage.WON)),
            lost=Count("pk", filter=Q(deal__stage=Opportunity.Stage.LOST)),
        )
    )
    found = {row["verdict"]: row for row in rows}
    return [
        Total(str(one.label), found[one]["deals"], found[one]["won"], found[one]["lost"])
        for one in rules.Verdict
        if one in found
    ]


def day_after(kickoff: Kickoff, at: datetime) -> int:
    """How many days after its end it is; less than 0 before."""
    return (kickoff.local_date(at) - kickoff.ends_date).days
