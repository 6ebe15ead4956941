"""The whole cascade of one kickoff at once: tree, amounts, past revenue. Only RevOps sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.db.models import Count, Sum
from django.views.decorators.debug import sensitive_variables

from events.attendance.models import Attendee
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff
from events.packets.quotas.models import PlanRate, QuotaNode, QuotaPlan
from events.packets.quotas.rules import cascade as rules
from events.packets.quotas.rules.figures import Figures
from events.packets.quotas.rules.flags import Flag, flag_over, flag_rep
from events.packets.quotas.rules.making import kept_share
from events.packets.quotas.rules.tree import Tree, build_tree
from people.accounts.models import Person

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the company, as far as a cascade asks."""

    person_id: int
    full_name: str
    email: str
    employee_id: str
    job_title: str
    region: str
    manager_id: int | None
    hire_date: date | None
    leave_date: date | None
    is_active: bool

    def is_gone_by(self, starts: date) -> bool:
        """Whether they will not be there in a plan year. It asks of that day, not of today."""
        return not self.is_active or bool(self.leave_date and self.leave_date < starts)

    def __str__(self) -> str:
        return self.full_name


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One person of the tree as the page shows them; amounts in the plan's currency."""

    member: Member
    node: QuotaNode | None
    figures: Figures
    depth: int
    is_manager: bool
    reps: int
    won: Decimal
    share: Decimal | None  # of what the manager above hands out
    assigned: Decimal | None  # what those right under a manager add up to
    over: Decimal | None
    flag: Flag

    @property
    def amount(self) -> Decimal | None:
        return self.figures.amount

    @property
    def version(self) -> int:
        return self.node.version if self.node else 0

    @property
    def is_pinned(self) -> bool:
        return bool(self.node and self.node.is_pinned)


@dataclass(frozen=True, repr=False)
class Board:
    """
    A plan with everybody in it.

    `won` is past revenue in the plan's currency by person; `unpriced` are currencies of deals
    that the plan has no rate for, so that they count for nothing. `off_roster` are managers in the
    tree who are not on the roster, `left_out` reps who are gone before the plan year starts,
    `outside` people with an amount who are no longer in the tree.
    """

    plan: QuotaPlan
    target: Decimal
    tree: Tree
    members: Mapping[int, Member]
    nodes: Mapping[int, QuotaNode]
    figures: Mapping[int, Figures]
    won: Mapping[int, Decimal]
    unpriced: tuple[str, ...]
    off_roster: tuple[int, ...]
    left_out: tuple[int, ...]

    @cached_property
    def amounts(self) -> dict[int, Decimal]:
        """The amount of everybody in the tree who has one."""
        return {
            person_id: amount
            for person_id, figures in self.figures.items()
            if person_id in self.tree and (amount := figures.amount) is not None
        }

    @cached_property
    def assigned(self) -> dict[int | None, Decimal]:
        return rules.rolled_up(self.tree, self.amounts)

    @cached_property
    def reps(self) -> list[int]:
        return list(self.tree.reps())

    @cached_property
    def outside(self) -> list[int]:
        return [
            person_id
            for person_id, figures in self.figures.items()
            if person_id not in self.tree and figures.amount is not None
        ]

    @cached_property
    def compounding(self) -> rules.Compounding:
        return rules.compounding(self.target, self.tree, self.amounts)

    @cached_property
    def sum_of_reps(self) -> Decimal:
        return sum((self.amounts.get(rep, NOTHING) for rep in self.reps), NOTHING)

    @cached_property
    def in_effect(self) -> Decimal:
        """The sum of the reps after days there and ramp, rounded to whole units for the page."""
        year, ramp = self.plan.year, self.plan.ramp_profile
        found = NOTHING
        for rep in self.reps:
            node, member = self.nodes.get(rep), self.members[rep]
            kept = kept_share(
                year,
                hired=member.hire_date,
                leaves=member.leave_date,
                ramp=ramp if node is None or node.is_ramped else None,
            )
            amount = self.amounts.get(rep, NOTHING)
            found += amount * kept.numerator / kept.denominator if kept != 1 else amount
        return found.quantize(Decimal(1), ROUND_HALF_UP)

    @cached_property
    def floored(self) -> tuple[dict[int, Decimal], rules.Floor]:
        return rules.floored(self.won, self.reps, self.plan.floor)

    @cached_property
    def won_by_reps(self) -> Decimal:
        return sum((self.won.get(rep, NOTHING) for rep in self.reps), NOTHING)

    @cached_property
    def won_in_all(self) -> Decimal:
        return sum(self.won.values(), NOTHING)

    def weights(self) -> dict[int, Decimal]:
        """By what the people of one manager share, as the plan says."""
        basis, everybody = self.plan.basis, list(self.tree.walk())
        if basis == QuotaPlan.Basis.HAND:
            return {one: self.figures.get(one, Figures()).weight for one in everybody}
        if basis == QuotaPlan.Basis.EQUAL:
            return dict.fromkeys(everybody, Decimal(1))
        heads = dict.fromkeys(self.reps, Decimal(1))
        if basis == QuotaPlan.Basis.WON:
            won, _floor = self.floored
            # Where nobody has won anything there is nothing to share by
            heads = won if any(won.values()) else heads
        return rules.summed_weights(self.tree, heads)

    def fresh(self) -> dict[int, Decimal]:
        """What a cascade would give everybody now."""
        pinned = {
            one: amount
            for one, amount in self.amounts.items()
            if one in self.nodes and self.nodes[one].is_pinned
        }
        return rules.cascade(
            self.target,
            self.tree,
            over=self.plan.over,
            weights=self.weights(),
            pinned=pinned,
            step=self.plan.step,
        )

    def row(self, person_id: int) -> Row:
        """One person of the tree."""
        figures = self.figures.get(person_id, Figures())
        amount, is_manager = figures.amount, self.tree.leads(person_id)
        assigned = self.assigned.get(person_id) if is_manager else None
        over = rules.over(amount or NOTHING, assigned) if assigned is not None else None
        handed_out = self.assigned.get(self.tree.parent[person_id])
        return Row(
            member=self.members[person_id],
            node=self.nodes.get(person_id),
            figures=figures,
            depth=self.tree.depth[person_id],
            is_manager=is_manager,
            reps=self.sizes[person_id],
            won=self.won_below[person_id],
            share=amount / handed_out if amount is not None and handed_out else None,
            assigned=assigned,
            over=over,
            flag=flag_over(over, has_reason=bool(figures.reason))
            if is_manager
            else flag_rep(amount),
        )

    @cached_property
    def sizes(self) -> dict[int, int]:
        """How many reps are below each manager; 1 for a rep."""
        heads = rules.summed_weights(self.tree, dict.fromkeys(self.reps, Decimal(1)))
        return {person_id: int(count) for person_id, count in heads.items()}

    @cached_property
    def won_below(self) -> dict[int, Decimal]:
        """Past revenue of each rep, and of all reps below each manager."""
        return rules.summed_weights(self.tree, self.won)


