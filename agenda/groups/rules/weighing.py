"""What groups are worth: how many rules they break, who meets whom, and what that costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from agenda.groups.rules.people import Crowd, Flags, Ints
from agenda.groups.rules.solving import Found, remember, seating_of

Grouped = tuple[Sequence[int], Sequence[Sequence[int]]]  # who leads each group, and who sits in it


@dataclass(frozen=True, slots=True)
class Weighed:
    """
    `broken` hard rules, `again` pairs who meet a second time (of those), `new` pairs of members who
    are of two teams and had not met before, of `pairs` in all, and what each round costs.
    """

    broken: int
    again: int
    new: int
    pairs: int
    costs: tuple[int, ...]


def weigh(crowd: Crowd, rounds: Sequence[Grouped], known: Flags | None = None) -> Weighed:
    """What some rounds are worth, in order. `known` are pairs who have met elsewhere."""
    met: Flags = np.zeros((crowd.count, crowd.count), bool)
    pairs: Flags = met.copy()
    led: Ints = np.zeros(crowd.count, np.int64)
    broken = again = 0
    costs = []
    for leaders, members in rounds:
        found = Found(tuple(leaders), tuple(map(tuple, members)), 0, 0)
        if any(members):
            seating = seating_of(crowd, found, met)
            costs.append(seating.cost())
            broken += seating.broken()
        for some in members:
            whole = np.array(some, np.int64)
            again += int(np.triu(met[np.ix_(whole, whole)], 1).sum())
            pairs[np.ix_(whole, whole)] = True
        remember(found, met, led)
    np.fill_diagonal(pairs, False)
    return Weighed(broken, again, _new(crowd, pairs, known), int(pairs.sum()) // 2, tuple(costs))


def _new(crowd: Crowd, pairs: Flags, known: Flags | None) -> int:
    mates = (crowd.team[:, None] == crowd.team[None, :]) & (crowd.team >= 0)[:, None]
    fresh = pairs & ~mates if known is None else pairs & ~mates & ~known
    return int(fresh.sum()) // 2


@dataclass(frozen=True, slots=True)
class Connections:
    """
    New connections of members: between kinds (pairs of names in order; new, all), and how many
    people meet how many new ones.
    """

    new: int
    pairs: int
    across: int  # of the new ones, between two kinds
    between: dict[tuple[str, str], tuple[int, int]]
    names: list[str]
    by_person: dict[int, int]  # number of new people: how many meet so many


def connect(
    kinds: dict[int, str],
    teams: dict[int, int | None],
    groups: Iterable[Sequence[int]],
    known: set[tuple[int, int]],
) -> Connections:
    """Who meets whom anew, by what they are of: regions, or functions. People go by their keys."""
    seen: set[tuple[int, int]] = set()
    sitting: set[int] = set()
    for members in groups:
        some = sorted(members)
        sitting.update(some)
        seen.update((one, other) for n, one in enumerate(some) for other in some[n + 1 :])
    between: dict[tuple[str, str], tuple[int, int]] = {}
    met = dict.fromkeys(sitting, 0)
    new = across = 0
    for one, other in seen:
        low, high = sorted((kinds[one], kinds[other]))
        is_new = (one, other) not in known and (teams[one] is None or teams[one] != teams[other])
        fresh, every = between.get((low, high), (0, 0))
        between[low, high] = fresh + is_new, every + 1
        if is_new:
            new += 1
            across += low != high
            met[one] += 1
            met[other] += 1
    by_person: dict[int, int] = {}
    for count in met.values():
        by_person[count] = by_person.get(count, 0) + 1
    names = sorted({kinds[one] for one in sitting})
    return Connections(new, len(seen), across, between, names, dict(sorted(by_person.items())))


def turns(groups: Sequence[int], minutes: int, turn_minutes: int) -> int:
    """How many turns fit the rounds, for groups of those sizes: what a round has room for."""
    fit = minutes // turn_minutes if turn_minutes else 0
    return sum(min(size, fit) for size in groups)
