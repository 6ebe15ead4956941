"""
Which sums over packets an approver may see: never one that tells the figures of a few.

Whoever sees several sums can add them up and take them off one another. What they get that way
treats alike all those who are in exactly the same sums: a *cell*. So a sum is shown only if every
cell of it, over all that was shown before, holds five people. That holds for whatever is worked out
from the sums, and also where somebody knows by what factor the figures of a cell have changed.
A figure that changed is another figure, and its person is then in two cells: before and after.

A percentage against last year or the plan counts as both of its sums: beside the sums of a later
round it gives them. How many are out of the ordinary is a sum too, of ones and zeros.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.folding import alphabetical
from events.rates.rules import Reporting

FEWEST = 5  # people in a group whose figures are shown
COSTS, LAST, PLAN = "costs", "last", "plan"
BESIDE = (COSTS, LAST, PLAN)  # what may be shown beside a sum, in the order in which it is tried

# One figure of one person: which, in what currency, of whom, how much
Figure = tuple[str, str, int, Decimal]
Cells = tuple[frozenset[Figure], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Figures:
    """
    One packet's part in the sums; the two costs are base and payout at 50 and 150% of quota.

    `curve` tells apart plans that pay another share of the target variable there: who knows the
    plans could work out from costs what those on a rare one have as their target. Of last year and
    of the plan it has quota and variable where they are known and in the same currency; `odd` are
    the kinds of exception that the packet is.
    """

    person: int
    region: str
    currency: str
    curve: str
    quota: Decimal
    base: Decimal
    target_variable: Decimal
    cost_half: Decimal
    cost_above: Decimal
    last: tuple[Decimal, Decimal] | None = None
    plan: tuple[Decimal, Decimal] | None = None
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One sum that is shown, of a currency or of one region of it, and what is beside it."""

    currency: str
    region: str | None
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """
    What is sealed of a round when it is sent, and never changes.

    `told` are the kinds of exception whose count may be told; `year` and `last_year` are the keys
    of its kickoff and of the one that it is compared with, and `last_name` what that is called.
    """

    rows: tuple[Figures, ...]
    shown: tuple[Choice, ...] = ()
    told: tuple[str, ...] = ()
    year: int = 0
    last_year: int | None = None
    last_name: str = ""
    reporting: Reporting | None = None

    @property
    def without_rate(self) -> list[str]:
        """The currencies of its sums that keep it from being told in one."""
        codes = {choice.currency for choice in self.shown}
        if self.reporting is not None:
            return self.reporting.lacking(codes)
        return sorted(codes) if len(codes) > 1 else []


def choose(
    kept: Kept,
    kinds: Iterable[str] = (),
    before: Iterable[Kept] = (),
    known: Collection[frozenset[int]] = (),
) -> tuple[tuple[Choice, ...], tuple[str, ...]]:
    """
    Which sums of a round may be shown, and of which kinds of exception how many there are, given
    the rounds before it and what was shown of them.

    Currencies first, the largest first, then regions. `known` is, for each approver and for all
    of them together, whose figures they know anyway: these do not count among the five.
    """
    cells: Cells = ()
    for one in before:
        for parts in said_by(one):
            for part in parts:
                cells = _told_apart(cells, part)
    chosen: list[Choice] = []
    for currency in _largest_first(row.currency for row in kept.rows):
        regions = _largest_first(row.region for row in kept.rows if row.currency == currency)
        for region in (None, *regions):
            choice = Choice(currency, region)
            refined = _if_enough(cells, _parts(kept, choice), known)
            if refined is None:
                if region is None:
                    break  # without its sum, none of its regions
                continue
            cells = refined
            for name in BESIDE:
                wider = Choice(currency, region, (*choice.beside, name))
                parts = _parts(kept, wider)
                refined = _if_enough(cells, parts, known) if _has(kept, wider, name) else None
                if refined is not None:
                    cells, choice = refined, wider
            chosen.append(choice)
    told = []
    for kind in kinds:
        refined = _if_enough(cells, [_odd(kept, kind)], known)
        if refined is not None:
            cells = refined
            told.append(kind)
    return tuple(chosen), tuple(told)