def plan_of(kickoff: Kickoff) -> QuotaPlan | None:
    """The quota plan of a kickoff, if there is one. One query."""
    plan = QuotaPlan.objects.filter(kickoff=kickoff).first()
    if plan is not None:
        plan.kickoff = kickoff
    return plan


@sensitive_variables()
def board_of(plan: QuotaPlan) -> Board:
    """
    A plan with everybody in it: five queries, whatever the size.

    :raises Unreadable: no key opens a figure
    """
    members = {
        row[0]: Member(*row)
        for row in Person.objects.order_by("full_name", "pk").values_list(
            "pk",
            "full_name",
            "email",
            "employee_id",
            "job_title",
            "region__name",
            "manager_id",
            "hire_date",
            "leave_date",
            "is_active",
        )
    }
    roster = dict(
        Attendee.objects.filter(kickoff=plan.kickoff_id).order_by().values_list("person_id", "kind")
    )
    on_roster = [one for one in members if roster.get(one) == Attendee.Kind.REP]
    left_out = {one for one in on_roster if members[one].is_gone_by(plan.starts_date)}
    tree = build_tree(
        [one for one in on_roster if one not in left_out],
        {one: member.manager_id for one, member in members.items()},
    )
    nodes = {node.person_id: node for node in plan.nodes.select_related("rate__quoted")}
    won, unpriced = _won(plan)
    return Board(
        plan=plan,
        target=plan.read_target(),
        tree=tree,
        members=members,
        nodes=nodes,
        figures={person_id: node.read() for person_id, node in nodes.items()},
        won=won,
        unpriced=unpriced,
        off_roster=tuple(one for one in tree.walk() if one not in roster),
        left_out=tuple(one for one in on_roster if one in left_out),
    )


def rates_of(plan: QuotaPlan) -> dict[str, PlanRate]:
    """The plan's exchange rates by currency. One query."""
    return {rate.currency: rate for rate in plan.rates.all()}


def won_totals() -> list[tuple[int, str, Decimal, int]]:
    """Revenue won by calendar year and currency with its deals, the latest first. One query."""
    sums = (
        Opportunity.objects.won()
        .filter(close_date__isnull=False)
        .order_by("-close_date__year", "currency")
        .values_list("close_date__year", "currency")
        .annotate(Sum("value"), Count("pk"))
    )
    return [(year, currency, value or NOTHING, count) for year, currency, value, count in sums[:6]]


def levels_of(kickoff: Kickoff) -> Tree:
    """The tree of a kickoff without figures, for the form of a plan. Two queries."""
    reps = Attendee.objects.filter(kickoff=kickoff).carrying_quota()
    managers = Person.objects.order_by("full_name", "pk").values_list("pk", "manager_id")
    return build_tree(reps.order_by().values_list("person_id", flat=True), dict(managers))


def first_line(tree: Tree) -> list[int]:
    """Managers whose people are all reps."""
    return [
        one
        for one in tree.walk()
        if tree.leads(one) and not any(tree.leads(each) for each in tree.children[one])
    ]


def _won(plan: QuotaPlan) -> tuple[dict[int, Decimal], tuple[str, ...]]:
    """Past revenue by person in the plan's currency, and the currencies without a rate."""
    rates = {rate.currency: rate.rate for rate in plan.rates.all()}
    sums = (
        Opportunity.objects.won()
        .filter(close_date__range=(plan.won_from_date, plan.won_to_date))
        .order_by()
        .values_list("owner_id", "currency")
        .annotate(Sum("value"))
    )
    won: dict[int, Decimal] = {}
    unpriced = set()
    for owner_id, currency, value in sums:
        amount = value or NOTHING
        if currency != plan.currency:
            if currency not in rates:
                unpriced.add(currency)
                continue
            amount = (amount / rates[currency]).quantize(Decimal(1), ROUND_HALF_UP)
        won[owner_id] = won.get(owner_id, NOTHING) + amount
    return won, tuple(sorted(unpriced))
