from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.imports.names import split_names
from events.packets.territories.rules.balance import Load, total, weigh
from events.packets.territories.rules.effect import compare
from events.packets.territories.rules.ownership import Claim, Facts, changes, find_gaps, resolve
from events.packets.territories.rules.places import names_once, place_name
from events.packets.territories.rules.proposals import Worker, propose

PARIS = Facts(1, "Marsanne Logistique", "FR", "France and Benelux", "Mid-market")
BERGEN = Facts(2, "Nordlys Seafood", "NO", "Nordics", "Enterprise")
NOWHERE = Facts(3, "Kinta Growers")


def owners(accounts, *claims):
    return {pk: each.territories for pk, each in resolve(accounts, claims).items()}


@pytest.mark.parametrize(
    ("places", "segments", "fits"),
    [
        (("France",), (), True),
        (("FR",), (), True),
        (("france and benelux",), (), True),
        (("Spain", "France"), ("Enterprise", "mid-market"), True),
        (("France",), ("Enterprise",), False),
        (("Spain",), (), False),
        ((), ("Mid-Market",), True),
        ((), (), False),
    ],
)
def test_criteria_take_an_account_where_each_that_is_stated_fits(places, segments, fits):
    assert owners([PARIS], Claim(7, places, segments)) == {1: (7,) if fits else ()}


def test_a_named_account_overrides_geography():
    by_place = Claim(7, places=("France",))
    by_name = Claim(8, places=("Japan",), named=frozenset({1}))

    assert owners([PARIS, BERGEN], by_place, by_name) == {1: (8,), 2: ()}


def test_an_account_left_out_goes_to_whoever_else_claims_it_or_nobody():
    without = Claim(7, places=("France",), excluded=frozenset({1}))

    assert owners([PARIS], without) == {1: ()}
    assert owners([PARIS], without, Claim(8, segments=("Mid-market",))) == {1: (8,)}


def test_an_account_of_which_nothing_is_known_fits_no_criteria():
    claims = Claim(7, places=("France",)), Claim(8, segments=("Mid-market",))

    assert owners([NOWHERE], *claims) == {3: ()}


def test_what_is_missing_or_too_much_is_found():
    claims = [
        Claim(7, named=frozenset({1}), owner_id=21),
        Claim(8, named=frozenset({1}), owner_id=22),
        Claim(9, owner_id=None),
        Claim(10, places=("Japan",), owner_id=99),
    ]
    gaps = find_gaps(resolve([PARIS, BERGEN], claims), claims, reps=[21, 22, 23])

    assert (gaps.unowned, gaps.double) == ([2], [1])
    assert (gaps.empty, gaps.ownerless, gaps.without) == ([9, 10], [9, 10], [23])
    assert gaps.total == 7


NAMES = st.sampled_from(["France", "FR", "Norway", "Nordics", "Japan", "Georgia"])
SEGMENTS = st.sampled_from(["Enterprise", "Mid-market"])
ACCOUNTS = st.integers(1, 6)
CLAIMS = st.lists(
    st.builds(
        Claim,
        pk=st.integers(1, 9),
        places=st.lists(NAMES, max_size=2).map(tuple),
        segments=st.lists(SEGMENTS, max_size=2).map(tuple),
        named=st.frozensets(ACCOUNTS, max_size=3),
        excluded=st.frozensets(ACCOUNTS, max_size=3),
        owner_id=st.none() | st.integers(1, 9),
    ),
    max_size=6,
    unique_by=lambda claim: claim.pk,
)
FACTS = st.lists(
    st.builds(
        Facts,
        pk=ACCOUNTS,
        name=st.just("x"),
        country=st.sampled_from(["", "FR", "NO", "JP", "GE", "US"]),
        region=st.sampled_from(["", "Nordics", "Georgia"]),
        segment=SEGMENTS | st.just(""),
    ),
    max_size=6,
    unique_by=lambda facts: facts.pk,
)


@given(FACTS, CLAIMS)
def test_no_account_has_two_owners_unless_it_is_reported(accounts, claims):
    holdings = resolve(accounts, claims)
    gaps = find_gaps(holdings, claims, reps=range(1, 5))

    for pk, holding in holdings.items():
        assert len(holding.territories) <= 1 or pk in gaps.double
        assert bool(holding.territories) != (pk in gaps.unowned)
        namers = {claim.pk for claim in claims if pk in claim.named}
        assert holding.by_name == bool(namers)
        assert not namers or set(holding.territories) == namers
    assert holdings.keys() == {facts.pk for facts in accounts}


@given(FACTS, CLAIMS)
def test_looking_places_up_gives_what_trying_each_claim_would(accounts, claims):
    together = resolve(accounts, claims)
    assert together.keys() == {facts.pk for facts in accounts}
    for facts in accounts:
        alone = [pk for claim in claims for pk in resolve([facts], [claim])[facts.pk].territories]
        if not together[facts.pk].by_name:
            assert sorted(alone) == list(together[facts.pk].territories)


