"""Draws, splits, clawback, SPIFs, weighted measures, proration: worked cases and what always holds."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.packets.comp.rules.comp import Comp, Draw, DrawKind, Measure, Reconciled, Spif
from events.packets.comp.rules.crediting import clawback, spif_earned, split
from events.packets.comp.rules.draws import pay_months
from events.packets.comp.rules.payout import Band, Basis, Plan
from events.packets.comp.rules.proration import prorated, share_of_days

D = Decimal
LINEAR = Plan(Basis.TV_MULTIPLIER, bands=(Band(D(0), D(1)),))

cents = st.decimals(min_value=0, max_value=10**7, places=2)
draws = st.builds(
    Draw, st.sampled_from(DrawKind), cents, st.integers(0, 14), st.sampled_from(Reconciled)
)


@st.composite
def shares(draw):
    weights = draw(st.lists(st.integers(0, 100), min_size=1, max_size=6))
    rest = 1000 - sum(weights)
    return [D(weight) / 1000 for weight in [*weights, rest]]


def paid_and_owed(draw, *earned):
    months = pay_months(draw, [D(one) for one in earned])
    return [int(month.paid) for month in months], [int(month.balance) for month in months]


def test_a_recoverable_draw_is_paid_back_by_later_earnings():
    draw = Draw(DrawKind.RECOVERABLE, D(5000), 12)

    paid, balance = paid_and_owed(draw, 2000, 4000, 7000, 9000)

    assert paid == [5000, 5000, 5000, 7000]
    assert balance == [3000, 4000, 2000, 0]


def test_what_is_short_of_a_non_recoverable_draw_stays_with_the_rep():
    draw = Draw(DrawKind.NON_RECOVERABLE, D(5000), 12)

    assert paid_and_owed(draw, 2000, 4000, 7000, 9000) == ([5000, 5000, 7000, 9000], [0] * 4)


def test_a_draw_reconciled_by_quarter_pays_on_top_only_at_its_end():
    draw = Draw(DrawKind.RECOVERABLE, D(5000), 12, Reconciled.QUARTERLY)

    paid, balance = paid_and_owed(draw, 2000, 4000, 12000, 5000, 5000, 1000)

    assert paid == [5000, 5000, 8000, 5000, 5000, 5000]
    assert balance == [0, 0, 0, 0, 0, 4000]


def test_after_its_last_month_a_balance_comes_out_of_earnings_and_never_out_of_salary():
    draw = Draw(DrawKind.RECOVERABLE, D(5000), 2)

    assert paid_and_owed(draw, 0, 0, 4000, 9000) == ([5000, 5000, 0, 3000], [5000, 10000, 6000, 0])


@given(draw=draws, earned=st.lists(cents, max_size=24))
def test_nothing_is_paid_that_is_neither_earned_nor_drawn(draw, earned):
    months = pay_months(draw, earned)

    assert len(months) == len(earned)
    for number, month in enumerate(months, start=1):
        assert month.paid >= (draw.amount if number <= draw.months else 0)
        assert month.balance >= 0
        if month.is_reconciled:
            paid = sum(one.paid for one in months[:number])
            owed = sum(earned[:number]) + month.balance
            assert paid == owed if draw.kind == DrawKind.RECOVERABLE else paid >= owed


@given(earned=st.lists(cents, min_size=12, max_size=12), kind=st.sampled_from(DrawKind))
def test_a_draw_of_nothing_changes_nothing(earned, kind):
    assert [month.paid for month in pay_months(Draw(kind, D(0), 12), earned)] == earned


def test_a_commission_is_split_by_its_shares():
    commission = D(200000) * D("0.1")

    assert split(commission, [D("0.6"), D("0.4")]) == [12000, 8000]


def test_the_units_left_by_rounding_go_to_whoever_lost_most_the_first_of_equals():
    quarters = [D("0.25"), D("0.25"), D("0.5")]

    assert split(D("0.03"), quarters) == [D("0.01")] * 3
    assert split(D("0.01"), [D("0.5"), D("0.5")]) == [D("0.01"), 0]
    assert split(D(100), [D("0.333"), D("0.667")], digits=0) == [33, 67]


@given(amount=cents, parts=shares(), digits=st.just(2))
def test_the_parts_of_a_split_add_up_and_none_is_off_by_a_whole_unit(amount, parts, digits):
    found = split(amount, parts, digits=digits)

    assert sum(found) == amount
    assert all(abs(one - amount * part) < D("0.01") for one, part in zip(found, parts, strict=True))
    assert all(one >= 0 for one in found)


def test_overlay_specialists_are_credited_beside_the_others():
    assert split(D(20000), [D(1), D("0.4")]) == [20000, 8000]
    assert split(D("0.03"), [D(1), D("0.5")]) == [D("0.03"), D("0.02")]


@pytest.mark.parametrize(
    ("amount", "parts"),
    [("10", ["0.5", "0.4"]), ("10", ["1.5", "-0.5"]), ("-1", ["1"]), ("0.001", ["1"])],
)
def test_a_split_that_does_not_add_up_is_refused(amount, parts):
    with pytest.raises(ValueError, match=r"add up to 1|whole units"):
        split(D(amount), [D(part) for part in parts])


def test_a_deal_cancelled_in_month_4_of_12_gives_back_eight_twelfths():
    assert clawback(D(6000), months=12, cancelled_in=4) == 4000
    assert clawback(D(6000), months=12, cancelled_in=12) == 0
    assert clawback(D(6000), months=12, cancelled_in=40) == 0
    assert clawback(D(100), months=12, cancelled_in=5, digits=0) == 58


@given(paid=cents, months=st.integers(1, 60), first=st.integers(1, 60), more=st.integers(0, 60))
def test_a_clawback_lies_within_what_was_paid_and_shrinks_month_by_month(paid, months, first, more):
    sooner = clawback(paid, months=months, cancelled_in=first)
    later = clawback(paid, months=months, cancelled_in=first + more)

    assert 0 <= later <= sooner <= paid


@pytest.mark.parametrize(("months", "month"), [(0, 1), (12, 0)])
def test_a_clawback_counts_months_from_one(months, month):
    with pytest.raises(ValueError, match="from 1"):
        clawback(D(1), months=months, cancelled_in=month)


def test_a_spif_pays_for_each_thing_within_its_dates():
    spif = Spif(
        "Launch", "Each first order of the launch.", D(500), date(2027, 3, 1), date(2027, 3, 31)
    )
    days = [date(2027, 2, 28), date(2027, 3, 1), date(2027, 3, 31), date(2027, 4, 1)]

    assert spif_earned(spif, days) == 1000
    assert spif_earned(spif, []) == 0


def weighted(*weights, target="80000"):
    measures = tuple(Measure(f"M{w}", D(w), LINEAR) for w in weights)
    return Comp(D(100000), D(target), measures, terms="2027.1")


def test_measures_are_weighed_by_their_share_of_the_target_variable():
    comp = weighted("0.7", "0.2", "0.1")

    assert comp.earned([D("1.1"), D("0.9"), D(1)], quota=D(1000000)) == 84000


@given(
    target=cents,
    results=st.lists(st.decimals(0, 3, places=4), min_size=3, max_size=3),
    raised=st.decimals(0, 2, places=4),
)
def test_a_weighted_payout_is_rounded_once_and_never_falls_with_any_result(target, results, raised):
    comp = weighted("0.7", "0.2", "0.1", target=target)
    exact = (
        sum(w * r for w, r in zip([D("0.7"), D("0.2"), D("0.1")], results, strict=True)) * target
    )

    paid = comp.earned(results, quota=D(900000))

    assert abs(paid - exact) <= D("0.005")
    for place in range(3):
        better = [r + raised * (n == place) for n, r in enumerate(results)]
        assert comp.earned(better, quota=D(900000)) >= paid


def test_quota_and_target_variable_are_prorated_by_days():
    year = (date(2027, 1, 1), date(2027, 12, 31))

    share = share_of_days(*year, present_from=date(2027, 4, 1), present_to=year[1])

    assert share == D(275) / D(365)
    assert prorated(D(1200000), share) == D("904109.59")
    assert prorated(D(90000), share) == D("67808.22")


@pytest.mark.parametrize(
    ("present", "days"),
    [
        ((date(2026, 1, 1), date(2028, 1, 1)), 365),
        ((date(2027, 12, 31), date(2028, 1, 1)), 1),
        ((date(2028, 1, 1), date(2028, 6, 1)), 0),
        ((date(2027, 1, 1), date(2027, 1, 1)), 1),
    ],
)
def test_only_days_within_the_plan_count(present, days):
    share = share_of_days(
        date(2027, 1, 1), date(2027, 12, 31), present_from=present[0], present_to=present[1]
    )

    assert share == D(days) / 365
