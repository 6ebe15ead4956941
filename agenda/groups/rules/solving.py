"""
Rounds of groups, one after the other: who leads, a greedy seating, then swaps that mend and improve.

The same people, rules and seed give the same groups.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.utils.translation import ngettext

from agenda.groups.rules.bounds import (
    Collision,
    Impossible,
    NotFound,
    Way,
    find_collisions,
    group_counts,
    holds,
    most_leaders,
    widest,
)
from agenda.groups.rules.people import Crowd, Flags, Ints
from agenda.groups.rules.seating import HARD, Seating

MENDS = 4000  # swaps tried to mend a round
SMALL = 120  # people up to which every one of them is tried again and again
SOME, TURNS = 60, 6  # the dearest who are tried in a larger crowd, and how often in a small one
TRIED = 5  # numbers of groups
SEEDS = 4  # beginnings that are tried for one number of groups
_COMFORT = 0.7  # of as many people as there are groups can be met afresh without a long search


@dataclass(frozen=True, slots=True)
class Pinned:
    """Where somebody stays: the number of the group, from 0, and whether they lead it."""

    group: int
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """
    One round to be solved: how many groups there is room for (None: as many as are needed), who
    takes no part (by keys), and who stays where they are.
    """

    tables: int | None = None
    out: frozenset[str] = frozenset()
    pins: Mapping[str, Pinned] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """
    Groups of one round: who leads each (−1: nobody) and who sits in it, as numbers of the crowd.

    `cost` counts wishes that are not met, `bound` what it cannot be below, `broken` hard rules.
    """

    leaders: tuple[int, ...]
    members: tuple[tuple[int, ...], ...]
    cost: int
    bound: int
    broken: int = 0
    is_proven: bool = False

    @property
    def gap(self) -> float:
        """How far from the best possible it is at most: 0.006 is 0.6%."""
        return 0.0 if self.is_proven or self.cost <= self.bound else 1 - self.bound / self.cost


Going = Callable[[], bool]


def always() -> bool:
    """For a search that nobody stops."""
    return True


def solve(
    crowd: Crowd,
    rounds: Sequence[Asked],
    *,
    met: Flags | None = None,
    led: Ints | None = None,
    goes_on: Going = always,
    tell: Callable[[int, Found], object] = lambda _number, _found: None,
) -> list[Found]:
    """
    Groups for each round, in which no hard rule is broken.

    `met` are pairs who have met before, and `led` how often each has led: they count as those of
    earlier rounds do. `goes_on` is asked between tries, and `tell` hears of each round as it is found.

    :raises Impossible: counting says that it cannot be
    :raises NotFound: no way was found
    """
    tables = [one.tables for one in rounds if one.tables is not None]
    counted = tables if len(tables) == len(rounds) else None
    if collisions := list(find_collisions(crowd, len(rounds), counted)):
        raise Impossible(*collisions)
    best: tuple[int, int] | None = None
    for groups in tried(crowd, rounds):
        for seed in range(SEEDS if crowd.count > SMALL else 3 * SEEDS):
            found, broken = _all_rounds(crowd, rounds, groups, seed, (met, led), tell)
            if not broken and len(found) == len(rounds):
                return found
            if best is None or (-len(found), broken) < best:
                best = (-len(found), broken)
            if not goes_on():
                break
    raise NotFound(not_found(-best[0], best[1]) if best else not_found(0, 0))


def not_found(found: int, broken: int) -> Collision:
    """That a search ended after so many rounds, in words."""
    said = ngettext(
        "No groups were found for round %(round)d: the best try breaks %(count)d rule. It is not"
        " proven that there are none.",
        "No groups were found for round %(round)d: the best try breaks %(count)d rules. It is not"
        " proven that there are none.",
        broken,
    ) % {"round": found + 1, "count": broken}
    return Collision(said, (Way("fresh", False),), found + 1)


def tried(crowd: Crowd, rounds: Sequence[Asked]) -> list[int]:
    """Numbers of groups, the most promising first: as in the middle of the sizes, or smaller."""
    settings = crowd.settings
    everybody = bool(crowd.sits.all())
    people = crowd.count if everybody else int(crowd.sits.sum())
    allowed = group_counts(crowd.count, settings, None if everybody else people)
    most = allowed[-1]
    if settings.led:
        most = min(most, int(crowd.top.sum()))
    most = min([most, *(one.tables for one in rounds if one.tables is not None)])
    every = range(allowed[0], most + 1)
    counts = [count for count in every if _fits(crowd, count, 1.15)]
    counts = counts or [count for count in every if _fits(crowd, count, 1)]
    lead = settings.led_seats if everybody else 0
    middle = (settings.smallest + settings.largest) / 2 + lead
    liked = min(max(round(people / middle), counts[0]), counts[-1])
    if settings.fresh and len(rounds) > 1:
        while liked < counts[-1] and people / liked > _COMFORT * liked:
            liked += 1
    return sorted(counts, key=lambda count: (abs(count - liked), -count))[:TRIED]


def _fits(crowd: Crowd, groups: int, room: float) -> bool:
    """Whether so many groups hold `room` times the region of most, by whoever may lead them."""
    if not crowd.settings.apart or not crowd.settings.led:
        return True
    _region, count, strangers = widest(crowd)
    return holds(crowd.count, crowd.settings, groups, int(count * room), strangers)


def _all_rounds(
    crowd: Crowd,
    rounds: Sequence[Asked],
    groups: int,
    seed: int,
    before: tuple[Flags | None, Ints | None],
    tell: Callable[[int, Found], object],
) -> tuple[list[Found], int]:
    """Rounds in sequence until one breaks a rule, and how many it breaks."""
    met, often = before
    seen: Flags = np.zeros((crowd.count, crowd.count), bool) if met is None else met.copy()
    led: Ints = np.zeros(crowd.count, np.int64) if often is None else often.copy()
    found: list[Found] = []
    for number, asked in enumerate(rounds):
        one = solve_round(crowd, asked, groups, seen, led, seed)
        if one is None:
            return found, crowd.count
        if one.broken:
            return found, one.broken
        found.append(one)
        tell(number, one)
        remember(one, seen, led)
    return found, 0


def remember(found: Found, met: Flags, led: Ints) -> None:
    """Add the pairs of a round to those who have met, and whoever led to those who did."""
    for leader, members in zip(found.leaders, found.members, strict=True):
        whole = np.array([*members, leader] if leader >= 0 else members, np.int64)
        met[np.ix_(whole, whole)] = True
        if leader >= 0:
            led[leader] += 1
    np.fill_diagonal(met, False)


def solve_round(
    crowd: Crowd, asked: Asked, groups: int, met: Flags, led: Ints, seed: int = 0
) -> Found | None:
    """The groups of one round; None where nobody is there to lead them."""
    here: Flags = np.array([one.key not in asked.out for one in crowd.guests], bool)
    leaders = choose_leaders(crowd, asked, groups, here, led, seed)
    if leaders is None:
        return None
    free = here & crowd.sits
    free[[one for one in leaders if one >= 0]] = False
    members = np.flatnonzero(free)
    low, more = divmod(len(members), groups)
    sizes = [low + 1] * more + [low] * (groups - more)
    seating = Seating(crowd, members, leaders, sizes, met)
    draw = np.random.default_rng(seed)
    seat_pinned(seating, asked)
    seat_greedily(seating, draw)
    mend(seating, draw)
    improve(seating, draw)
    return found_of(seating)


def seating_of(crowd: Crowd, found: Found, met: Flags) -> Seating:
    """A round that was found, to be worked on further."""
    seats = {who: group for group, members in enumerate(found.members) for who in members}
    members = sorted(seats)
    sizes = [len(some) for some in found.members]
    seating = Seating(crowd, members, found.leaders, sizes, met)
    seating.seat([seats[who] for who in members])
    return seating


def found_of(seating: Seating) -> Found:
    """What a seating came to."""
    cost, bound = seating.cost(), seating.bound()
    members = [
        tuple(seating.members[seating.group == group].tolist()) for group in range(seating.groups)
    ]
    return Found(
        leaders=tuple(seating.leaders.tolist()),
        members=tuple(members),
        cost=cost,
        bound=bound,
        broken=seating.broken(),
        is_proven=cost == bound,
    )


def choose_leaders(
    crowd: Crowd, asked: Asked, groups: int, here: Flags, led: Ints, seed: int
) -> list[int] | None:
    """
    Who leads each group: pinned ones first, then whoever led least, of the region that has the
    fewest for its share; no more of one than the others' groups can seat its members.
    """
    settings = crowd.settings
    if not settings.led:
        return [-1] * groups
    leaders = [-1] * groups
    for key, pin in asked.pins.items():
        if pin.leads and pin.group < groups and key in crowd.index:
            leaders[pin.group] = crowd.index[key]
    able = crowd.top & here & (led < (settings.most_led or crowd.count))
    able[[crowd.index[key] for key in asked.pins if key in crowd.index]] = False
    ready = np.flatnonzero(able)
    if seed:
        ready = np.random.default_rng(seed).permutation(ready)
    region = crowd.region[ready]
    sitting = crowd.region[here & crowd.sits]
    held = np.bincount(sitting[sitting >= 0], minlength=len(crowd.regions) + 1)
    members = int((here & crowd.sits).sum()) - groups * int(crowd.sits.all())
    chosen = np.bincount(
        crowd.region[[one for one in leaders if one >= 0]] % len(held), minlength=len(held)
    )
    size = max(1, members // groups)
    rank = led[ready] * crowd.count**2
    for place in [number for number, one in enumerate(leaders) if one < 0]:
        if not len(ready):
            return None
        full = [
            chosen[code] >= most_leaders(crowd, members, int(held[code] - chosen[code]), size)
            for code in range(len(held) - 1)
        ]
        share = (chosen + 1) * (1 + held) + np.array([*full, False]) * crowd.count**3
        first = int((rank + share[region]).argmin())
        leaders[place] = int(ready[first])
        chosen[region[first]] += 1
        ready, region, rank = (np.delete(some, first) for some in (ready, region, rank))
    return leaders


def seat_pinned(seating: Seating, asked: Asked) -> None:
    """Put those who are pinned where they stay."""
    place = {int(number): who for who, number in enumerate(seating.members)}
    for key, pin in asked.pins.items():
        who = place.get(seating.crowd.index.get(key, -1))
        if who is not None and not pin.leads and pin.group < seating.groups:
            seating.put(who, pin.group)
            seating.fixed[who] = True


def seat_greedily(seating: Seating, draw: np.random.Generator) -> None:
    """Seat the rest, team by team, each where they cost least among the groups with a place."""
    left = seating.sizes - np.bincount(seating.group[seating.group >= 0], minlength=seating.groups)
    waiting = np.flatnonzero(seating.group < 0)
    shuffled = draw.permutation(waiting)
    order = shuffled[np.lexsort((seating.team[shuffled], seating.region[shuffled]))]
    # More people may be pinned to a group than it seats: then others seat fewer
    if left.min(initial=0) < 0:
        left = _levelled(left, len(waiting))
    load = (seating.sizes - left) * np.float32(0.01)  # the emptier group first
    load[left <= 0] = np.inf
    of_region = [
        np.float32(HARD) * (seating.of_leader == code) for code in range(len(seating.crowd.regions))
    ]
    for who in order.tolist():
        cost = seating.pull[:, who] + load
        team, region = int(seating.team[who]), int(seating.region[who])
        if seating.most and team >= 0:
            cost += np.float32(HARD) * (seating.teams[:, team] >= seating.most)
        if seating.majority and region >= 0:
            cost += of_region[region] * (seating.near >= seating.nearest)
        group = int(cost.argmin())
        seating.put(who, group)
        left[group] -= 1
        load[group] = load[group] + 0.01 if left[group] > 0 else np.inf
    seating.settle()


def _levelled(left: Ints, people: int) -> Ints:
    """Places for people, where some groups hold more than they should."""
    left = np.maximum(left, 0)
    while left.sum() > people:
        left[int(left.argmax())] -= 1
    return left


def mend(seating: Seating, draw: np.random.Generator) -> None:
    """
    Swap whoever breaks a rule with whom it helps most, and even where it helps nothing: who was
    just swapped stays for some turns, so that the search leaves where it is stuck.
    """
    stays = np.zeros(seating.size, np.int64)  # until which turn
    cost, least, last = 0.0, 0.0, 0
    best = seating.group.copy()
    for turn in range(MENDS):
        bad = seating.conflicts()
        bad = bad[stays[bad] <= turn]
        if not len(bad):
            if not len(seating.conflicts()):
                return
            continue
        who = int(bad[draw.integers(len(bad))])
        other, change = seating.best_swap(who, stays > turn)
        if not np.isfinite(change):
            continue
        seating.swap(who, other)
        stays[[who, other]] = turn + 4 + draw.integers(8)
        cost += change
        if cost < least - 0.5:
            least, best = cost, seating.group.copy()
            last = turn
        elif turn - last > seating.size * 2:
            break
    for who in np.flatnonzero(seating.group != best).tolist():
        seating.take(who)
        seating.put(who, int(best[who]))
    seating.settle()


def improve(seating: Seating, draw: np.random.Generator) -> None:
    """Swap whoever it helps, dearest first, until a whole turn helps nobody."""
    for _turn in range(TURNS if seating.size <= SMALL else 1):
        helped = False
        dearest = np.argsort(-seating.own, kind="stable")
        for who in dearest[: seating.size if seating.size <= SMALL else SOME].tolist():
            if seating.fixed[who]:
                continue
            other, change = seating.best_swap(who, seating.fixed)
            if change < -0.5:
                seating.swap(who, other)
                helped = True
        if not helped:
            return
