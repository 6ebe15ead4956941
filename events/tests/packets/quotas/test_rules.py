"""Quotas over their quarters."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.packets.quotas.rules.quota import Period, Quota, split_evenly, spread

D = Decimal


def test_what_remains_of_a_quota_goes_to_the_last_quarter():
    assert split_evenly(D(1000001), 4) == [250000, 250000, 250000, 250001]


@given(
    amount=st.decimals(min_value=0, max_value=10**9, places=2),
    starts=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    days=st.integers(0, 730),
)
def test_quarters_follow_each_other_to_the_last_day_and_add_up(amount, starts, days):
    ends = date.fromordinal(starts.toordinal() + days)

    periods = spread(amount, starts, ends).periods

    assert (periods[0].starts, periods[-1].ends) == (starts, ends)
    assert all((after.starts - before.ends).days == 1 for before, after in pairwise(periods))
    assert sum(period.amount for period in periods) == amount


def test_a_quota_whose_periods_do_not_add_up_cannot_be_made():
    whole = Period(date(2027, 3, 1), date(2028, 2, 29), D(1))

    with pytest.raises(ValueError, match="add up"):
        Quota(D(2), (whole,))
