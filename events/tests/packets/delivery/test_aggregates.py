"""Sums for approvers: right to the cent, and never those of a few, whatever was shown before."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.packets.delivery.rules import aggregates, rounds
from events.packets.delivery.rules.aggregates import FEWEST, Choice, Figures
from events.tests.factories import packet_content


def figures(person, region="EMEA", currency="EUR", curve="steep", **amounts):
    given = {
        "quota": 100, "base": 60, "target_variable": 40, "cost_half": 80, "cost_above": 140,
    } | amounts  # fmt: skip
    return Figures(
        person, region, currency, curve, **{key: Decimal(value) for key, value in given.items()}
    )


def people(count, first=1, **fields):
    return [figures(number, **fields) for number in range(first, first + count)]


def shown(rows, before=(), known=()):
    return [(choice.currency, choice.region) for choice in aggregates.choose(rows, before, known)]


def seen(rows, before=()):
    """A round together with what was shown of it."""
    return rows, aggregates.choose(rows, before)


def test_sums_are_by_currency_and_shown_from_five_people_on():
    rows = [figures(n, quota=n) for n in range(1, 6)] + people(4, first=6, currency="USD")

    chosen = aggregates.choose(rows)
    euros, emea = aggregates.groups(rows, chosen)

    assert chosen == [Choice("EUR", None, True), Choice("EUR", "EMEA", True)]
    assert (euros.currency, euros.count, euros.sums.quota) == ("EUR", 5, 15)
    assert (euros.sums.on_target, euros.sums.cost_half, euros.sums.cost_above) == (500, 400, 700)
    assert emea.region == "EMEA"


@pytest.mark.parametrize(
    ("sizes", "regions"),
    [
        # One that is too small takes another with it, so that it cannot be worked out
        ({"a": 9, "b": 6, "c": 2}, {"a"}),
        # Small groups that hold five together hide no other
        ({"a": 3, "b": 2, "c": 7}, {"c"}),
        ({"a": 5, "b": 7}, {"a", "b"}),
        ({"a": 1, "b": 5}, set()),
        ({"a": 4}, set()),
    ],
)
def test_regions_are_shown_as_far_as_no_few_can_be_worked_out(sizes, regions):
    rows, first = [], 1
    for region, size in sizes.items():
        rows += people(size, first, region=region)
        first += size

    assert {region for _currency, region in shown(rows)} - {None} == regions


def test_one_packet_more_than_was_shown_is_not_shown():
    before = [seen(people(20))]

    assert shown(people(21), before) == []
    assert shown(people(19), before) == []
    assert shown(people(25), before) == [("EUR", None), ("EUR", "EMEA")]


def test_the_same_figures_again_are_shown_again():
    before = [seen(people(20))]

    assert shown(people(20), before) == [("EUR", None), ("EUR", "EMEA")]


@pytest.mark.parametrize("name", ["quota", "base", "target_variable"])
@pytest.mark.parametrize(("changed", "is_shown"), [(1, False), (4, False), (5, True), (16, False)])
def test_figures_of_a_few_that_changed_or_that_alone_did_not_are_not_shown(name, changed, is_shown):
    rows = people(20)
    after = [replace(row, **{name: Decimal(7)}) for row in rows[:changed]] + rows[changed:]

    assert bool(shown(after, [seen(rows)])) == (is_shown and 20 - changed >= FEWEST)


def test_somebody_who_changes_region_is_not_worked_out_from_two_rounds():
    rows = people(10, region="a") + people(10, first=11, region="b")
    after = [replace(rows[0], region="b"), *rows[1:]]

    assert shown(after, [seen(rows)]) == [("EUR", None)]


def test_somebody_who_changes_currency_is_not_worked_out_from_two_rounds():
    rows = people(10) + people(10, first=11, currency="USD")
    after = [replace(rows[0], currency="USD"), *rows[1:]]

    assert shown(after, [seen(rows)]) == []


def test_three_rounds_tell_no_more_than_two():
    first = seen(people(10))
    second = seen(people(10, first=6), [first])
    # Five of the first and five of the second, so that it tells nobody apart from his cell
    third = people(5) + people(5, first=11)

    assert shown(third, [first, second])
    assert shown([*third[:4], *third[5:], figures(99)], [first, second]) == []


def test_costs_are_hidden_where_few_are_on_a_plan_that_pays_another_share():
    rows = people(6) + people(4, first=7, curve="flat")

    chosen = aggregates.choose(rows)

    assert [choice.with_costs for choice in chosen] == [False, False]
    assert aggregates.groups(rows, chosen)[0].sums.cost_half is None
    assert aggregates.choose(rows + people(1, first=11, curve="flat"))[0].with_costs


def test_whom_an_approver_knows_does_not_count_among_the_five():
    rows = people(6)

    assert shown(rows, known=[frozenset({1, 99})])
    assert shown(rows, known=[frozenset({1, 2})]) == []
    assert shown(rows, known=[frozenset({1}), frozenset({2}), frozenset({1, 2})]) == []
    # Whoever knows all of them learns nothing
    assert shown(rows, known=[frozenset(range(1, 7))])


PERSON = st.integers(1, 20)
PLACE = st.tuples(st.sampled_from("aab"), st.sampled_from(["EUR", "EUR", "USD"]), st.just(100))
# Somebody leaves, or comes (back) with a region, a currency and a quota
CHANGE = st.one_of(
    st.none(),
    st.tuples(st.sampled_from("ab"), st.sampled_from(["EUR", "USD"]), st.sampled_from([100, 90])),
)


def sums_shown(start, changes):
    """Each sum that is shown of a first round and those after it, as the figures that it is of."""
    members, history = dict(start), []
    for change in [{}, *changes]:
        members |= change
        rows = [
            figures(person, place[0], place[1], quota=place[2])
            for person, place in members.items()
            if place is not None
        ]
        history.append(seen(rows, history))
    return [
        {
            (row.currency, row.person, row.quota)
            for row in rows
            if row.currency == choice.currency and choice.region in (None, row.region)
        }
        for rows, chosen in history
        for choice in chosen
    ]


def people_told(sums, factors):
    """Whose figures are left when sums are multiplied, added up and taken off one another."""
    told: Counter = Counter()
    for factor, members in zip(factors, sums, strict=True):
        for figure in members:
            told[figure] += factor
    return {person for (_currency, person, _quota), factor in told.items() if factor}


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(PERSON, PLACE, min_size=10),
    st.lists(st.dictionaries(PERSON, CHANGE, max_size=8), min_size=1, max_size=3),
    st.data(),
)
def test_no_sum_of_sums_tells_the_figures_of_fewer_than_five(start, changes, data):
    sums = sums_shown(start, changes)
    drawn = st.lists(st.integers(-2, 2), min_size=len(sums), max_size=len(sums))
    pairs = [
        [(n == one) - (n == other) for n in range(len(sums))]
        for one in range(len(sums))
        for other in range(one)
    ]

    for factors in [*pairs, data.draw(drawn, label="factors")]:
        assert len(people_told(sums, factors)) not in range(1, FEWEST)


@pytest.mark.parametrize(
    ("title", "role"),
    [("Mid-market AE, Lyon", "Mid-market AE"), ("Enterprise AE", "Enterprise AE"), ("", "")],
)
def test_a_role_is_a_title_without_its_place(title, role):
    assert aggregates.role_of(title) == role


def test_nothing_with_figures_has_them_in_its_repr():
    rows = people(5, quota=917342)
    group = aggregates.groups(rows, aggregates.choose(rows))[0]

    assert "917" not in repr([group, group.sums, *rows])


def test_what_is_kept_of_a_round_reads_back_as_it_was():
    content = packet_content(quota="917342.50")
    rows = [rounds.figures_of(7, "EMEA", content), figures(8)]
    chosen = [Choice("EUR", None, False), Choice("EUR", "", True)]

    kept = rounds.from_text(rounds.to_text(rows, chosen))

    assert (list(kept.rows), list(kept.shown)) == (rows, chosen)


def test_a_curve_is_the_same_for_all_who_are_paid_alike_whatever_they_are_paid():
    rows = [
        rounds.figures_of(1, "", packet_content(base=base, target_variable=target, quota=quota))
        for base, target, quota in ((60000, 40000, 900000), (50000, 30000, 700000))
    ]

    assert rows[0].curve == rows[1].curve
