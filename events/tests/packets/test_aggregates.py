"""Sums for approvers: right to the cent, and never those of a few."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.packets.rules import aggregates
from events.packets.rules.aggregates import FEWEST, Figures, hidden_groups


def figures(region="EMEA", currency="EUR", quota=100):
    return Figures(
        region, "AE", currency, Decimal(quota), Decimal(60), Decimal(40),
        (Decimal(80), Decimal(100), Decimal(140)),
    )  # fmt: skip


def test_sums_are_by_currency_and_shown_from_five_people_on():
    rows = [figures(quota=n) for n in range(1, 6)] + [figures(currency="USD")] * 4

    euros, dollars = aggregates.by_currency(rows)

    assert (euros.currency, euros.count, euros.sums.quota) == ("EUR", 5, 15)
    assert (euros.sums.on_target, euros.sums.cost_half, euros.sums.cost_above) == (500, 400, 700)
    assert (dollars.currency, dollars.count, dollars.sums) == ("USD", 4, None)


def test_a_region_that_is_too_small_takes_another_with_it_so_that_it_cannot_be_worked_out():
    rows = [figures("EMEA")] * 9 + [figures("Americas")] * 6 + [figures("APAC")] * 2

    shown = {group.name: group.sums for group in aggregates.by_region(rows)}

    assert shown["APAC"] is None
    assert shown["Americas"] is None
    assert shown["EMEA"].quota == 900


def test_small_groups_that_hold_five_together_hide_no_other():
    assert hidden_groups({"a": 3, "b": 2, "c": 7}) == {"a", "b"}
    assert hidden_groups({"a": 5, "b": 7}) == set()
    assert hidden_groups({"a": 1, "b": 5}) == {"a", "b"}


def test_nothing_of_a_currency_is_shown_by_region_if_its_sum_is_not():
    rows = [figures("EMEA")] * 4

    assert [group.sums for group in aggregates.by_region(rows)] == [None]


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 12), max_size=8))
def test_what_is_hidden_is_nobody_or_enough_people_or_everybody(sizes):
    hidden = hidden_groups(sizes)

    assert all(sizes[name] >= FEWEST for name in set(sizes) - hidden)
    people = sum(sizes[name] for name in hidden)
    assert not hidden or people >= FEWEST or hidden == set(sizes)


@pytest.mark.parametrize(
    ("title", "role"),
    [("Mid-market AE, Lyon", "Mid-market AE"), ("Enterprise AE", "Enterprise AE"), ("", "")],
)
def test_a_role_is_a_title_without_its_place(title, role):
    assert aggregates.role_of(title) == role


def test_nothing_with_figures_has_them_in_its_repr():
    group = aggregates.by_currency([figures(quota=917342)] * 5)[0]

    assert "917" not in repr([group, group.sums, figures(quota=917342)])