@given(FACTS, CLAIMS, CLAIMS)
def test_changes_lead_from_what_was_to_what_is(accounts, before, after):
    was, now = resolve(accounts, before), resolve(accounts, after)
    found = changes(was, now)

    assert {each.account_id for each in found} <= {facts.pk for facts in accounts}
    for facts in accounts:
        mine = [each for each in found if each.account_id == facts.pk]
        held, holds = set(was[facts.pk].territories), set(now[facts.pk].territories)
        assert {each.before for each in mine} - {None} == held - holds
        assert {each.after for each in mine} - {None} >= holds - held
        assert {each.after for each in mine} - {None} <= holds


def test_who_keeps_an_account_that_two_claimed_is_where_it_went():
    was = resolve([PARIS], [Claim(7, named=frozenset({1})), Claim(8, named=frozenset({1}))])
    now = resolve([PARIS], [Claim(7), Claim(8, named=frozenset({1}))])

    (change,) = changes(was, now)
    assert (change.before, change.after) == (7, 8)


def test_twenty_percent_off_the_mean_is_uneven_and_beyond_one_and_a_half_deviations_an_outlier():
    # Mean 10; the population's standard deviation is the root of 18
    balance = weigh([4, 8, 8, 10, 12, 12, 12, 14])

    assert balance.mean == 10
    assert [each.is_uneven for each in balance.compared] == [True, *[False] * 6, True]
    assert (balance.uneven, balance.outliers) == (2, 1)
    assert balance.compared[0].is_outlier
    assert balance.compared[0].share == Decimal("-0.6")


@pytest.mark.parametrize("values", [[], [0], [0, 0], [7, 7, 7]])
def test_equal_figures_are_even(values):
    balance = weigh(values)

    assert (balance.uneven, balance.outliers) == (0, 0)


@given(st.lists(st.integers(0, 10**9), max_size=30))
def test_deviations_add_up_to_nothing(values):
    balance = weigh(values)

    assert abs(sum(each.deviations for each in balance.compared)) < Decimal("0.000001")
    assert balance.outliers <= len(values)


def test_currencies_are_never_added_up():
    euros = Load(1, 2, {"EUR": Decimal(5)}, 1, {"EUR": Decimal(7)})
    dollars = Load(1, 1, {"USD": Decimal(5)})

    whole = total([euros, dollars, euros])

    assert whole.pipeline == {"EUR": Decimal(10), "USD": Decimal(5)}
    assert (whole.accounts, whole.open_deals, whole.won) == (3, 5, {"EUR": Decimal(14)})


def worker(pk, name, won=0, pipeline=0, deals=0, currency="USD"):
    load = Load(0, deals, {currency: Decimal(pipeline)}, 0, {currency: Decimal(won)})
    return Worker(pk, name, load)


@pytest.mark.parametrize(
    ("workers", "owner"),
    [
        ([worker(1, "Ada", won=5), worker(2, "Bo", won=9)], 2),
        ([worker(1, "Ada", 5, pipeline=1), worker(2, "Bo", 5, pipeline=2)], 2),
        ([worker(1, "Ada", 5, 1, deals=3), worker(2, "Bo", 5, 1, deals=4)], 2),
        ([worker(2, "Bo", 5, 1, 3), worker(1, "Ada", 5, 1, 3)], 1),
        ([worker(2, "Bo"), worker(1, "Bo")], 1),
    ],
    ids=["won revenue", "open pipeline", "count of deals", "name", "one name twice"],
)
def test_an_owner_is_proposed_by(workers, owner):
    assert propose(9, workers).owner.person_id == owner
    assert propose(9, list(reversed(workers))).owner.person_id == owner


def test_only_those_who_may_own_are_proposed_and_nobody_where_none_may():
    workers = [worker(1, "Ada", won=5), worker(2, "Bo", won=9)]

    assert propose(9, workers, may_own={1}).owner.person_id == 1
    assert propose(9, workers, may_own=set()).owner is None
    assert propose(9, []).owner is None


def test_amounts_of_two_currencies_are_compared_in_the_one_that_most_sell_in():
    workers = [
        worker(1, "Ada", won=90, currency="JPY"),
        worker(2, "Bo", won=5, currency="EUR"),
        worker(3, "Cy", won=7, currency="EUR"),
    ]
    proposal = propose(9, workers)

    assert (proposal.owner.person_id, proposal.currency) == (3, "EUR")


def test_names_in_a_cell_are_parted_and_codes_become_countries():
    assert names_once(split_names(" France ;; Belgium\nfrance; ")) == ["France", "Belgium"]
    assert [place_name(each) for each in ("FR", "US", "Nordics", "UK")] == [
        "France",
        "United States",
        "Nordics",
        "UK",
    ]


def test_the_effect_flags_amounts_among_those_who_sell_in_the_same_currency():
    euros = [Load(1, pipeline={"EUR": Decimal(100)}) for _one in range(3)]
    dollars = [Load(1, pipeline={"USD": Decimal(10)}), Load(1, pipeline={"USD": Decimal(10)})]
    moved = [Load(2, pipeline={"USD": Decimal(15)}), Load(1, pipeline={"USD": Decimal(5)})]

    rows = compare([*euros, *dollars], [*euros, *moved])

    assert [(row.pipeline.flag_before, row.pipeline.flag_after) for row in rows] == [
        ("", ""), ("", ""), ("", ""), ("", "50% above the mean"), ("", "50% below the mean"),
    ]  # fmt: skip