def are_safe_for(known: frozenset[int], kept: Kept) -> bool:
    """Whether the sums of one round tell no few figures to somebody who knows those of some people."""
    cells: Cells = ()
    for parts in said_by(kept):
        refined = _if_enough(cells, parts, [known])
        if refined is None:
            return False
        cells = refined
    return True


def people_of(rows: Sequence[Figures], choice: Choice) -> list[Figures]:
    """Whom a sum is of."""
    return [
        row
        for row in rows
        if row.currency == choice.currency and choice.region in (None, row.region)
    ]


def compared(rows: Sequence[Figures], name: str) -> list[Figures]:
    """
    Those of a sum who are compared with last year, or with the plan.

    Where a few have nothing to be compared with, enough others are left out with them that the
    rest of the sum holds five.
    """
    there = sorted(
        (row for row in rows if _beside(row, name) is not None), key=lambda row: row.person
    )
    lacking = len(rows) - len(there)
    return there[FEWEST - lacking :] if 0 < lacking < FEWEST else there


def _has(kept: Kept, choice: Choice, name: str) -> bool:
    return name == COSTS or bool(compared(people_of(kept.rows, choice), name))


def _beside(row: Figures, name: str) -> tuple[Decimal, Decimal] | None:
    return row.last if name == LAST else row.plan


def _largest_first(names: Iterable[str]) -> list[str]:
    return [
        name
        for name, _count in sorted(
            Counter(names).items(), key=lambda one: (-one[1], alphabetical(one[0]))
        )
    ]


def said_by(kept: Kept) -> Iterator[list[frozenset[Figure]]]:
    """All that was shown of a round, sum by sum, as the figures that each is of."""
    for choice in kept.shown:
        yield _parts(kept, choice)
    for kind in kept.told:
        yield [_odd(kept, kind)]


def _parts(kept: Kept, choice: Choice) -> list[frozenset[Figure]]:
    """All that showing a sum says: with costs, the variable by plan as well."""
    said: dict[str, set[Figure]] = {}

    def say(part: str, name: str, row: Figures, amount: Decimal) -> None:
        said.setdefault(part, set()).add((name, row.currency, row.person, amount))

    rows, year = people_of(kept.rows, choice), kept.year
    for row in rows:
        say("quota", f"quota {year}", row, row.quota)
        say("base", f"base {year}", row, row.base)
        say("variable", f"variable {year}", row, row.target_variable)
        if COSTS in choice.beside:
            say(f"curve {row.curve}", f"variable {year}", row, row.target_variable)
    # What the plan gives is the same figure as that of the packet, unless somebody changed it
    for beside, then in ((LAST, kept.last_year), (PLAN, year)):
        if beside not in choice.beside:
            continue
        for row in compared(rows, beside):
            quota, variable = _beside(row, beside) or (row.quota, row.target_variable)
            say(f"quota {beside}", f"quota {year}", row, row.quota)
            say(f"quota then {beside}", f"quota {then}", row, quota)
            say(f"variable {beside}", f"variable {year}", row, row.target_variable)
            say(f"variable then {beside}", f"variable {then}", row, variable)
    return [frozenset(part) for part in said.values()]


def _odd(kept: Kept, kind: str) -> frozenset[Figure]:
    return frozenset(
        (f"{kind} {kept.year}", "", row.person, Decimal(kind in row.odd)) for row in kept.rows
    )


def _told_apart(cells: Cells, part: frozenset[Figure]) -> Cells:
    """The cells once the sum of a part is known too."""
    found = []
    for cell in cells:
        found += [cell & part, cell - part]
        part = part - cell
    return tuple(cell for cell in (*found, part) if cell)


def _if_enough(
    cells: Cells, parts: Sequence[frozenset[Figure]], known: Collection[frozenset[int]]
) -> Cells | None:
    """The cells once the sums of these parts are shown; None if one of them is too small."""
    refined = cells
    for part in parts:
        refined = _told_apart(refined, part)
    touched = {cell for part in parts for cell in refined if cell & part}
    touched |= set(refined) - set(cells)
    for cell in touched:
        people = {person for _name, _currency, person, _amount in cell}
        if len(people) < FEWEST or any(len(people - few) in range(1, FEWEST) for few in known):
            return None
    return refined
