"""
A company target handed down the tree, with over-assignment at each level.

Every manager's people are given the manager's own amount and the level's over-assignment on top,
rounded up to the next whole step, so that rounding leaves no team under its manager. They share it
in whole steps by their weights: each gets the steps that are whole, and the steps that are left go
one each to the largest fractions, the first of equals first. What is set by hand stays; the others
share what is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from statistics import median

from events.packets.quotas.rules.tree import COMPANY, Tree

NOTHING = Decimal(0)
Amounts = Mapping[int, Decimal]


def cascade(
    target: Decimal,
    tree: Tree,
    *,
    over: Sequence[Decimal],
    weights: Amounts,
    pinned: Amounts,
    step: Decimal = Decimal(1),
) -> dict[int, Decimal]:
    """
    An amount for everybody in the tree.

    `over` is the over-assignment of each level from the company down, 0.05 being 5%; the last
    counts for every level below. Where all of a team are pinned, their sum is what it is.
    """
    amounts: dict[int, Decimal] = {}
    waiting: list[tuple[int | None, int]] = [(COMPANY, 0)]
    while waiting:
        above, level = waiting.pop()
        below = tree.children.get(above, ())
        if not below:
            continue
        own = target if above is None else amounts[above]
        pool = rounded_up(own * (1 + over_at(over, level)), step)
        fixed = {one: pinned[one] for one in below if one in pinned}
        free = {one: weights.get(one, NOTHING) for one in below if one not in pinned}
        rest = max(pool - sum(fixed.values(), NOTHING), NOTHING)
        amounts |= fixed | share_out(rounded_up(rest, step), free, step)
        waiting += [(one, level + 1) for one in below]
    return amounts


def over_at(over: Sequence[Decimal], level: int) -> Decimal:
    """The over-assignment below a level: 0 is from the company to those on the first level."""
    return over[min(level, len(over) - 1)] if over else NOTHING


def share_out(amount: Decimal, weights: Amounts, step: Decimal) -> dict[int, Decimal]:
    """
    Whole steps of an amount by weights; they add up to it. Without any weight, equal parts.

    `amount` is a multiple of the step.
    """
    if not weights:
        return {}
    total = Fraction(sum(weights.values()))
    steps = Fraction(amount) / Fraction(step)
    exact = {
        one: steps * Fraction(weight) / total if total else steps / len(weights)
        for one, weight in weights.items()
    }
    found = {one: floor(part) for one, part in exact.items()}
    left = int(steps) - sum(found.values())
    for one in sorted(exact, key=lambda one: found[one] - exact[one])[:left]:
        found[one] += 1
    return {one: count * step for one, count in found.items()}


def rounded_up(amount: Decimal, step: Decimal) -> Decimal:
    """The next whole step, or the amount itself if it is one."""
    return ceil(Fraction(amount) / Fraction(step)) * step


def rolled_up(tree: Tree, amounts: Amounts) -> dict[int | None, Decimal]:
    """What the people right under each manager, and under the company, add up to."""
    return {
        above: sum((amounts.get(one, NOTHING) for one in below), NOTHING)
        for above, below in tree.children.items()
        if below
    }


@dataclass(frozen=True, slots=True)
class Floor:
    """
    The least that a rep's past revenue counts for: a share of the median of those who won any.

    So that a rep without a deal, new or back from leave, gets a quota too.
    """

    share: Decimal
    amount: Decimal = NOTHING
    lifted: tuple[int, ...] = ()


def floored(won: Amounts, reps: Sequence[int], share: Decimal) -> tuple[dict[int, Decimal], Floor]:
    """Past revenue of each rep, none of it under the floor; and the floor itself."""
    some = [won[rep] for rep in reps if won.get(rep, NOTHING) > 0]
    least = Decimal(median(some)) * share if some else NOTHING
    lifted = tuple(rep for rep in reps if won.get(rep, NOTHING) < least)
    return {rep: max(won.get(rep, NOTHING), least) for rep in reps}, Floor(share, least, lifted)


def summed_weights(tree: Tree, of_rep: Amounts) -> dict[int, Decimal]:
    """A manager weighs what the reps below weigh together."""
    found: dict[int, Decimal] = {}
    for person_id in reversed(list(tree.walk())):
        below = tree.children.get(person_id, ())
        own = of_rep.get(person_id, NOTHING)
        found[person_id] = sum((found[one] for one in below), NOTHING) if below else own
    return found


@dataclass(frozen=True, slots=True)
class Compounding:
    """
    Over-assignment from level to level and in total, as shares; None where nothing is assigned.

    Each level is what the frontier of that depth adds up to (those on it, and reps above it) over
    the frontier before, so the levels compound to the total exactly: +5%, +5% and +10% on
    10,000,000 are 12,127,500, +21.3%.
    """

    levels: tuple[Decimal, ...]
    total: Decimal | None


def compounding(target: Decimal, tree: Tree, amounts: Amounts) -> Compounding:
    """Over-assignment as it is, hand-set amounts included."""
    sums = [target]
    for depth in range(1, tree.levels + 1):
        frontier = (
            amounts.get(one, NOTHING)
            for one, own in tree.depth.items()
            if own == depth or (own < depth and not tree.leads(one))
        )
        sums.append(sum(frontier, NOTHING))
    levels = [over(before, after) for before, after in pairwise(sums)]
    if any(level is None for level in levels):
        return Compounding((), None)
    return Compounding(
        tuple(level for level in levels if level is not None), over(target, sums[-1])
    )


def over(parent: Decimal, children: Decimal) -> Decimal | None:
    """Sum of children ÷ parent − 1; None without a parent's amount."""
    return children / parent - 1 if parent else None


@dataclass(frozen=True, slots=True, repr=False)
class Move:
    """One amount that a new cascade would change; `before` is None for who had none."""

    person_id: int
    before: Decimal | None
    after: Decimal

    @property
    def by(self) -> Decimal:
        return self.after - (self.before or NOTHING)


def moves(before: Mapping[int, Decimal | None], after: Amounts) -> list[Move]:
    """What changes, the largest change first."""
    found = [
        Move(person_id, before.get(person_id), amount)
        for person_id, amount in after.items()
        if before.get(person_id) != amount
    ]
    return sorted(found, key=lambda move: -abs(move.by))
