"""A company target down the tree: sums, over-assignment, what is pinned."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.packets.quotas.rules.cascade import (
    cascade,
    compounding,
    floored,
    moves,
    over,
    rolled_up,
    rounded_up,
    share_out,
    summed_weights,
)
from events.packets.quotas.rules.flags import Flag, flag_over, flag_rep
from events.packets.quotas.rules.tree import COMPANY, build_tree

D = Decimal
FIVE, TEN = D("0.05"), D("0.10")
# One VP over one manager over one rep, beside another VP, so that nobody leads everybody
CHAIN = {1: None, 2: 1, 3: 2, 4: None, 5: 4, 6: 5}


def tree_of(managers, reps=(3, 6)):
    return build_tree(reps, managers)


@st.composite
def companies(draw):
    """Random manager trees of up to four levels with reps at their ends."""
    managers, ids = {}, iter(range(1, 500))
    level = [None]
    for depth in range(draw(st.integers(1, 4))):
        below = []
        for above in level:
            for _ in range(draw(st.integers(1, 3) if depth else st.integers(2, 4))):
                one = next(ids)
                managers[one] = above
                below.append(one)
        level = below
    return build_tree(level, managers)


amounts = st.decimals(min_value=0, max_value=10**10, places=2)
steps = st.sampled_from([D("0.01"), D(1), D(500), D(1000)])
overs = st.lists(st.decimals(min_value=0, max_value=1, places=3), min_size=1, max_size=4)


def test_over_assignment_compounds_down_the_levels():
    tree = tree_of(CHAIN)

    found = cascade(
        D(10_000_000), tree, over=[FIVE, FIVE, TEN], weights={1: D(1)}, pinned={}, step=D(1)
    )

    assert (found[1], found[2], found[3]) == (10_500_000, 11_025_000, 12_127_500)
    told = compounding(D(10_000_000), tree, found)
    assert told.levels == (FIVE, FIVE, TEN)
    assert told.total == D("0.21275")


@pytest.mark.long
@given(company=companies(), target=amounts, step=steps, over=overs, data=st.data())
def test_each_roll_up_is_the_sum_and_never_under_its_manager(company, target, step, over, data):
    weight = st.decimals(min_value=0, max_value=10**7, places=2)
    weights = {one: data.draw(weight) for one in company.walk()}

    found = cascade(target, company, over=over, weights=weights, pinned={}, step=step)

    assert set(found) == set(company.walk())
    assert all(amount >= 0 and amount % step == 0 for amount in found.values())
    for above, total in rolled_up(company, found).items():
        own = target if above is COMPANY else found[above]
        level = 0 if above is COMPANY else company.depth[above]
        pool = own * (1 + over[min(level, len(over) - 1)])
        assert pool <= total < pool + step


@given(company=companies(), target=amounts, step=steps, data=st.data())
def test_what_is_pinned_stays_and_the_others_share_the_rest(company, target, step, data):
    everybody = sorted(company.walk())
    chosen = data.draw(st.lists(st.sampled_from(everybody), unique=True))
    pinned = {one: data.draw(amounts) for one in chosen}
    weights = dict.fromkeys(everybody, D(1))

    found = cascade(target, company, over=[FIVE], weights=weights, pinned=pinned, step=step)

    assert {one: found[one] for one in chosen} == pinned
    for above, total in rolled_up(company, found).items():
        own = target if above is COMPANY else found[above]
        team = company.children[above]
        fixed = sum(pinned[one] for one in team if one in pinned)
        if any(one not in pinned for one in team):
            assert total >= own
            assert total < max(own * D("1.05"), fixed) + 2 * step


@given(company=companies(), target=amounts, step=steps, over=overs)
def test_a_cascade_of_what_it_gave_changes_nothing(company, target, step, over):
    weights = dict.fromkeys(company.walk(), D(1))
    given = {"over": over, "weights": weights, "step": step}
    first = cascade(target, company, pinned={}, **given)

    assert moves(first, cascade(target, company, pinned={}, **given)) == []
    assert moves(first, cascade(target, company, pinned=first, **given)) == []


@given(company=companies(), target=st.integers(1, 10**9), over=overs)
def test_the_levels_compound_to_the_total(company, target, over):
    weights = dict.fromkeys(company.walk(), D(1))
    found = cascade(D(target), company, over=over, weights=weights, pinned={})

    told = compounding(D(target), company, found)

    product = D(1)
    for level in told.levels:
        product *= 1 + level
    assert abs(product - 1 - told.total) < D("1e-18")
    assert told.total == sum(found[rep] for rep in company.reps()) / D(target) - 1


def test_whole_steps_go_by_largest_fraction_then_by_order():
    thirds = {1: D(1), 2: D(1), 3: D(1)}

    assert share_out(D(10_000), thirds, D(1000)) == {1: 4000, 2: 3000, 3: 3000}
    assert share_out(D(10), {1: D(1), 2: D(8), 3: D(1)}, D(1)) == {1: 1, 2: 8, 3: 1}
    assert share_out(D(3000), {1: D(0), 2: D(0)}, D(1000)) == {1: 2000, 2: 1000}
    assert share_out(D(5), {}, D(1)) == {}
    assert rounded_up(D("10805976.72"), D(1)) == 10_805_977
    assert rounded_up(D(12_000), D(1000)) == 12_000


def test_when_hand_set_amounts_leave_nothing_the_others_get_nothing():
    tree = tree_of({1: None, 2: None}, reps=(1, 2))

    found = cascade(D(100), tree, over=[D(0)], weights={}, pinned={1: D(130)})

    assert found == {1: 130, 2: 0}
    assert flag_rep(found[2]) == Flag.MISSING


def test_reps_who_won_little_count_with_a_share_of_the_median():
    won = {1: D(100), 2: D(300), 3: D(200), 4: D(0), 5: D(90)}

    weights, floor = floored(won, [1, 2, 3, 4, 5, 6], D("0.5"))

    # The median of those who won anything is 150
    assert (floor.amount, floor.lifted) == (75, (4, 6))
    assert weights == {1: 100, 2: 300, 3: 200, 4: 75, 5: 90, 6: 75}


def test_with_no_revenue_at_all_everybody_weighs_the_same():
    weights, floor = floored({}, [1, 2], D("0.5"))

    assert (weights, floor.amount, floor.lifted) == ({1: 0, 2: 0}, 0, ())


def test_a_manager_weighs_what_the_team_weighs():
    tree = tree_of(CHAIN)

    assert summed_weights(tree, {3: D(7), 6: D(5)}) == {1: 7, 2: 7, 3: 7, 4: 5, 5: 5, 6: 5}


@pytest.mark.parametrize(
    ("parent", "children", "reason", "flag"),
    [
        (100, 100, False, Flag.FINE),
        (100, 125, False, Flag.FINE),
        (100, "125.01", False, Flag.OVER),
        (100, 99, False, Flag.UNDER),
        (100, 99, True, Flag.EXPLAINED),
        (0, 99, False, Flag.MISSING),
    ],
)
def test_over_assignment_is_flagged_when_negative_or_above_a_quarter(
    parent, children, reason, flag
):
    assert flag_over(over(D(parent), D(children)), has_reason=reason) == flag


def test_moves_tell_the_largest_first():
    found = moves({1: D(10), 2: None, 3: D(7)}, {1: D(9), 2: D(50), 3: D(7)})

    assert [(move.person_id, move.before, move.by) for move in found] == [
        (2, None, 50),
        (1, 10, -1),
    ]
