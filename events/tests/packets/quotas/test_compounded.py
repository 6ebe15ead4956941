"""Over-assignment in words: what is shown of the levels comes to the total that is shown."""

import re
from decimal import Decimal
from math import prod

from hypothesis import given
from hypothesis import strategies as st

from events.packets.quotas.rules.words import compounded, signed

D = Decimal
FIGURE = re.compile(r"[+−][\d,.]+(?=%)")
levels = st.lists(st.decimals(min_value="-0.3", max_value="0.6", places=7), min_size=2, max_size=5)


def worked_out(text):
    """What the levels of a sentence come to, and what it says that they come to."""
    figures = [D(one.replace("−", "-").replace(",", "")) / 100 for one in FIGURE.findall(text)]
    return prod(1 + one for one in figures[:-1]) - 1, figures[-1]


def test_levels_that_are_whole_stay_short():
    assert compounded([D("0.08"), D("0.08")], D("0.1664")) == "+8%, then +8%: +16.6% in all"


def test_rounded_levels_get_the_decimals_that_the_total_needs():
    # As tenths: 5%, 5% and 8.4% are 19.5%, not the 19.6% that they come to
    told = compounded([D("0.0503"), D("0.0502"), D("0.0843")], D("0.19600"))

    found, said = worked_out(told)
    assert said == D("0.196")
    assert abs(found - said) <= D("0.0005")


def test_one_level_needs_no_sum():
    assert compounded([D("0.05")], D("0.05")) == ""


@given(levels)
def test_what_is_shown_adds_up(shares):
    total = prod(1 + one for one in shares) - 1

    found, said = worked_out(compounded(shares, total))

    assert abs(found - said) <= D("0.00051")


def test_a_sign_stands_before_each_share():
    assert [signed(D(one)) for one in ("0.08", "-0.025", "0", "-0.0001")] == [
        "+8%",
        "−2.5%",
        "+0%",
        "+0%",
    ]
