"""The payout engine: worked cases, and what holds for every plan."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from events.packets.comp.rules.payout import (
    Band,
    Basis,
    Method,
    Pays,
    Plan,
    Threshold,
    decimal_from,
    differences,
    never_falls,
    payout,
    pays_target_at_quota,
    plan_from_json,
    plan_to_json,
    turning_points,
)

VECTORS = Path(__file__).parent / "fixtures" / "comp_vectors.json"
CASES = json.loads(VECTORS.read_text("utf-8"))["cases"]
D = Decimal

money = st.decimals(min_value=0, max_value=10**9, places=2)
quotas = st.decimals(min_value=1, max_value=10**8, places=2)
rates = st.decimals(min_value=0, max_value=5, places=3)
steps = st.decimals(min_value=D("0.05"), max_value=2, places=2)


@st.composite
def plans(draw):
    basis = draw(st.sampled_from(Basis))
    cap = draw(st.none() | st.decimals(min_value=0, max_value=4, places=2))
    later = sorted(draw(st.sets(steps, max_size=4)))
    if basis == Basis.PAYOUT_CURVE:
        points = tuple((step, draw(rates)) for step in [D(0), *later])
        return Plan(basis, points=points, cap=cap)
    threshold = draw(st.none() | st.builds(Threshold, steps, st.sampled_from(Pays)))
    bands = tuple(Band(step, draw(rates)) for step in [D(0), *later])
    return Plan(basis, draw(st.sampled_from(Method)), bands, threshold=threshold, cap=cap)


def pay(plan, actual, *, quota="1000000", target="100000", digits=2):
    return payout(plan, quota=D(quota), target_variable=D(target), actual=D(actual), digits=digits)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_each_worked_case_is_equal(case):
    assert differences([case]) == []


def test_verify_payouts_says_that_all_are_equal(capsys):
    call_command("verify_payouts", VECTORS)

    assert capsys.readouterr().out == f"All {len(CASES)} cases are equal.\n"


def test_verify_payouts_prints_each_case_that_differs_and_a_count(tmp_path, capsys):
    wrong = [{**CASES[0], "payout": "1.00"}, CASES[1], {"id": "empty"}]
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"cases": wrong}))

    with pytest.raises(CommandError, match="2 of 3 cases differ"):
        call_command("verify_payouts", path)

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{CASES[0]['id']}: expected 1.00, found {CASES[0]['payout']}"
    assert lines[1].startswith("empty: ")


def test_verify_payouts_refuses_a_file_of_something_else(tmp_path):
    path = tmp_path / "cases.json"
    path.write_bytes(b"%PDF-1.7 \xff")

    with pytest.raises(CommandError, match="no file of worked cases"):
        call_command("verify_payouts", path)


@given(plan=plans(), quota=quotas, target=money, results=st.tuples(money, money))
def test_the_payout_never_falls_as_results_rise_except_where_the_plan_says_so(
    plan, quota, target, results
):
    lower, higher = sorted(results)

    paid = [payout(plan, quota=quota, target_variable=target, actual=r) for r in (lower, higher)]

    assert paid[0] <= paid[1] or not never_falls(plan)


@given(plan=plans(), quota=quotas, target=money, actual=money)
def test_the_payout_is_never_negative_nor_over_the_cap(plan, quota, target, actual):
    paid = payout(plan, quota=quota, target_variable=target, actual=actual)

    assert paid >= 0
    assert plan.cap is None or paid <= (plan.cap * target) + D("0.005")


@given(quota=quotas, target=money, actual=money)
def test_a_payout_is_rounded_once_and_half_up(quota, target, actual):
    plan = Plan(Basis.TV_MULTIPLIER, bands=(Band(D(0), D(1)),))
    numerator, denominator = (target * actual).as_integer_ratio()
    over, under = quota.as_integer_ratio()
    # floor(x·100 + ½) in whole numbers, the definition of half up
    top, bottom = numerator * under * 100, denominator * over
    cents = (2 * top + bottom) // (2 * bottom)

    assert payout(plan, quota=quota, target_variable=target, actual=actual) == D(cents) / 100


@given(plan=plans())
def test_a_plan_written_as_json_is_read_back_the_same(plan):
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan


def test_half_a_cent_is_rounded_up():
    plan = Plan(Basis.REVENUE_RATE, bands=(Band(D(0), D("0.1")),))

    assert pay(plan, "0.05") == D("0.01")
    assert pay(plan, "0.049") == D("0.00")


def test_a_currency_without_decimals_is_rounded_to_whole_units():
    plan = Plan(Basis.REVENUE_RATE, bands=(Band(D(0), D("0.1")),))

    assert pay(plan, "25", digits=0) == D(3)


def test_a_naive_decelerator_does_not_pay_the_target_at_quota():
    naive = Plan(Basis.TV_MULTIPLIER, bands=(Band(D(0), D("0.5")), Band(D("0.5"), D(1))))
    sound = Plan(Basis.TV_MULTIPLIER, bands=(Band(D(0), D("0.5")), Band(D("0.5"), D("1.5"))))

    assert not pays_target_at_quota(naive, quota=D(500000), target_variable=D(100000))
    assert pays_target_at_quota(sound, quota=D(500000), target_variable=D(100000))


def test_a_retroactive_plan_with_a_falling_rate_is_not_promised_to_rise():
    bands = (Band(D(0), D(2)), Band(D(1), D(1)))

    assert not never_falls(Plan(Basis.REVENUE_RATE, Method.RETROACTIVE, bands))
    assert never_falls(Plan(Basis.REVENUE_RATE, Method.MARGINAL, bands))


def test_a_result_below_zero_pays_nothing():
    assert pay(Plan(Basis.TV_MULTIPLIER, bands=(Band(D(0), D(1)),)), "-500") == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"bands": ()},
        {"bands": (Band(D(1), D(1)), Band(D(0), D(1)))},
        {"bands": (Band(D(0), D(1)), Band(D(0), D(2)))},
        {"bands": (Band(D(0), D(-1)),)},
        {"bands": (Band(D("-0.1"), D(1)),)},
        {"bands": (Band(D(0), D(1)),), "cap": D(-1)},
        {"bands": (Band(D(0), D(1)),), "threshold": Threshold(D(-1))},
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(fields):
    with pytest.raises(ValueError, match=r"\w"):
        Plan(Basis.TV_MULTIPLIER, **fields)


@pytest.mark.parametrize("quota", ["0", "-1"])
def test_a_quota_is_above_zero(quota):
    with pytest.raises(ValueError, match="above zero"):
        pay(Plan(Basis.TV_MULTIPLIER, bands=(Band(D(0), D(1)),)), "1", quota=quota)


def test_a_plan_of_target_variable_needs_one():
    plan = Plan(Basis.TV_MULTIPLIER, bands=(Band(D(0), D(1)),))

    with pytest.raises(ValueError, match="target variable"):
        payout(plan, quota=D(1), target_variable=None, actual=D(1))


@pytest.mark.parametrize("figure", [0.1, "NaN", "Infinity", "1e", "", None])
def test_a_figure_is_text_that_is_a_number(figure):
    with pytest.raises(ValueError, match=r"\w"):
        decimal_from(figure)


def test_the_turning_points_of_a_capped_plan_hold_the_attainment_where_the_cap_is_met():
    plan = Plan(Basis.TV_MULTIPLIER, bands=(Band(D(0), D(1)), Band(D(1), D(2))), cap=D("1.5"))

    assert D("1.25") in turning_points(plan, until=D("1.5"))
