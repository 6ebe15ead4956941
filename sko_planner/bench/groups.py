"""Groups: how long they take, and how good they are beside other ways to make them."""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time

import numpy as np

from agenda.groups.actions.searching import prove
from agenda.groups.rules.people import Crowd, Flags, Guest, Ints
from agenda.groups.rules.seating import Seating, as_json
from agenda.groups.rules.settings import Settings
from agenda.groups.rules.solving import (
    Asked,
    choose_leaders,
    improve,
    mend,
    seat_greedily,
    solve,
)
from sko_planner.bench.measure import Figures, measure_once

SMALL, LARGE, ROUNDS = 300, 1_000, 5
BROKEN = 1_000  # points for each broken rule, so that two ways can be compared by one number
_REGIONS = ("Americas", "EMEA", "Asia-Pacific")


def crowd(count: int) -> Crowd:
    """An invented company: teams of ten under a manager, one in six a top performer."""
    draw = np.random.default_rng(7)
    teams = count // 10
    guests = []
    for number in range(count):
        team = number % teams
        guests.append(
            Guest(
                key=str(number),
                region=_REGIONS[team % 3],
                team=str(team),
                manager="" if number < teams else str(team),
                function=("sales", "engineering", "success")[int(draw.integers(3))],
                tenure=("new", "settled", "long")[int(draw.integers(3))],
                stage=("prospecting", "engaging")[int(draw.integers(2))],
                value=int(draw.integers(400)) * 1_000,
                top=bool(draw.random() < 1 / 6) or number < 10,
            )
        )
    return Crowd(guests, Settings(most_of_team=2))


def rounds(count: int) -> Figures:
    """Five rounds in which nobody meets twice; one that broke a rule would raise."""
    people = crowd(count)
    return measure_once(lambda: solve(people, [Asked()] * ROUNDS), things=count)


def points(way: str) -> Figures:
    """What one round of the smaller company costs: `random`, `greedy`, `swaps`, or `constraints`."""
    people = crowd(SMALL)
    began = process_time()
    swapped = _seated(people)
    seat_greedily(swapped, np.random.default_rng(0))
    mend(swapped, np.random.default_rng(0))
    improve(swapped, np.random.default_rng(0))
    seconds = process_time() - began
    if way == "swaps":
        return _worth(swapped)
    made = _seated(people)
    if way == "greedy":
        seat_greedily(made, np.random.default_rng(0))
        return _worth(made)
    places = np.repeat(np.arange(made.groups), made.sizes)
    made.seat(np.random.default_rng(0).permutation(places).tolist())
    if way == "random":
        return _worth(made)
    for better in _by_constraints(made, seconds):
        made = _seated(people)
        made.seat(better)
    return _worth(made)


def _by_constraints(seating: Seating, seconds: float) -> Iterator[list[int]]:
    """What a search by constraints alone finds in the same time."""
    for line in prove(as_json(seating, max(seconds, 0.1))):
        if "groups" in line:
            yield line["groups"]


def _seated(people: Crowd) -> Seating:
    here: Flags = np.ones(people.count, bool)
    led: Ints = np.zeros(people.count, np.int64)
    groups = people.count // 8
    leaders = choose_leaders(people, Asked(), groups, here, led, 0)
    if leaders is None:
        raise RuntimeError("Nobody leads the invented groups.")
    free = here.copy()
    free[leaders] = False
    members = np.flatnonzero(free)
    low, more = divmod(len(members), groups)
    sizes = [low + 1] * more + [low] * (groups - more)
    met: Flags = np.zeros((people.count, people.count), bool)
    return Seating(people, members, leaders, sizes, met)


def _worth(seating: Seating) -> Figures:
    return Figures(count=seating.cost() + BROKEN * seating.broken())
