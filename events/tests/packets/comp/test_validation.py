"""What the validator says of a plan."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given

from events.packets.comp.rules.comp import Measure, sole
from events.packets.comp.rules.payout import (
    Band,
    Basis,
    Method,
    Pays,
    Plan,
    Threshold,
    exact_payout,
    never_falls,
)
from events.packets.comp.rules.pieces import pieces
from events.packets.comp.rules.validation import Example, Kind, validate
from events.tests.packets.comp.test_payout import plans

D = Decimal
EXAMPLE = Example(D(1000000), D(100000), "EUR")


def bands(*pairs):
    return tuple(Band(D(start), D(rate)) for start, rate in pairs)


def multiplier(*pairs, **parts):
    return Plan(Basis.TV_MULTIPLIER, bands=bands(*pairs), **parts)


def curve(*pairs):
    return Plan(Basis.PAYOUT_CURVE, points=tuple((D(x), D(y)) for x, y in pairs))


STANDARD = multiplier(("0", "1"), ("1", "1.5"), ("1.25", "2"))


def found(plan, **options):
    return validate(sole(plan), EXAMPLE, **options)


def kinds(plan, **options):
    return [finding.kind for finding in found(plan, **options)]


def test_a_sound_plan_has_no_findings():
    assert found(STANDARD) == []
    assert found(multiplier(("0", "0.5"), ("0.5", "1.5"))) == []
    assert found(curve(("0", "0"), ("1", "1"), ("1.5", "2"))) == []


def test_a_naive_decelerator_does_not_pay_the_target_at_100_percent():
    (finding,) = found(multiplier(("0", "0.5"), ("0.5", "1")))

    assert finding.kind == Kind.TARGET
    assert finding.blocks
    assert finding.text == (
        "100% of target pays €75,000, not the target variable of €100,000: 75% of it."
    )
    assert "Raise the rates below 100%" in finding.mend


def test_a_plan_that_pays_too_much_at_100_percent_is_told_so():
    (finding,) = found(multiplier(("0", "1.2")))

    assert "€120,000" in finding.text
    assert "Lower the rates" in finding.mend


def test_a_share_of_revenue_pays_the_target_at_one_quota_only_so_it_does_not_block():
    rate = Plan(Basis.REVENUE_RATE, bands=bands(("0", "0.08")))

    (finding,) = found(rate)

    assert (finding.kind, finding.blocks) == (Kind.TARGET, False)
    assert found(replace(rate, bands=bands(("0", "0.1")))) == []


def test_a_band_above_the_cap_is_never_reached():
    (finding,) = found(replace(STANDARD, cap=D("1.3")))

    assert finding.kind == Kind.UNREACHED
    assert finding.text == "The band from 125% is never reached: the cap of 130% is met before it."
    assert not found(replace(STANDARD, cap=D("1.5")))


def test_a_band_below_the_threshold_never_pays():
    plan = multiplier(
        ("0", "0.7"), ("0.4", "1"), method=Method.RETROACTIVE, threshold=Threshold(D("0.5"))
    )

    (first,) = [one for one in found(plan) if one.kind == Kind.UNREACHED]

    assert first.text == "The band from 0% never pays: it ends below the threshold of 50%."


def test_a_band_or_point_that_says_nothing_new_is_told():
    assert "same rate" in found(multiplier(("0", "1"), ("0.5", "1")))[0].text
    assert "changes nothing" in found(curve(("0", "0"), ("0.5", "0.5"), ("1", "1")))[0].text
    assert found(multiplier(("0", "0"), ("0.5", "2"))) == []


def test_a_cliff_is_told_if_it_is_larger_than_a_share_that_can_be_set():
    plan = replace(STANDARD, threshold=Threshold(D("0.4")))

    (finding,) = found(plan)

    assert finding.kind == Kind.CLIFF
    assert "At 40% the payout jumps by €40,000, from €0 to €40,000: 40%" in finding.text
    assert kinds(plan, cliff=D("0.4")) == []
    assert kinds(plan, cliff=D("0.399")) == [Kind.CLIFF]


def test_a_threshold_that_pays_only_above_it_has_no_cliff():
    plan = multiplier(("0", "2"), threshold=Threshold(D("0.5"), Pays.ABOVE_THRESHOLD))

    assert found(plan) == []


def test_a_retroactive_rate_that_falls_lets_somebody_earn_less_by_selling_more():
    plan = multiplier(("0", "1"), ("1.2", "0.8"), method=Method.RETROACTIVE)

    (finding,) = found(plan)

    assert finding.kind == Kind.FALLS
    assert finding.blocks
    assert finding.text == (
        "Just below 120% the payout is €120,000; with more it falls to €96,000."
        " Whoever sells more earns less until 150%."
    )


def test_a_curve_that_falls_says_from_where_to_where():
    (finding,) = found(curve(("0", "0"), ("1", "1"), ("1.5", "0.8"), ("2", "1.2")))

    assert finding.text == (
        "At 100% the payout is €100,000; with more it falls to €80,000."
        " Whoever sells more earns less until 175%."
    )
    (finding,) = found(curve(("0", "0"), ("1", "1"), ("1.5", "0.8")))
    assert "never earns as much again" in finding.text


def test_weights_and_shares_of_a_split_add_up():
    measures = [Measure("New", D("0.7"), STANDARD), Measure("Renewals", D("0.2"), STANDARD)]

    findings = validate(measures, EXAMPLE, splits=[D("0.6"), D("0.3")])

    assert [one.kind for one in findings] == [Kind.WEIGHTS, Kind.SPLITS]
    assert findings[0].text == "The weights add up to 90%, not to 100%."
    assert findings[0].mend == "Add 10% to a measure."


def test_shares_above_the_whole_are_for_a_plan_that_credits_overlays():
    shares = [D(1), D("0.4")]

    (finding,) = validate([Measure("", D(1), STANDARD)], EXAMPLE, splits=shares)
    assert (finding.kind, finding.blocks) == (Kind.SPLITS, True)
    assert "overlay specialists are credited beside the others" in finding.mend
    sound = [Measure("", D(1), STANDARD)]
    assert validate(sound, EXAMPLE, splits=shares, credits_overlays=True) == []
    (finding,) = validate(sound, EXAMPLE, splits=[D("0.4")], credits_overlays=True)
    assert finding.blocks


def test_a_measure_is_named_and_judged_by_its_part_of_the_target_variable():
    measures = [
        Measure("New", D("0.8"), STANDARD),
        Measure("Renewals", D("0.2"), multiplier(("0", "0.5"))),
    ]

    (finding,) = validate(measures, EXAMPLE)

    assert finding.measure == 1
    assert finding.text.startswith("Renewals: 100% of target pays €10,000, not")


def test_a_steep_rate_without_a_cap_is_told():
    plan = multiplier(("0", "1"), ("1", "4"))

    assert kinds(plan) == [Kind.STEEP]
    assert "at 200% that is 500% of the target variable" in found(plan)[0].text
    assert kinds(replace(plan, cap=D(3))) == []


@pytest.mark.long
@given(plan=plans())
def test_a_fall_is_told_of_no_plan_that_never_falls(plan):
    assume(never_falls(plan))

    assert Kind.FALLS not in kinds(plan)


@given(plan=plans())
def test_the_pieces_of_a_plan_pay_what_the_engine_pays(plan):
    line = pieces(plan, quota=D(1000), target_variable=D(100), until=D(3))

    assert line[0].starts == 0
    assert line[-1].ends == 3
    for piece in line:
        for share in (D(0), D("0.25"), D("0.9")):
            at = piece.starts + (piece.ends - piece.starts) * share
            paid = exact_payout(plan, quota=D(1000), target_variable=D(100), actual=at * 1000)
            straight = piece.first + (piece.last - piece.first) * share
            assert abs(paid - straight) < D("1e-15")


@pytest.mark.parametrize("target", ["0", "0.01"])
def test_a_target_variable_of_nothing_is_no_error(target):
    found = validate(sole(STANDARD), Example(D(1), D(target), "JPY"))

    assert [one.kind for one in found if one.blocks] == []
