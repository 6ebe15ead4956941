"""The quota plan of the kickoff ahead: from the company target down to each rep."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from events.kickoff.models import Kickoff
from events.packets.quotas import actions
from events.packets.quotas.models import PlanRate, QuotaNode, QuotaPlan
from events.packets.quotas.queries import Board, board_of
from events.packets.quotas.rules.figures import Figures
from events.packets.quotas.rules.quota import year_from
from people.accounts.models import Person
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.packets import CURRENCIES, SEASON, currency_of, plan_start
from sko_planner.demo.people import Company

_A_REP = 750_000  # of company target, before over-assignment
_STEP = Decimal(10_000)
_WEIGHTS = {"Enterprise": (120, 155), "Mid-market": (75, 105)}
_BATCH = 500


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Plan, cascade, then what RevOps has set by hand since; a month before the packets."""
    kickoff, by = kickoffs.ahead, company["mateusz"]
    at = min(kickoff.doors_open_at - timedelta(weeks=7), now - timedelta(days=30))
    details = _details(kickoff, len(company.reps))
    plan = actions.create_plan(kickoff=kickoff, details=details, by=by, at=at)
    board = board_of(plan)
    _shape(plan, board, {person.pk: person for person in company.people}, rng, at)
    actions.cascade_plan(plan_id=plan.pk, seen=plan.version, by=by, at=at + timedelta(hours=1))
    _set_by_hand(plan, company, by, at + timedelta(days=2))
    for title, standards, share in (
        ("Mid-market AE", {"EUR": Decimal(850_000), "USD": Decimal(950_000)}, None),
        ("Enterprise AE", {}, Decimal("0.8")),
    ):
        rule = actions.RuleDetails(job_title=title, standards=standards, share_of_median=share)
        actions.save_rule(plan_id=plan.pk, details=rule, by=by, at=at + timedelta(days=2))


def _details(kickoff: Kickoff, reps: int) -> actions.PlanDetails:
    starts = plan_start(kickoff.ends_date)
    won_to = starts - timedelta(days=1)
    return actions.PlanDetails(
        target=Decimal(round(reps * _A_REP, -6)),
        currency="EUR",
        starts_date=starts,
        ends_date=year_from(starts),
        step=_STEP,
        over=(Decimal("0.05"), Decimal("0.05"), Decimal("0.10")),
        basis=QuotaPlan.Basis.HAND,
        won_from_date=date(won_to.year - 1, starts.month, 1),
        won_to_date=won_to,
        floor=Decimal("0.5"),
        season=QuotaPlan.Season.QUARTERS,
        season_shares=SEASON,
        ramp=QuotaPlan.Season.QUARTERS,
        ramp_shares=(Decimal("0.5"), Decimal("0.75")),
        rates=tuple(
            actions.Rate(code, worth, Decimal(step))
            for code, (worth, step) in CURRENCIES.items()
            if code != "EUR"
        ),
    )


def _shape(
    plan: QuotaPlan, board: Board, people: dict[int, Person], rng: random.Random, at: datetime
) -> None:
    """Everybody's currency and weight: an enterprise rep carries more than a mid-market rep."""
    rates = {rate.currency: rate for rate in PlanRate.objects.filter(plan=plan)}
    weights: dict[int, Decimal] = {}
    for person_id in reversed(list(board.tree.walk())):
        below = board.tree.children.get(person_id)
        if below:
            weights[person_id] = sum((weights[one] for one in below), Decimal(0))
            continue
        kind = people[person_id].job_title.partition(" ")[0]
        weights[person_id] = Decimal(rng.randint(*_WEIGHTS.get(kind, _WEIGHTS["Mid-market"])))
    nodes = []
    for person_id in board.tree.walk():
        node = QuotaNode(plan=plan, person_id=person_id, changed_at=at)
        if not board.tree.leads(person_id):
            node.rate = rates.get(currency_of(people[person_id]))
        node.write(Figures(weight=weights[person_id]))
        nodes.append(node)
    QuotaNode.objects.bulk_create(nodes, batch_size=_BATCH)


def _set_by_hand(plan: QuotaPlan, company: Company, by: Person, at: datetime) -> None:
    """Aïcha's 900,000, and a team that waits for somebody to be hired."""
    board = board_of(plan)
    aicha = company["aicha"]
    for rep, amount in ((aicha, Decimal(900_000)), *_short_team(board, company)):
        actions.set_quota(
            plan_id=plan.pk,
            person_id=rep.pk,
            amount=amount,
            seen=board.row(rep.pk).version,
            by=by,
            at=at,
        )
    manager = company.managers[-1]
    if manager.pk not in board.tree:
        return
    row = board.row(manager.pk)
    node = plan.nodes.get(person=manager)
    node.write(replace(row.figures, reason="Two positions are open until June"))
    node.save(update_fields=["sealed"])


def _short_team(board: Board, company: Company) -> list[tuple[Person, Decimal]]:
    """The last team is given a fifth less: two of its positions are open."""
    team = company.reports_of(company.managers[-1])
    return [
        (rep, (board.amounts[rep.pk] * Decimal("0.8") // _STEP) * _STEP)
        for rep in team
        if rep.pk in board.amounts
    ]
