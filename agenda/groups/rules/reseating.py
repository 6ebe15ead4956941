"""Somebody comes late, or does not come: everybody is seated again with as few moves as can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agenda.groups.rules.bounds import few_of
from agenda.groups.rules.people import Crowd, Flags
from agenda.groups.rules.seating import HARD, Seating
from agenda.groups.rules.solving import found_of, mend
from agenda.groups.rules.weighing import Grouped


@dataclass(frozen=True, slots=True)
class Reseated:
    """Who leads each group and who sits in it; `moves` are people who had a group and have another."""

    leaders: tuple[int, ...]
    members: tuple[tuple[int, ...], ...]
    moves: int
    broken: int


def reseat(
    crowd: Crowd, now: Grouped, waiting: Sequence[int], met: Flags, fixed: Sequence[int] = ()
) -> Reseated:
    """
    Seat those who wait, and fill the places of who leads and of groups that are too small.

    `now` is a round with its holes: a group may have nobody to lead it (−1), or few people. `fixed`
    are pinned. Who waits moves nobody by itself: they sit where they cost least among the groups
    with a place, and others move only where a rule would be broken.
    """
    leaders, members = list(now[0]), [list(some) for some in now[1]]
    left = list(waiting)
    before = {who: group for group, some in enumerate(members) for who in some}
    led_before = {who: group for group, who in enumerate(leaders) if who >= 0}
    _find_leaders(crowd, leaders, members, left, set(fixed))
    rules = crowd.settings
    for who in left:
        group = _cheapest(crowd, leaders, members, who, met, rules.largest)
        members[group].append(who)
    _fill(crowd, leaders, members, met, set(fixed))
    seating = _seated(crowd, leaders, members, met, set(fixed))
    if seating.broken():
        mend(seating, np.random.default_rng(0))
    found = found_of(seating)
    after = {who: group for group, some in enumerate(found.members) for who in some}
    led_after = {who: group for group, who in enumerate(found.leaders) if who >= 0}
    had = before | led_before
    now_at = after | led_after
    moved = sum(
        1
        for who, group in had.items()
        if now_at.get(who) != group or (who in led_after) != (who in led_before)
    )
    return Reseated(found.leaders, found.members, moved, found.broken)


def _find_leaders(
    crowd: Crowd, leaders: list[int], members: list[list[int]], left: list[int], fixed: set[int]
) -> None:
    """Somebody for each group that nobody leads: one who waits, else one out of the largest group."""
    if not crowd.settings.led:
        return
    for group, leader in enumerate(leaders):
        if leader >= 0 or not members[group]:
            continue
        regions = [int(crowd.region[who]) for who in members[group]]
        sitting = [who for some in members for who in some if who not in fixed]
        able = [who for who in [*left, *sitting] if crowd.top[who]]
        if not able:
            continue
        best = min(
            able,
            key=lambda who: (
                regions.count(int(crowd.region[who])) * 2 >= len(regions),
                who not in left,
                any(crowd.apart[who, other] for other in members[group]),
                -max((len(some) for some in members if who in some), default=0),
            ),
        )
        leaders[group] = best
        if best in left:
            left.remove(best)
        else:
            next(some for some in members if best in some).remove(best)


def _cheapest(
    crowd: Crowd,
    leaders: list[int],
    members: list[list[int]],
    who: int,
    met: Flags,
    largest: int,
) -> int:
    """The group in which somebody costs least, of those with a place; of all if none has one."""
    bad = crowd.apart | met if crowd.settings.fresh else crowd.apart
    costs = []
    for group, some in enumerate(members):
        whole = [*some, *([leaders[group]] if leaders[group] >= 0 else [])]
        cost = float(HARD * bad[who, whole].sum() + crowd.alike[who, some].sum())
        team = [crowd.team[one] for one in whole].count(crowd.team[who])
        if crowd.settings.most_of_team and crowd.team[who] >= 0:
            cost += HARD * (team >= crowd.settings.most_of_team)
        region = crowd.region[who]
        if leaders[group] >= 0 and region == crowd.region[leaders[group]] and region >= 0:
            near = [crowd.region[one] for one in some].count(region) + 1
            near_most = few_of(len(some) + 1, len(crowd.regions))
            near_most = 0 if crowd.settings.apart == "EVERY" else near_most
            cost += HARD * (bool(crowd.settings.apart) and near > near_most)
        costs.append((len(some) >= largest, cost, len(some), group))
    return min(costs)[3]


def _fill(
    crowd: Crowd, leaders: list[int], members: list[list[int]], met: Flags, fixed: set[int]
) -> None:
    """Let people of the largest groups sit in those that are too small."""
    smallest = crowd.settings.smallest
    for group, some in enumerate(members):
        while some and len(some) < smallest:
            others = [one for n, one in enumerate(members) if n != group and len(one) > smallest]
            if not others:
                return
            giving = max(others, key=len)
            able = [who for who in giving if who not in fixed]
            if not able:
                return
            bad = crowd.apart | met if crowd.settings.fresh else crowd.apart
            who = min(able, key=lambda one: (bad[one, some].sum(), crowd.alike[one, some].sum()))
            giving.remove(who)
            some.append(who)


def _seated(
    crowd: Crowd, leaders: list[int], members: list[list[int]], met: Flags, fixed: set[int]
) -> Seating:
    seats = {who: group for group, some in enumerate(members) for who in some}
    people = sorted(seats)
    sizes = [len(some) for some in members]
    seating = Seating(crowd, people, leaders, sizes, met)
    seating.seat([seats[who] for who in people])
    for at, who in enumerate(people):
        seating.fixed[at] = who in fixed
    return seating
