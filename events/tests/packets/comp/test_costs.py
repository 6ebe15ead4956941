"""What all plans cost together, and designs as plain values."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.packets.comp.rules.comp import (
    DrawKind,
    Measure,
    Reconciled,
    SplitShare,
    comp_from_json,
    comp_to_json,
    sole,
)
from events.packets.comp.rules.costs import (
    Payee,
    bell,
    costs,
    in_one,
    lacking_rates,
    mean_of,
    without_quota,
)
from events.packets.comp.rules.design import (
    DrawDesign,
    PlanDesign,
    SpifDesign,
    design_from_json,
    design_to_json,
)
from events.packets.comp.rules.payout import Band, Basis, Plan
from events.rates.rules import Rate, Reporting

D = Decimal
STANDARD = Plan(
    Basis.TV_MULTIPLIER, bands=(Band(D(0), D(1)), Band(D(1), D("1.5")), Band(D("1.25"), D(2)))
)
REVENUE = Plan(Basis.REVENUE_RATE, bands=(Band(D(0), D("0.1")),))
PLANS = {1: PlanDesign(sole(STANDARD), "2027.1"), 2: PlanDesign(sole(REVENUE), "2027.1")}
FLAT = ((D(1), D(1)),)
FULL = PlanDesign(
    measures=(Measure("New", D("0.7"), STANDARD), Measure("Renewals", D("0.3"), STANDARD, D(12))),
    terms="2027.1",
    spifs=(
        SpifDesign("Launch", "A first order", {"EUR": D(500)}, date(2027, 3, 1), date(2027, 3, 31)),
    ),
    draw=DrawDesign(DrawKind.RECOVERABLE, D("0.5"), 6, Reconciled.QUARTERLY),
    clawback_months=12,
    splits=(SplitShare("Account executive", D("0.6")), SplitShare("Overlay", D("0.4"))),
)


def payee(plan=1, currency="EUR", base="84000", target="56000", quota=None):
    return Payee(plan, currency, D(base), D(target), quota and D(quota))


def test_total_comp_at_half_at_all_and_at_half_as_much_again():
    (cost,) = costs([payee(), payee()], PLANS, FLAT)

    assert cost.heads == 2
    assert cost.totals == [2 * 112000, 2 * 140000, 2 * 189000]
    assert cost.expected == cost.on_target == 280000


def test_currencies_are_never_added_up():
    found = costs([payee(), payee(currency="JPY", target="8000001"), payee()], PLANS, FLAT)

    assert [(cost.currency, cost.heads) for cost in found] == [("EUR", 2), ("JPY", 1)]
    assert found[1].variable[0] == 4000001  # half a yen is rounded up


def test_what_is_expected_weighs_each_attainment_by_its_share_of_people():
    (cost,) = costs([payee()], PLANS, ((D("0.5"), D("0.25")), (D("1.5"), D("0.75"))))

    assert cost.expected_variable == 28000 * D("0.25") + 105000 * D("0.75")


def test_a_share_of_revenue_is_worked_out_at_the_quota_and_named_without_one():
    people = [payee(2, quota="600000"), payee(2), payee(1)]

    assert without_quota(people, PLANS) == [people[1]]
    (cost,) = costs([people[0]], PLANS, FLAT)
    assert cost.variable == (30000, 60000, 90000)
    with pytest.raises(ValueError, match="needs a quota"):
        costs([people[1]], PLANS, FLAT)


@given(
    mean=st.decimals("0.5", "1.5", places=2),
    deviation=st.decimals(0, "0.3", places=2),
)
def test_a_bell_is_symmetric_and_keeps_its_mean(mean, deviation):
    field = bell(mean, deviation)

    assert sum(share for _at, share in field) == 1
    if all(0 < at < 5 for at, _share in field):
        assert abs(mean_of(field) - mean) < D("0.001")
    assert field == bell(mean, deviation)


@given(target=st.decimals(0, 10**6, places=2), base=st.decimals(0, 10**6, places=2))
def test_the_cost_of_one_is_what_the_engine_pays_one(target, base):
    comp = PLANS[1].comp_for(name="", base=base, target_variable=target, currency="EUR")

    (cost,) = costs([payee(base=base, target=target)], PLANS, FLAT)

    for at, paid in zip((D("0.5"), D(1), D("1.5")), cost.variable, strict=True):
        assert paid == comp.earned_at(at, quota=D(900000))


def test_a_design_written_as_json_is_read_back_the_same():
    assert design_from_json(json.loads(json.dumps(design_to_json(FULL)))) == FULL


def test_a_person_gets_the_draw_and_the_spifs_of_their_currency():
    comp = FULL.comp_for(name="AE", base=D(1), target_variable=D(50000), currency="EUR")

    assert comp.draw.amount == D("2083.33")
    assert [spif.amount for spif in comp.spifs] == [500]
    assert comp_from_json(json.loads(json.dumps(comp_to_json(comp)))) == comp
    other = FULL.comp_for(name="AE", base=D(1), target_variable=D(50000), currency="JPY")
    assert (other.spifs, other.draw.amount) == ((), 2083)


def test_a_draft_may_be_unsound_and_nobody_can_be_given_it():
    draft = PlanDesign((Measure("New", D("0.7"), STANDARD),), "2027.1")

    assert draft.weight == D("0.7")
    with pytest.raises(ValueError, match="add up to 1"):
        draft.comp_for(name="", base=D(1), target_variable=D(1), currency="EUR")


def in_two_currencies():
    return costs([payee(), payee(currency="USD"), payee(currency="USD")], PLANS, FLAT)


def test_all_currencies_come_to_one_total_at_the_rates_of_the_plan():
    rows = in_two_currencies()
    reporting = Reporting("EUR", {"USD": Rate(D("1.1"), date(2026, 12, 1))})

    whole = in_one(rows, reporting)

    # 140,000 euros at 100%, and 168,000 and 112,000 dollars, each converted
    assert (whole.currency, whole.heads, whole.totals[1]) == ("EUR", 3, 140000 + 152727 + 101818)
    assert whole.base + whole.variable[1] == whole.totals[1]


@pytest.mark.parametrize(
    ("reporting", "lacking"),
    [
        (None, ["EUR", "USD"]),
        (Reporting("EUR"), ["USD"]),
        (Reporting("CHF"), ["EUR", "USD"]),
    ],
)
def test_no_total_is_made_up_where_a_rate_is_missing(reporting, lacking):
    rows = in_two_currencies()

    assert in_one(rows, reporting) is None
    assert lacking_rates(rows, reporting) == lacking


def test_one_currency_is_its_own_total():
    rows = costs([payee()], PLANS, FLAT)

    assert in_one(rows, Reporting("USD")) is None
    assert lacking_rates(rows, None) == []
