"""Groups found quickly, and then, where few are to be grouped, the best there are or how far from it."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.conf import settings

from agenda.groups.rules.bounds import Impossible, NotFound
from agenda.groups.rules.people import Crowd, Flags, Ints
from agenda.groups.rules.seating import Seating, as_json
from agenda.groups.rules.solving import (
    Asked,
    Found,
    Going,
    always,
    found_of,
    not_found,
    remember,
    seating_of,
    solve,
    solve_round,
    tried,
)

FEW = 100  # people up to which the best groups can be proven
_LOOK = 0.5  # seconds between two looks whether the search is to stop
Tell = Callable[[int, Found], object]


def search(
    crowd: Crowd,
    rounds: Sequence[Asked],
    *,
    seconds: float,
    goes_on: Going = always,
    tell: Tell = lambda _number, _found: None,
) -> list[Found]:
    """
    Groups for each round, the best that were found in some seconds; none of the rules is broken.

    The first ones take a moment. Then each round is searched for better ones, given those before
    it, by a process that is killed once `goes_on` says no. `tell` hears of each round that is
    better than before, counted from 0.

    :raises Impossible: the rules collide
    :raises NotFound: no groups were found
    """
    try:
        found = solve(crowd, rounds, goes_on=goes_on, tell=tell)
    except NotFound:
        if crowd.count > FEW or seconds <= 0:
            raise
        found = _found_by_constraints(crowd, rounds, seconds, goes_on)
    if crowd.count > FEW or seconds <= 0:
        return found
    met: Flags = np.zeros((crowd.count, crowd.count), bool)
    led: Ints = np.zeros(crowd.count, np.int64)
    for number in range(len(rounds)):
        if not found[number].is_proven and goes_on():
            share = seconds / len(rounds)
            better = _improved(crowd, found[number], met, share, goes_on)
            found = _followed(crowd, rounds, found, number, better, met, led)
            tell(number, found[number])
        remember(found[number], met, led)
    return found


def _found_by_constraints(
    crowd: Crowd, rounds: Sequence[Asked], seconds: float, goes_on: Going
) -> list[Found]:
    """
    Rounds in which a search by constraints mends what swaps did not.

    :raises NotFound: it does not either
    """
    for groups in tried(crowd, rounds)[:2]:
        met: Flags = np.zeros((crowd.count, crowd.count), bool)
        led: Ints = np.zeros(crowd.count, np.int64)
        found: list[Found] = []
        for asked in rounds:
            one = solve_round(crowd, asked, groups, met, led)
            if one is not None and one.broken:
                one = _mended(crowd, one, met, seconds / len(rounds), goes_on)
            if one is None:
                break
            found.append(one)
            remember(one, met, led)
        if len(found) == len(rounds):
            return found
    raise NotFound(not_found(len(found), 1))


def _mended(crowd: Crowd, found: Found, met: Flags, seconds: float, goes_on: Going) -> Found | None:
    seating = seating_of(crowd, found, met)
    for line in prove(as_json(seating, seconds, os.cpu_count() or 2), goes_on):
        if "groups" in line:
            return found_of(_seated_anew(crowd, seating, met, line["groups"]))
    return None


def _improved(crowd: Crowd, found: Found, met: Flags, seconds: float, goes_on: Going) -> Found:
    """The best of a round that a search by constraints finds, with what it proves."""
    seating = seating_of(crowd, found, met)
    best, bound, is_proven = found, found.bound, False
    for line in prove(as_json(seating, seconds, os.cpu_count() or 2), goes_on):
        bound = max(bound, int(line.get("bound", 0)))
        is_proven = is_proven or bool(line.get("is_proven"))
        if "groups" in line and line["cost"] < best.cost:
            best = found_of(_seated_anew(crowd, seating, met, line["groups"]))
    return replace(best, bound=min(bound, best.cost), is_proven=is_proven or bound >= best.cost)


def _seated_anew(crowd: Crowd, seating: Seating, met: Flags, groups: Sequence[int]) -> Seating:
    fresh = Seating(crowd, seating.members, seating.leaders.tolist(), seating.sizes.tolist(), met)
    fresh.seat(groups)
    return fresh


def _followed(
    crowd: Crowd,
    rounds: Sequence[Asked],
    found: list[Found],
    number: int,
    better: Found,
    met: Flags,
    led: Ints,
) -> list[Found]:
    """The rounds with a better one in place, where those after it can still be found."""
    if better.members == found[number].members:
        return [*found[:number], better, *found[number + 1 :]]
    seen, often = met.copy(), led.copy()
    remember(better, seen, often)
    try:
        rest = (
            solve(crowd, rounds[number + 1 :], met=seen, led=often) if rounds[number + 1 :] else []
        )
    except Impossible:
        kept = replace(found[number], bound=better.bound, is_proven=False)
        return [*found[:number], kept, *found[number + 1 :]]
    return [*found[:number], better, *rest]


def prove(asked: dict[str, Any], goes_on: Going = always) -> Iterator[dict[str, Any]]:
    """
    What the process of `rules.proving` says about a round, line by line, until it is over or to stop.

    :raises OSError: the process did not start, or died before it was over
    """
    script = settings.BASE_DIR / "agenda" / "groups" / "rules" / "proving.py"
    process = subprocess.Popen(  # noqa: S603  (our own file, and no shell)
        [sys.executable, "-P", str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if process.stdin is None or process.stdout is None:
            raise OSError("no pipes")
        process.stdin.write(json.dumps(asked))
        process.stdin.close()
        with selectors.DefaultSelector() as waiting:
            waiting.register(process.stdout, selectors.EVENT_READ)
            while goes_on():
                if not waiting.select(_LOOK):
                    continue
                text = process.stdout.readline()
                if not text:
                    raise OSError(f"the search ended with {process.wait()}")
                line = json.loads(text)
                yield line
                if line.get("is_over"):
                    return
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
