"""Worked cases: what lines come to, in which currency, what somebody may approve, what a hotel charges."""

from decimal import Decimal as D

import pytest

from events.budget.rules.block import Night, pickup_of
from events.budget.rules.cost import BENCHMARKS, Base, Cost, Time, time_cost
from events.budget.rules.limits import Limits
from events.budget.rules.lines import (
    FACTORS,
    Amounts,
    Drivers,
    Rate,
    asked_for,
    contingency_of,
    count_of,
    total,
    whole,
)
from events.budget.rules.returns import Deals, Model, axis, swings
from events.budget.rules.scenarios import Change, Priced, cost_of, hard_cost

LISBON = Drivers(heads=160, nights=3, rooms=8, days=3)


@pytest.mark.parametrize(
    ("basis", "count"),
    [
        ("EVENT", 1),
        ("HEAD", 160),
        ("HEAD_NIGHT", 480),
        ("HEAD_DAY", 480),
        ("ROOM", 8),
        ("ROOM_DAY", 24),
        ("DAY", 3),
    ],
)
def test_a_price_is_paid_for_the_product_of_its_drivers(basis, count):
    assert count_of(basis, LISBON) == count
    assert count_of(basis, LISBON, own_count=139) == 139
    assert set(FACTORS) >= {basis}


def test_the_forecast_is_the_plan_what_somebody_says_or_what_is_owed_where_that_is_more():
    assert Amounts(planned=D(100)).forecast == 100
    assert Amounts(planned=D(100), said=D(80), committed=D(60)).forecast == 80
    assert Amounts(planned=D(100), said=D(80), committed=D(90)).forecast == 90
    assert Amounts(planned=D(100), committed=D(60), invoiced=D(110), paid=D(10)).forecast == 110


def test_a_forecast_falls_into_four_parts_that_add_up():
    amounts = Amounts(planned=D(376), committed=D(291), invoiced=D(216), paid=D(188), said=D(381))

    assert amounts.parts == (188, 28, 75, 90)
    assert sum(amounts.parts) == amounts.forecast


@pytest.mark.parametrize(
    ("amounts", "share"),
    [
        (Amounts(planned=D(31_000), said=D(39_400)), D("0.271")),
        (Amounts(planned=D(51_200), said=D(49_700)), D("-0.029")),
        (Amounts(said=D(1)), D(1)),
        (Amounts(), D(0)),
    ],
)
def test_a_variance_is_a_share_of_the_plan(amounts, share):
    assert round(amounts.over_share, 3) == share


def test_a_contract_is_worth_what_its_currency_is_on_its_day_and_rounded_once():
    quote = Amounts(planned=D(36_481), committed=D("36481.50"))

    assert quote.converted(Rate(times=D("1.08"))).planned == D("39399.48")
    assert quote.converted(Rate(of=D("0.925926"))).planned.quantize(D("0.01")) == D("39399.48")
    assert whole(quote.converted(Rate(times=D("1.08"))).committed) == 39_400
    assert [whole(D(each)) for each in ("0.5", "1.5", "2.4999")] == [1, 2, 2]


def test_sums_keep_the_forecast_of_each_line():
    both = total([Amounts(planned=D(100), said=D(120)), Amounts(planned=D(50), committed=D(10))])

    assert (both.planned, both.forecast, both.over) == (150, 170, 20)
    assert total([]) == Amounts(said=D(0))


def test_contingency_stands_outside_the_plan_and_is_used_by_what_is_over():
    over = contingency_of(Amounts(planned=D(376_000), said=D(381_900)), D("0.1"))
    under = contingency_of(Amounts(planned=D(100), said=D(90)), D("0.1"))

    assert (over.aside, over.used, over.left) == (37_600, 5_900, 31_700)
    assert (under.aside, under.used) == (10, 0)


def test_what_is_asked_for_is_the_most_that_one_amount_grows_by():
    before = Amounts(planned=D(31_000), committed=D(4_500))

    assert asked_for(None, before) == 31_000
    assert (
        asked_for(before, Amounts(planned=D(31_000), committed=D(4_500), said=D(39_400))) == 8_400
    )
    assert asked_for(before, Amounts(planned=D(31_000), committed=D(10_100))) == 5_600
    assert asked_for(before, Amounts(planned=D(20_000), committed=D(4_500))) == 0


def test_a_limit_holds_for_what_is_more_and_not_where_nobody_is_named():
    limits = Limits({1: D(5_000), 2: None})

    assert [limits.may(person, D(5_000)) for person in (1, 2, 3)] == [True, True, False]
    assert [limits.may(person, D(5_001)) for person in (1, 2, 3)] == [False, True, False]
    assert limits.may(3, D(0))
    assert limits.who(D(8_400)) == [2]
    assert Limits({}).may(3, D(10**6))


