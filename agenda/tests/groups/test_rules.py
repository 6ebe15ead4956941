from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agenda.groups.actions.searching import search
from agenda.groups.rules.bounds import Impossible, find_collisions
from agenda.groups.rules.people import Crowd, Guest
from agenda.groups.rules.settings import Settings, settings_of
from agenda.groups.rules.solving import Asked, Pinned, solve

REGIONS = ("Americas", "EMEA", "Asia-Pacific")
FUNCTIONS = ("SALES", "SALES_ENGINEERING", "CUSTOMER_SUCCESS")


def person(number, *, teams=9, top=False, **said):
    team = number % teams
    return Guest(
        key=str(number),
        region=REGIONS[team % 3],
        team=f"Team {team}",
        manager="" if number < teams else str(team),
        function=FUNCTIONS[number % 5 % 3],
        tenure=("new", "settled", "long")[number % 7 % 3],
        value=(number * 37 % 100) * 1000,
        **{"top": top, **said},
    )


def crowd_of(count, *, tops=3, rules=None, **said):
    rules = rules or Settings()
    return Crowd([person(n, top=(n + n // 9) % tops == 0, **said) for n in range(count)], rules)


def broken_rules(crowd, rounds):
    """What of the hard rules does not hold, said by counting people one by one."""
    rules, guests = crowd.settings, crowd.guests
    found, met = [], set()
    for one in rounds:
        seen = Counter([*one.leaders, *(who for some in one.members for who in some)])
        found += [f"{n} is there {times} times" for n, times in seen.items() if times > 1]
        found += [f"{n} is nowhere" for n in range(len(guests)) if n not in seen]
        for leader, members in zip(one.leaders, one.members, strict=True):
            whole = [guests[leader], *(guests[who] for who in members)]
            regions = Counter(guests[who].region for who in members)
            if not rules.smallest <= len(members) <= rules.largest:
                found.append(f"a group of {len(members)}")
            if regions.most_common(1)[0][0] == whole[0].region:
                found.append("led from the region of most")
            if rules.apart == "EVERY" and whole[0].region in regions:
                found.append("led from a region that sits there")
            if (
                rules.most_of_team
                and max(Counter(one.team for one in whole).values()) > rules.most_of_team
            ):
                found.append("too many of a team")
            for pair in combinations(whole, 2):
                keys = frozenset(one.key for one in pair)
                if pair[0].manager == pair[1].key or pair[1].manager == pair[0].key:
                    found.append("with their manager")
                if keys in met:
                    found.append("met again")
                met.add(keys)
    return found


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    count=st.integers(70, 120),
    rounds=st.integers(1, 2),
    apart=st.sampled_from(["MAJORITY", "EVERY"]),
)
def test_no_hard_rule_is_broken_in_any_round(count, rounds, apart):
    crowd = crowd_of(count, rules=Settings(apart=apart, most_of_team=3))
    found = solve(crowd, [Asked()] * rounds)
    assert len(found) == rounds
    assert broken_rules(crowd, found) == []
    assert all(one.cost >= one.bound for one in found)


def test_a_thousand_people_are_seated_in_five_rounds_and_the_same_way_again():
    crowd = crowd_of(1000, tops=5, teams=100)
    found = solve(crowd, [Asked()] * 5)
    assert broken_rules(crowd, found) == []
    assert max(one.gap for one in found) < 0.2
    assert solve(crowd, [Asked()] * 5) == found


def test_whoever_is_pinned_stays_and_whoever_is_out_sits_nowhere():
    crowd = crowd_of(60, rules=Settings(most_of_team=3))
    asked = Asked(out=frozenset({"7"}), pins={"0": Pinned(2, leads=True), "11": Pinned(1)})
    [found] = solve(crowd, [asked])
    assert found.leaders[2] == 0
    assert 11 in found.members[1]
    assert 7 not in [*found.leaders, *(who for some in found.members for who in some)]


def test_new_hires_each_get_a_buddy_of_another_team():
    rules = settings_of("BUDDIES", {})
    old = [person(n, top=True, sits=False) for n in range(12)]
    new = [person(n) for n in range(12, 18)]
    [found] = solve(Crowd([*old, *new], rules), [Asked()])
    assert sorted(who for some in found.members for who in some) == list(range(12, 18))
    assert all(leader < 12 for leader in found.leaders)


@pytest.mark.parametrize(
    ("crowd", "rounds", "said"),
    [
        (crowd_of(4), 1, "4 people make no group of 5"),
        (
            crowd_of(25, rules=Settings(smallest=8, largest=9)),
            1,
            "25 people cannot be shared out into groups of 8 to 9",
        ),
        (
            crowd_of(60, rules=Settings(smallest=9, largest=10, most_of_team=0)),
            2,
            "60 people in 6 groups of 10 cannot meet afresh twice",
        ),
        (crowd_of(36, tops=1, rules=Settings(most_of_team=0, smallest=5)), 8, "meets somebody twice"),
        (
            Crowd([replace(person(n, top=True), region="EMEA") for n in range(30)], Settings()),
            1,
            "Everybody is of one region, EMEA",
        ),
        (
            Crowd([person(n, teams=50, top=n < 7) for n in range(300)], Settings()),
            1,
            "7 people may lead a group, and 300 people need 28 groups",
        ),
        (
            crowd_of(60, teams=7, rules=Settings(most_of_team=1, smallest=6, largest=7)),
            1,
            "At most 1 of a team",
        ),
        (
            Crowd(
                [replace(person(n, top=n < 12), region="EMEA" if n < 55 else "Americas") for n in range(60)],
                Settings(apart="EVERY", most_of_team=0),
            ),
            1,
            "their groups cannot hold them",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_words_with_a_way_out(crowd, rounds, said):
    with pytest.raises(Impossible, match=said) as refused:
        solve(crowd, [Asked()] * rounds)
    assert all(one.ways for one in refused.value.collisions)


def test_too_few_tables_are_counted_with_the_people_left_over():
    crowd = crowd_of(86, rules=Settings(smallest=8, largest=9, most_of_team=0, fresh=False))
    [found] = find_collisions(crowd, 3, [9, 9, 7])
    assert found.round == 3
    assert found.said == (
        "79 people at 7 free tables make groups of 12. You allow 9: 63 seats, 16 people without one."
    )


def test_the_best_of_a_few_is_proven_or_its_distance_is_known():
    crowd = crowd_of(24, rules=Settings(most_of_team=0, value=0, smallest=5, largest=7))
    [quick] = solve(crowd, [Asked()])
    [found] = search(crowd, [Asked()], seconds=5)
    assert broken_rules(crowd, [found]) == []
    assert found.cost <= quick.cost
    assert found.bound <= found.cost
    assert found.is_proven or found.gap > 0


def test_a_search_that_is_stopped_keeps_what_it_found():
    crowd = crowd_of(40, rules=Settings(most_of_team=3))
    told = []
    found = search(
        crowd,
        [Asked()],
        seconds=600,
        goes_on=lambda: not told,
        tell=lambda n, one: told.append(one),
    )
    assert found == told
