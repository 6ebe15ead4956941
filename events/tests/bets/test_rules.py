from decimal import Decimal

import pytest

from events.bets.rules import way


@pytest.mark.parametrize(
    ("baseline", "target", "value", "gone"),
    [
        (20, 40, 30, 50),
        (90, 60, 80, 33),  # fewer is better
        (20, 40, 10, 0),
        (20, 40, 50, 100),
        (20, 20, 20, None),
        (None, 40, 30, None),
        (20, 40, None, None),
    ],
)
def test_the_way_to_a_target_is_told_from_where_it_began(baseline, target, value, gone):
    figures = [None if one is None else Decimal(one) for one in (baseline, target, value)]

    assert way(*figures) == gone
