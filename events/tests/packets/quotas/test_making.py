"""From a full year to one person's periods: season, days there, ramp."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.packets.quotas.rules.making import Ramp, Year, by_season, make_quota, to_step
from events.packets.quotas.rules.quota import quarters, spans, year_from

D = Decimal
JAN, DEC = date(2027, 1, 1), date(2027, 12, 31)
QUARTERLY = Ramp(3, (D("0.25"), D("0.50"), D("0.75"), D(1)))


def year(starts=JAN, shares=None, months=3):
    ends = year_from(starts)
    found = tuple(spans(starts, ends, months))
    return Year(starts, ends, found, tuple(map(D, shares or ["1"] * len(found))))


def amounts(quota):
    return [period.amount for period in quota.periods]


def test_a_ramp_over_four_quarters():
    quota = make_quota(D(1_000_000), year(), hired=JAN, ramp=QUARTERLY)

    assert amounts(quota) == [62_500, 125_000, 187_500, 250_000]
    assert quota.amount == 625_000
    assert quota.origin.ramp == (D("0.25"), D("0.5"), D("0.75"), D(1))


def test_what_remains_goes_to_the_last_quarter():
    assert amounts(make_quota(D(1_000_001), year())) == [250_000, 250_000, 250_000, 250_001]


def test_hired_on_the_first_of_april_is_275_of_365_days():
    quota = make_quota(D(1_200_000), year(), hired=date(2027, 4, 1))

    assert quota.amount == D("904109.59")
    assert (quota.origin.days, quota.origin.year_days) == (275, 365)
    assert amounts(quota) == [0, 301369, 301369, D("301371.59")]
    assert quota.origin.is_prorated
    assert not quota.origin.is_ramped


def test_leaving_cuts_the_year_and_the_last_period_there_takes_the_remainder():
    quota = make_quota(D(365_000), year(), leaves=date(2027, 5, 31))

    assert quota.amount == 151_000
    assert [amount > 0 for amount in amounts(quota)] == [True, True, False, False]


def test_a_season_by_months():
    shares = ["5", "5", "10", "5", "5", "15", "5", "5", "10", "10", "10", "15"]

    found = amounts(make_quota(D(1_000_000), year(shares=shares, months=1)))

    assert found[:3] == [50_000, 50_000, 100_000]
    assert (len(found), sum(found)) == (12, 1_000_000)


def test_a_ramp_in_the_middle_of_a_period_is_averaged_by_days():
    # Hired on 15 February: 45 days of the quarter at half, then 44 of 91 days at half
    half = Ramp(3, (D("0.5"),))

    quota = make_quota(D(400_000), year(), hired=date(2027, 2, 15), ramp=half)

    assert [round(share, 2) for share in quota.origin.ramp] == [D("0.5"), D("0.76"), 1, 1]


def test_a_ramp_that_began_before_the_year_goes_on_in_it():
    quota = make_quota(D(1_000_000), year(), hired=date(2026, 7, 1), ramp=QUARTERLY)

    assert amounts(quota) == [187_500, 250_000, 250_000, 250_000]


@pytest.mark.parametrize(
    "there",
    [{"hired": date(2028, 1, 1)}, {"leaves": date(2026, 12, 31)}],
)
def test_whoever_is_not_there_has_none(there):
    assert make_quota(D(1_000_000), year(), **there) is None


def test_there_only_while_the_season_is_empty():
    quota = make_quota(D(365_000), year(shares=["1", "1", "1", "0"]), hired=date(2027, 10, 1))

    assert amounts(quota) == [0, 0, 0, 92_000]


def test_yen_have_no_decimals():
    quota = make_quota(D(120_000_000), year(), hired=date(2027, 4, 1), unit=D(1))

    assert quota.amount == 90_410_959


@pytest.mark.parametrize("there", [{"hired": date(2027, 4, 1)}, {"leaves": date(2027, 8, 13)}])
def test_who_plans_in_thousands_gets_thousands_and_the_last_period_takes_what_remains(there):
    quota = make_quota(D(1_200_000), year(), unit=D(1000), **there)

    assert not any(amount % 1000 for amount in (quota.amount, *amounts(quota)))
    assert sum(amounts(quota)) == quota.amount


def test_a_ramp_by_thousands():
    quota = make_quota(D(1_000_000), year(), hired=JAN, ramp=QUARTERLY, unit=D(1000))

    assert amounts(quota) == [62_000, 125_000, 187_000, 251_000]


def test_rounding_leaves_nobody_who_is_there_without_a_quota():
    quota = make_quota(D(120_000), year(), leaves=date(2027, 1, 1), unit=D(1000))

    assert (quota.amount, amounts(quota)) == (1000, [1000, 0, 0, 0])


def test_a_quota_says_the_same_whatever_it_came_from():
    assert make_quota(D(400), year(), hired=JAN) == make_quota(D(400), year())


@pytest.mark.parametrize("shares", [["1"], ["0", "0", "0", "0"]])
def test_a_year_has_a_share_for_each_period(shares):
    with pytest.raises(ValueError, match="share"):
        Year(JAN, DEC, tuple(quarters(JAN, DEC)), tuple(map(D, shares)))


shares = st.lists(st.decimals(min_value=0, max_value=100, places=2), min_size=4, max_size=4).filter(
    any
)


@given(amount=st.decimals(min_value=0, max_value=10**10, places=2), shares=shares)
def test_a_season_adds_up_exactly(amount, shares):
    parts = by_season(amount, shares)

    assert sum(parts) == amount
    assert min(parts) >= 0
    assert sum(part != part.to_integral_value() for part in parts) <= 1


@given(
    amount=st.decimals(min_value=0, max_value=10**10, places=2),
    shares=shares,
    hired=st.none() | st.dates(date(2026, 1, 1), date(2028, 2, 1)),
    stays=st.none() | st.integers(0, 900),
    ramp=st.none() | st.just(QUARTERLY) | st.just(Ramp(1, (D(0), D("0.33")))),
)
def test_periods_add_up_within_the_prorated_year(amount, shares, hired, stays, ramp):
    leaves = (hired or JAN) + timedelta(days=stays) if stays is not None else None

    quota = make_quota(amount, year(shares=shares), hired=hired, leaves=leaves, ramp=ramp)

    if quota is None:
        return
    share = D(quota.origin.days) / quota.origin.year_days
    assert sum(amounts(quota)) == quota.amount
    assert min(amounts(quota)) >= 0
    assert quota.amount <= amount * share + D("0.01")  # half a cent, or one rather than nothing
    is_least = quota.amount == D("0.01")
    assert ramp is not None or is_least or abs(quota.amount - amount * share) <= D("0.0050001")


def test_an_amount_in_another_currency_is_rounded_to_its_step():
    assert to_step(D("137512345"), D(1_000_000)) == 138_000_000
    assert to_step(D("1500"), D(1000)) == 2000
