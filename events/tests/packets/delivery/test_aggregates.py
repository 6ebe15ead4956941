"""Sums for approvers: right to the cent, and never those of a few, whatever was shown before."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.packets.delivery.rules import aggregates, cells, rounds
from events.packets.delivery.rules.cells import COSTS, FEWEST, LAST, PLAN, Choice, Figures, Kept
from events.rates.rules import Rate, RateMissing, Reporting
from events.tests.factories import packet_content

DAY = date(2026, 12, 1)


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
    chosen, _told = cells.choose(Kept(tuple(rows)), (), before, known)
    return [(choice.currency, choice.region) for choice in chosen]


def seen(rows, before=()):
    """A round together with what was shown of it."""
    return replace(Kept(tuple(rows)), shown=cells.choose(Kept(tuple(rows)), (), before)[0])


def test_sums_are_by_currency_and_shown_from_five_people_on():
    rows = [figures(n, quota=n) for n in range(1, 6)] + people(4, first=6, currency="USD")

    kept = seen(rows)
    euros, emea = aggregates.groups(kept)

    assert kept.shown == (Choice("EUR", None, (COSTS,)), Choice("EUR", "EMEA", (COSTS,)))
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

    kept = seen(rows)

    assert [choice.beside for choice in kept.shown] == [(), ()]
    assert aggregates.groups(kept)[0].sums.cost_half is None
    assert seen(rows + people(1, first=11, curve="flat")).shown[0].beside == (COSTS,)


def with_last(rows, last=(80, 30)):
    return [replace(row, last=tuple(map(Decimal, last))) for row in rows]


def against(rows, before=()):
    """What is beside the sum of all euros."""
    kept = Kept(tuple(rows), year=2, last_year=1)
    return cells.choose(kept, (), before)[0][0].beside


def test_who_had_no_packet_last_year_is_left_out_with_enough_others():
    rows = with_last(people(12)) + people(1, first=13)

    kept = replace(Kept(tuple(rows), year=2, last_year=1), shown=(Choice("EUR", None, (LAST,)),))
    last = aggregates.groups(kept)[0].last

    assert LAST in against(rows)
    assert (last.count, last.quota_change) == (8, Decimal("0.25"))
    assert len(rows) - last.count == FEWEST


def test_a_percentage_over_fewer_than_five_is_not_shown():
    assert LAST not in against(with_last(people(8)) + people(1, first=9))
    assert LAST in against(with_last(people(9)) + people(1, first=10))


def test_a_percentage_is_not_what_sums_of_last_year_lack_to_tell_who_left():
    year_before = replace(Kept(tuple(people(11, quota=80)), year=1), shown=(Choice("EUR", None),))
    same = with_last(people(11))

    assert LAST in against(same, [year_before])
    # One of these has left: their quota of then is the difference of the two sums
    assert LAST not in against(same[:-1], [year_before])
    assert LAST in against(same[:-5], [year_before])


def test_a_few_who_differ_from_the_plan_are_not_told_by_a_percentage():
    as_planned = [replace(row, plan=(row.quota, row.target_variable)) for row in people(12)]
    off = [replace(row, plan=(Decimal(90), row.target_variable)) for row in as_planned]

    assert PLAN in against(as_planned)
    assert PLAN not in against(off[:1] + as_planned[1:])
    assert PLAN in against(off[:5] + as_planned[5:])


def odd(rows):
    return tuple(replace(row, odd=("quota",)) for row in rows)


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "NONE"), (1, "FEW"), (4, "FEW"), (5, "COUNT"), (7, "COUNT"), (8, "MOST"), (12, "ALL")],
)
def test_exceptions_are_counted_from_five_on(count, told):
    rows = people(12)
    kept = Kept(odd(rows[:count]) + tuple(rows[count:]))

    kept = replace(kept, told=cells.choose(kept, ["quota"])[1])

    way, number = aggregates.told_count(kept, "quota")
    assert (way, number) == (told, count if told in ("COUNT", "ALL") else 0)


def test_a_round_of_seven_does_not_tell_whether_the_seventh_is_an_exception():
    six = Kept(tuple(people(6)))
    six = replace(six, told=cells.choose(six, ["quota"])[1])

    for seventh in (figures(7), *odd([figures(7)])):
        seven = Kept((*six.rows, seventh))
        assert cells.choose(seven, ["quota"], [six])[1] == ()
        assert aggregates.told_count(seven, "quota") == ("HIDDEN", 0)


def test_one_currency_adds_up_what_is_shown_at_dated_rates():
    rates = Reporting("EUR", {"USD": Rate(Decimal("1.1"), DAY)})
    rows = people(5) + people(6, first=6, currency="USD") + people(2, first=12, currency="GBP")
    kept = replace(seen(rows), reporting=rates)

    found = aggregates.groups(kept)
    total = aggregates.total(kept, found)

    # 500 and 600 / 1.1; pounds are too few to be shown, so they need no rate and are in no total
    assert (total.count, total.sums.quota, total.currency) == (11, 500 + 545, "EUR")
    assert kept.without_rate == []


def test_a_rate_that_is_missing_is_named_and_leaves_no_total():
    kept = replace(seen(people(5) + people(6, first=6, currency="CHF")), reporting=Reporting("EUR"))

    assert aggregates.total(kept, aggregates.groups(kept)) is None
    assert kept.without_rate == ["CHF"]
    with pytest.raises(RateMissing, match="CHF"):
        Reporting("EUR").converted(Decimal(1), "CHF")


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


def beside(person, quota):
    """Last year and plan of somebody: some were not there, and some are not what the plan says."""
    return {
        "last": None if person % 7 == 0 else (Decimal(80), Decimal(30)),
        "plan": (quota if person % 6 else Decimal(95), Decimal(40)),
        "odd": ("quota",) if person % 2 else (),
    }


def sums_shown(start, changes):
    """Each sum that is told of a first round and those after it, as the figures that it is of."""
    members, history = dict(start), []
    for change in [{}, *changes]:
        members |= change
        rows = [
            replace(figures(person, place[0], place[1], quota=place[2]), **beside(person, place[2]))
            for person, place in members.items()
            if place is not None
        ]
        kept = Kept(tuple(rows), year=2, last_year=1)
        shown, told = cells.choose(kept, ["quota"], history)
        history.append(replace(kept, shown=shown, told=told))
    return [set(part) for kept in history for parts in cells.said_by(kept) for part in parts]


def people_told(sums, factors):
    """Whose figures are left when sums are multiplied, added up and taken off one another."""
    told: Counter = Counter()
    for factor, members in zip(factors, sums, strict=True):
        for figure in members:
            told[figure] += factor
    return {person for (_name, _currency, person, _amount), factor in told.items() if factor}


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(PERSON, PLACE, min_size=10),
    st.lists(st.dictionaries(PERSON, CHANGE, max_size=8), min_size=1, max_size=2),
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
    group = aggregates.groups(seen(rows))[0]

    assert not re.search(r"917[,_ ]?342", repr([group, group.sums, *rows]))


def test_what_is_kept_of_a_round_reads_back_as_it_was():
    content = packet_content(quota="917342.50")
    pair = (Decimal("800000.25"), Decimal(30000))
    kept = Kept(
        rows=(rounds.figures_of(7, "EMEA", content, day=DAY, last=pair, plan=pair), figures(8)),
        shown=(Choice("EUR", None), Choice("EUR", "", (COSTS, LAST, PLAN))),
        told=("quota",),
        year=4,
        last_year=3,
        last_name="FY27",
        reporting=Reporting("EUR", {"USD": Rate(Decimal("1.08"), DAY)}),
    )

    assert rounds.from_text(rounds.to_text(kept), year=9) == kept


def test_a_round_of_an_earlier_version_reads_without_what_it_did_not_keep():
    text = (
        '{"rows": [[1, "EMEA", "EUR", "x", "5", "4", "3", "2", "1"]],'
        ' "shown": [["EUR", null, true], ["EUR", "EMEA", false]]}'
    )

    kept = rounds.from_text(text, year=9)

    assert (kept.year, kept.rows[0].quota, kept.rows[0].last) == (9, 5, None)
    assert [choice.beside for choice in kept.shown] == [(COSTS,), ()]


def test_a_curve_is_the_same_for_all_who_are_paid_alike_whatever_they_are_paid():
    rows = [
        rounds.figures_of(
            1, "", packet_content(base=base, target_variable=target, quota=quota), day=DAY
        )
        for base, target, quota in ((60000, 40000, 900000), (50000, 30000, 700000))
    ]

    assert rows[0].curve == rows[1].curve
