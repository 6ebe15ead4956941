"""Cascades, amounts by hand, locks: what changes, what is refused, what the trail says."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from events.deals.models import Opportunity
from events.packets.quotas import actions, queries
from events.packets.quotas.models import NewHireRule, PlanRate, QuotaNode, QuotaPlan
from events.packets.quotas.rules.figures import Figures
from events.tests.factories import AttendeeFactory, OpportunityFactory
from events.tests.packets.quotas.factories import (
    MONDAY,
    TUESDAY,
    PlanRateFactory,
    QuotaNodeFactory,
    QuotaPlanFactory,
    team_of,
)
from people.activity.models import Entry
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
D = Decimal


def details(**changes):
    said = {
        "target": D(5_000_000),
        "currency": "EUR",
        "starts_date": date(2027, 3, 1),
        "ends_date": date(2028, 2, 29),
        "step": D(1000),
        "over": (D("0.05"), D("0.10")),
        "basis": "EQUAL",
        "won_from_date": date(2026, 1, 1),
        "won_to_date": date(2026, 12, 31),
        "floor": D("0.5"),
        "season": "QUARTERS",
        "season_shares": (D("0.2"), D("0.25"), D("0.25"), D("0.3")),
        "ramp": "MONTHS",
        "ramp_shares": (D("0.5"),),
        "rates": (actions.Rate("USD", D("1.1"), D(1000)),),
    }
    return actions.PlanDetails(**{**said, **changes})


def cascade(plan, by):
    plan.refresh_from_db()
    return actions.cascade_plan(plan_id=plan.pk, seen=plan.version, by=by, at=TUESDAY)


def rep_of(plan, place=0):
    return queries.board_of(plan).reps[place]


def hand(plan, person_id, amount, by, seen=None):
    if seen is None:
        node = plan.nodes.filter(person=person_id).first()
        seen = node.version if node else 0
    return actions.set_quota(
        plan_id=plan.pk, person_id=person_id, amount=D(amount), seen=seen, by=by, at=TUESDAY
    )


def test_a_plan_begins_with_everything_that_was_said(by):
    kickoff = QuotaPlanFactory().kickoff
    QuotaPlan.objects.all().delete()

    plan = actions.create_plan(kickoff=kickoff, details=details(), by=by, at=MONDAY)

    plan = QuotaPlan.objects.get(pk=plan.pk)
    assert plan.read_target() == 5_000_000
    assert plan.over == (D("0.05"), D("0.10"))
    assert plan.year.shares == (D("0.2"), D("0.25"), D("0.25"), D("0.3"))
    assert (plan.ramp_profile.months, plan.ramp_profile.shares) == (1, (D("0.5"),))
    assert [rate.currency for rate in plan.rates.all()] == ["USD"]
    with pytest.raises(actions.QuotaRefused, match="already"):
        actions.create_plan(kickoff=kickoff, details=details(), by=by, at=MONDAY)


def test_a_cascade_gives_everybody_an_amount_and_a_second_one_nothing_new(plan, by):
    assert cascade(plan, by) == 6
    assert cascade(plan, by) == 0

    board = queries.board_of(plan)
    assert sorted(set(board.amounts.values())) == [2_756_250, 5_250_000]
    assert board.sum_of_reps == 11_025_000
    assert board.compounding.total == D("0.1025")
    plan.refresh_from_db()
    assert plan.cascaded_at == TUESDAY
    assert list(Entry.objects.values_list("verb", "note").order_by("pk")) == [
        ("quotas.cascaded", "6"),
        ("quotas.cascaded", "0"),
    ]


def test_an_amount_by_hand_stays_and_the_others_share_the_rest(plan, by):
    cascade(plan, by)
    rep = rep_of(plan)

    hand(plan, rep, 2_000_000, by)
    board = queries.board_of(plan)
    above = board.tree.parent[rep]
    assert (board.amounts[rep], board.nodes[rep].is_pinned) == (2_000_000, True)
    assert board.assigned[above] == 4_756_250
    assert board.row(above).flag == "UNDER"

    assert cascade(plan, by) == 1
    board = queries.board_of(plan)
    assert board.amounts[rep] == 2_000_000
    assert board.assigned[above] == 5_512_500
    assert board.row(above).flag == "FINE"


def test_given_back_an_amount_stays_until_the_next_cascade(plan, by):
    cascade(plan, by)
    rep = rep_of(plan)
    node = hand(plan, rep, 2_000_000, by)

    actions.unpin_quota(plan_id=plan.pk, person_id=rep, seen=node.version, by=by, at=TUESDAY)

    assert queries.board_of(plan).amounts[rep] == 2_000_000
    assert cascade(plan, by) == 1
    assert queries.board_of(plan).amounts[rep] == 2_756_250


def test_a_reason_for_too_little_is_heard(plan, by):
    cascade(plan, by)
    rep = rep_of(plan)
    hand(plan, rep, 2_000_000, by)
    above = queries.board_of(plan).tree.parent[rep]
    node = plan.nodes.get(person=above)

    actions.change_person(
        plan_id=plan.pk,
        person_id=above,
        details=actions.PersonDetails(reason="Two positions are open until June."),
        seen=node.version,
        by=by,
        at=TUESDAY,
    )

    row = queries.board_of(plan).row(above)
    assert (row.flag, row.amount) == ("EXPLAINED", 5_250_000)
    assert row.figures.reason == "Two positions are open until June."


def test_an_edit_of_what_changed_meanwhile_is_refused(plan, by):
    cascade(plan, by)
    rep = rep_of(plan)
    hand(plan, rep, 2_000_000, by)

    with pytest.raises(actions.QuotaRefused, match="changed meanwhile"):
        hand(plan, rep, 1_000_000, by, seen=1)
    with pytest.raises(actions.QuotaRefused, match="changed meanwhile"):
        hand(plan, rep, 1_000_000, by, seen=0)
    assert queries.board_of(plan).amounts[rep] == 2_000_000


def test_a_cascade_from_an_old_preview_is_refused(plan, by):
    cascade(plan, by)
    plan.refresh_from_db()
    seen = plan.version
    hand(plan, rep_of(plan), 2_000_000, by)

    with pytest.raises(actions.QuotaRefused, match="changed meanwhile"):
        actions.cascade_plan(plan_id=plan.pk, seen=seen, by=by, at=TUESDAY)


def test_an_edit_after_a_cascade_that_left_the_amount_is_taken(plan, by):
    cascade(plan, by)
    rep = rep_of(plan)
    cascade(plan, by)

    assert hand(plan, rep, 2_000_000, by, seen=1).version == 2


def test_nothing_of_a_locked_plan_changes(plan, by):
    with pytest.raises(actions.QuotaRefused, match="4 reps have no quota"):
        actions.lock_plan(plan_id=plan.pk, by=by, at=TUESDAY)
    cascade(plan, by)
    rep = rep_of(plan)
    for _ in range(2):
        actions.lock_plan(plan_id=plan.pk, by=by, at=TUESDAY)
    plan.refresh_from_db()

    for act in (
        lambda: hand(plan, rep, 1, by),
        lambda: cascade(plan, by),
        lambda: actions.import_quotas(plan_id=plan.pk, rows=[], by=by, at=TUESDAY),
        lambda: actions.update_plan(
            plan_id=plan.pk, details=details(), seen=plan.version, by=by, at=TUESDAY
        ),
        lambda: actions.save_rule(
            plan_id=plan.pk,
            details=actions.RuleDetails(job_title="AE", share_of_median=D(1)),
            by=by,
            at=TUESDAY,
        ),
    ):
        with pytest.raises(actions.QuotaRefused, match="locked"):
            act()
    actions.unlock_plan(plan_id=plan.pk, by=by, at=TUESDAY)
    hand(plan, rep, 1, by)
    assert Entry.objects.filter(verb="quotas.locked").count() == 1


def test_quotas_of_an_archived_kickoff_stay(plan, by):
    plan.kickoff.status = "ARCHIVED"
    plan.kickoff.save(update_fields=["status"])

    with pytest.raises(actions.QuotaRefused, match="archived"):
        cascade(plan, by)
    assert not plan.nodes.exists()
    plan.refresh_from_db()
    assert plan.version == 1


def test_a_rate_that_somebody_needs_cannot_go(plan, by):
    rate = PlanRateFactory(plan=plan, currency="JPY", rate=D(160), step=D(1_000_000))
    QuotaNodeFactory(plan=plan, person_id=rep_of(plan), rate=rate)

    with pytest.raises(actions.QuotaRefused, match="JPY"):
        actions.update_plan(
            plan_id=plan.pk, details=details(), seen=plan.version, by=by, at=TUESDAY
        )
    plan.refresh_from_db()
    assert plan.read_target() == 10_000_000
    wanted = (actions.Rate("JPY", D(170), D(1_000_000)), actions.Rate("CHF", D(1), D(1)))
    actions.update_plan(
        plan_id=plan.pk, details=details(rates=wanted), seen=plan.version, by=by, at=TUESDAY
    )
    assert dict(plan.rates.values_list("currency", "quoted__bought")) == {"JPY": 170, "CHF": 1}


def test_past_revenue_is_shared_by_what_was_won_in_that_time(plan, by):
    first, second, third, _fourth = queries.board_of(plan).reps
    plan.basis, plan.floor = "WON", D("0.5")
    plan.save()
    PlanRateFactory(plan=plan)
    won = {"stage": Opportunity.Stage.WON, "close_date": date(2026, 6, 1)}
    OpportunityFactory(owner_id=first, value=300, currency="EUR", engage_date=None, **won)
    OpportunityFactory(owner_id=second, value=110, currency="USD", engage_date=None, **won)
    OpportunityFactory(owner_id=third, value=200, currency="EUR", engage_date=None, **won)
    OpportunityFactory(owner_id=third, value=999, currency="GBP", engage_date=None, **won)
    late = {**won, "close_date": date(2027, 1, 1)}
    OpportunityFactory(owner_id=third, value=999, currency="EUR", engage_date=None, **late)
    OpportunityFactory(owner_id=first, value=999, currency="EUR")

    board = queries.board_of(plan)

    # The fourth rep won nothing and counts with half of the median of 200
    weights, floor = board.floored
    assert list(weights.values()) == [300, 100, 200, 100]
    assert floor.amount == 100
    assert board.unpriced == ("GBP",)
    assert [board.fresh()[one] for one in (first, second)] == [4_725_000, 1_575_000]


def test_whoever_is_gone_before_the_year_starts_is_left_out(plan, by):
    first, second, third, fourth = queries.board_of(plan).reps
    for rep, fields in (
        (first, {"leave_date": date(2026, 12, 31)}),
        (second, {"is_active": False}),
    ):
        type(PersonFactory()).objects.filter(pk=rep).update(**fields)

    board = queries.board_of(plan)

    assert set(board.left_out) == {first, second}
    assert board.reps == [third, fourth]


def test_currencies_are_taken_over_from_pay(plan, by):
    cascade(plan, by)
    first, second, third, _fourth = queries.board_of(plan).reps
    usd = PlanRateFactory(plan=plan)

    without = actions.sync_currencies(
        plan_id=plan.pk,
        currencies={first: "USD", second: "EUR", third: "CHF", 999_999: "USD"},
        by=by,
        at=TUESDAY,
    )

    assert without == {third: "CHF"}
    assert plan.nodes.get(person=first).rate == usd
    assert plan.nodes.filter(rate=None).count() == 5


def test_a_rule_gives_one_thing_and_a_title_has_one(plan, by):
    def save(**said):
        return actions.save_rule(
            plan_id=plan.pk, details=actions.RuleDetails(**said), by=by, at=TUESDAY
        )

    rule = save(job_title="Mid-market AE", standards={"EUR": D(900_000)})
    assert rule.read() == {"EUR": 900_000}
    for said in ({}, {"standards": {"EUR": D(1)}, "share_of_median": D(1)}):
        with pytest.raises(actions.QuotaRefused, match="not both"):
            save(job_title="AE", **said)
    with pytest.raises(actions.QuotaRefused, match="already"):
        save(job_title="MID-MARKET ae", share_of_median=D(1))
    actions.remove_rule(plan_id=plan.pk, rule_id=rule.pk, by=by, at=TUESDAY)
    assert not NewHireRule.objects.exists()


def test_own_periods_grow_with_the_amount(plan, by):
    rep = rep_of(plan)
    QuotaNodeFactory(
        plan=plan, person_id=rep, figures=Figures(D(100), season=(D(10), D(20), D(30), D(40)))
    )

    hand(plan, rep, 200, by)

    assert queries.board_of(plan).figures[rep].season == (20, 40, 60, 80)


def test_a_negative_amount_is_refused(plan, by):
    with pytest.raises(actions.QuotaRefused, match="negative"):
        hand(plan, rep_of(plan), -1, by, seen=0)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda plan: replace_plan(plan, ends_date=date(2020, 1, 1)), "ends_after_start"),
        (lambda plan: replace_plan(plan, won_to_date=date(2020, 1, 1)), "won_ends_after"),
        (lambda plan: replace_plan(plan, step=0), "step_above_zero"),
        (lambda plan: replace_plan(plan, floor=D("1.5")), "floor_is_a_share"),
        (lambda plan: PlanRateFactory(plan=plan, rate=0), "exchangerate_above_zero"),
        (lambda plan: [PlanRateFactory(plan=plan) for _ in range(2)], "planrate|currency"),
        (
            lambda plan: NewHireRule.objects.create(plan=plan, job_title="x"),
            "standard_or_median",
        ),
        (
            lambda plan: [QuotaNodeFactory(plan=plan, person=plan.kickoff.owner) for _ in "ab"],
            "quotanode|person",
        ),
    ],
)
def test_what_must_never_be_in_the_tables(plan, make, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(plan)


def replace_plan(plan, **fields):
    QuotaPlan.objects.filter(pk=plan.pk).update(**fields)


def test_nothing_with_figures_shows_them_in_its_repr(plan):
    node = QuotaNodeFactory(plan=plan, person_id=rep_of(plan), amount=917_342)
    board = queries.board_of(plan)
    offer = queries.offer_of(plan, node, node.read(), node.person)
    rate = PlanRate(currency="USD", step=1)

    figures = [node.read(), board, board.row(node.person_id), offer, offer.quota]
    told = [offer.quota.origin, details(), replace(details(), target=D(917_342))]
    shown = repr([plan, node, rate, *figures, *told])

    assert not re.search(r"917[,_ ]?342|10000000", shown)
    assert QuotaNode.objects.filter(sealed__contains="917342").count() == 0


def test_a_rep_who_joins_shows_as_missing_and_the_rest_stays(plan, by):
    cascade(plan, by)
    manager = queries.board_of(plan).tree.parent[rep_of(plan)]
    joined = PersonFactory(manager_id=manager)
    AttendeeFactory(kickoff=plan.kickoff, person=joined)

    board = queries.board_of(plan)

    assert board.row(joined.pk).flag == "MISSING"
    assert board.sum_of_reps == 11_025_000
    assert board.row(manager).flag == "FINE"


def test_whoever_leaves_the_roster_is_told_apart(plan, by):
    cascade(plan, by)
    rep = rep_of(plan)
    plan.kickoff.attendees.filter(person=rep).delete()

    assert queries.board_of(plan).outside == [rep]


def test_a_team_of_its_own_carries_the_company_target(by):
    plan = QuotaPlanFactory()
    manager, _reps = team_of(plan.kickoff, 3)

    board = queries.board_of(plan)

    assert board.tree.head == manager.pk
    assert set(board.fresh().values()) == {3_500_000}