class TestRoomBlocks:
    def test_the_fee_is_the_price_of_the_nights_under_the_clause(self):
        nights = [Night(40, 31), Night(150, 114), Night(155, 120), Night(155, 120), Night(20, 12)]
        pickup = pickup_of(nights, D("0.85"), D(195))

        assert (pickup.contracted, pickup.reserved, pickup.asked) == (520, 397, 442)
        assert (pickup.lacking, pickup.fee, pickup.spare) == (45, 8_775, 123)
        assert [night.remaining for night in nights] == [9, 36, 35, 35, 8]
        assert pickup.guests_lacking(3) == 15
        assert pickup.guests_lacking(0) == 0

    def test_a_part_of_a_night_is_asked_for_as_a_whole_one(self):
        assert pickup_of([Night(155, 131)], D("0.85"), D(195)).lacking == 1  # 131.75
        assert pickup_of([Night(155, 132)], D("0.85"), D(195)).fee == 0

    def test_one_night_above_its_contract_makes_up_for_another(self):
        assert pickup_of([Night(100, 110), Night(100, 60)], D("0.85"), D(195)).lacking == 0
        assert Night(100, 110).remaining == 0


def test_time_costs_days_times_rate_times_heads_and_each_benchmark_has_its_own_base():
    time = time_cost([Time(96, D(640)), Time(64, D(640))], D(3))
    cost = Cost(hard=D(376_000), time=time, heads=160, reps=96)

    assert time == 307_200
    assert cost.on(Base.ATTENDEE) == 2_350
    assert whole(cost.on(Base.REP)) == 3_917
    assert whole(cost.on(Base.REP_TIME)) == 7_117
    assert {one.base for one in BENCHMARKS} == set(Base)
    assert Cost(D(1), D(1), heads=0, reps=0).on(Base.REP) is None


DEALS = Deals(won=1_632, lost=5_168, worth=D(38_400) * 1_632, days=D(92))
FULL = D(671_820)
LAST_YEAR = Model(cost=FULL, deals=DEALS, margin=D("0.72"), lift=D("0.01"), months=D(9))


class TestReturn:
    def test_what_has_to_get_better_to_pay_it_back(self):
        model = LAST_YEAR

        assert (model.deals_needed, model.one_in) == (25, 48)  # 24.3 deals; 1,224 ÷ 25 = 48.96
        assert round(model.win_rate_needed, 3) == D("0.245")
        assert round(model.size_needed) == 39_162
        assert round(model.days_fewer, 1) == D("1.8")
        assert round(model.attainment_needed(D("0.78")), 3) == D("0.795")

    def test_what_is_left_is_what_the_lift_gains_less_the_cost(self):
        assert LAST_YEAR.gained == 1_410_048
        assert LAST_YEAR.left == 738_228
        assert LAST_YEAR.lift_needed(D(738_228)) == D("0.01")
        assert LAST_YEAR.is_told
        assert not Model(
            cost=FULL, deals=Deals(0, 0, D(0)), margin=D("0.7"), lift=D(0), months=D(9)
        ).is_told

    def test_swings_are_told_widest_first_and_break_even_is_in_the_picture(self):
        found = swings(LAST_YEAR, D(381_900), heads=(180, FULL + 38_400, 140, FULL - 38_400))
        lift, lasts = found[0], found[1]

        assert [one.name for one in found] == ["lift", "lasts", "size", "margin", "heads", "hard"]
        assert (round(lift.worse), round(lift.better)) == (-248_806, 1_866_266)
        assert (round(lasts.worse), round(lasts.better)) == (80_206, 1_208_244)
        assert axis(found) == (lift.worse, lift.better)


class TestScenarios:
    LINES = (
        Priced("ROOMS", "HEAD_NIGHT", D(195), 480, D(93_600)),
        Priced("TRAVEL", "HEAD", D(300), 139, D(41_700)),
        Priced("AV", "EVENT", D(31_000), 1, D(39_400)),
    )

    def test_each_line_moves_with_what_its_price_is_paid_for(self):
        fewer = hard_cost(self.LINES, LISBON, Change(heads=-16))
        shorter = hard_cost(self.LINES, LISBON, Change(days=-1))

        assert fewer == D("84240") + D("37530") + 39_400
        assert shorter == D("62400") + 41_700 + 39_400

    def test_another_place_is_dearer_for_what_is_of_the_place_and_a_virtual_one_has_none(self):
        assert hard_cost(self.LINES, LISBON, Change(dearer=D("0.1"))) == D("102960") + 81_100
        assert hard_cost(self.LINES, LISBON, Change(is_virtual=True)) == 39_400

    def test_time_moves_with_heads_and_days_and_the_part_of_a_day(self):
        planned = Cost(D(174_700), D(307_200), heads=160, reps=96)
        half = Change(is_virtual=True, day_part=D("0.5"), days=-1, heads=-16)

        found = cost_of(self.LINES, LISBON, half, planned, D(3))

        assert found.time == D("92160")  # half of 307,200, two of three days, 144 of 160 people
        assert (found.hard, found.heads, found.reps) == (39_400, 144, 96)
        assert cost_of(self.LINES, LISBON, Change(), planned, D(3)) == planned
