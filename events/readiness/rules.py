"""How checks are weighed into one score of 100, and what moved it from week to week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import floor

FULL = 100
READY = 90  # and nothing that blocks
TUESDAY = 1


def shared_out(weights: Sequence[int], total: int = FULL) -> list[int]:
    """
    Whole points by weight that add up to the total: largest remainders first, the earlier of equals.

    >>> shared_out([1, 1, 1])
    [34, 33, 33]
    """
    sum_of = sum(weights)
    if not sum_of:
        return [0] * len(weights)
    exact = [weight * total / sum_of for weight in weights]
    points = [floor(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda n: (points[n] - exact[n], n))
    for n in order[: total - sum(points)]:
        points[n] += 1
    return points


def earned(points: int, share: float) -> int:
    """The points of a check that is met to a share from 0 to 1: whole ones, the last for all of it."""
    return floor(points * min(max(share, 0.0), 1.0) + 1e-9)


def tuesday_of(day: date) -> date:
    """The last Tuesday on or before a day."""
    return day - timedelta(days=(day.weekday() - TUESDAY) % 7)


@dataclass(frozen=True, slots=True)
class Kept:
    """A check on a Tuesday: its points, and what was found."""

    points: int
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """By how much the score moved in a week, and what moved it, the most first."""

    week: date
    by: int
    texts: Sequence[str]


def moves(weeks: Sequence[tuple[date, Mapping[str, Kept]]]) -> list[Move]:
    """What moved the score from each week to the next, newest first; a week without a move is left out."""
    found = []
    for (_before, old), (week, new) in pairwise(weeks):
        by_key = {
            key: kept.points - (old[key].points if key in old else 0) for key, kept in new.items()
        }
        gone = -sum(kept.points for key, kept in old.items() if key not in new)
        moved = sorted((key for key in by_key if by_key[key]), key=lambda key: -abs(by_key[key]))
        if moved or gone:
            texts = [new[key].text for key in moved if new[key].text]
            found.append(Move(week, sum(by_key.values()) + gone, texts))
    return found[::-1]
