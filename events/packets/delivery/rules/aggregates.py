"""
Sums over packets for whoever approves them: never the figures of one person, nor of a few.

Whoever sees several sums can add them up and take them off one another. What they get that way
treats alike all those who are in exactly the same sums: a *cell*. So a sum is shown only if every
cell of it, over all that was shown before, holds five people. That holds for whatever is worked out
from the sums, and also where somebody knows by what factor the figures of a cell have changed.
A figure that changed is another figure, and its person is then in two cells: before and after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.folding import alphabetical

FEWEST = 5  # people in a group whose figures are shown

# One figure of one person: which, in what currency, of whom, how much
Figure = tuple[str, str, int, Decimal]
Cells = tuple[frozenset[Figure], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Figures:
    """
    One packet's part in the sums; the two costs are base and payout at 50 and 150% of quota.

    `curve` tells apart plans that pay another share of the target variable there: who knows the
    plans could work out from costs what those on a rare one have as their target.
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


@dataclass(frozen=True, slots=True)
class Choice:
    """One sum that is shown: of a currency, or of one region of it; costs beside it or not."""

    currency: str
    region: str | None
    with_costs: bool


@dataclass(frozen=True, slots=True, repr=False)
class Sums:
    """What a group adds up to; no costs where too few are on one plan."""

    quota: Decimal
    base: Decimal
    target_variable: Decimal
    cost_half: Decimal | None
    cost_above: Decimal | None

    @property
    def on_target(self) -> Decimal:
        """Base and variable at quota."""
        return self.base + self.target_variable


@dataclass(frozen=True, slots=True, repr=False)
class Group:
    """Some people with one currency, and what they add up to; the whole currency has no region."""

    region: str | None
    currency: str
    count: int
    sums: Sums


def role_of(job_title: str) -> str:
    """What somebody does, without where: “Mid-market AE, Lyon” is a “Mid-market AE”."""
    return job_title.partition(",")[0].strip()


def choose(
    rows: Sequence[Figures],
    before: Iterable[tuple[Sequence[Figures], Sequence[Choice]]] = (),
    known: Collection[frozenset[int]] = (),
) -> list[Choice]:
    """
    Which sums of a round may be shown, given the rounds before it and what was shown of them.

    Currencies first, the largest first, then regions. `known` is, for each approver and for all
    of them together, whose figures they know anyway: these do not count among the five.
    """
    cells: Cells = ()
    for rows_before, shown in before:
        for choice in shown:
            for part in _parts(_of(rows_before, choice), choice.with_costs):
                cells = _told_apart(cells, part)
    chosen: list[Choice] = []
    for currency in _largest_first(row.currency for row in rows):
        regions = _largest_first(row.region for row in rows if row.currency == currency)
        for region in (None, *regions):
            for with_costs in (True, False):
                choice = Choice(currency, region, with_costs)
                refined = _if_enough(cells, _of(rows, choice), with_costs, known)
                if refined is not None:
                    cells = refined
                    chosen.append(choice)
                    break
            else:
                if region is None:
                    break  # without its sum, none of its regions
    return chosen


def are_safe_for(known: frozenset[int], rows: Sequence[Figures], shown: Sequence[Choice]) -> bool:
    """Whether the sums of one round tell no few figures to somebody who knows those of some people."""
    cells: Cells = ()
    for choice in shown:
        refined = _if_enough(cells, _of(rows, choice), choice.with_costs, [known])
        if refined is None:
            return False
        cells = refined
    return True


def groups(rows: Sequence[Figures], shown: Sequence[Choice]) -> list[Group]:
    """What is shown, added up."""
    found = []
    for choice in shown:
        part = _of(rows, choice)
        sums = added_up(part, with_costs=choice.with_costs)
        found.append(Group(choice.region, choice.currency, len(part), sums))
    return found


def counted(names: Iterable[str]) -> list[tuple[str, int]]:
    """How many of each, the most first, the nameless last."""
    return sorted(
        Counter(names).items(), key=lambda one: (not one[0], -one[1], alphabetical(one[0]))
    )


def added_up(rows: Sequence[Figures], *, with_costs: bool = True) -> Sums:
    """The sums of a group."""
    zero = Decimal(0)
    return Sums(
        quota=sum((row.quota for row in rows), zero),
        base=sum((row.base for row in rows), zero),
        target_variable=sum((row.target_variable for row in rows), zero),
        cost_half=sum((row.cost_half for row in rows), zero) if with_costs else None,
        cost_above=sum((row.cost_above for row in rows), zero) if with_costs else None,
    )


def _of(rows: Sequence[Figures], choice: Choice) -> list[Figures]:
    return [
        row
        for row in rows
        if row.currency == choice.currency and choice.region in (None, row.region)
    ]


def _largest_first(names: Iterable[str]) -> list[str]:
    return [
        name
        for name, _count in sorted(
            Counter(names).items(), key=lambda one: (-one[1], alphabetical(one[0]))
        )
    ]


def _parts(rows: Sequence[Figures], with_costs: bool) -> list[frozenset[Figure]]:
    """All that showing the sums of some people says: with costs, the variable by plan as well."""
    said: dict[str, set[Figure]] = {}
    for row in rows:
        figures = {"quota": row.quota, "base": row.base, "variable": row.target_variable}
        for name, amount in figures.items():
            said.setdefault(name, set()).add((name, row.currency, row.person, amount))
        if with_costs:
            variable = ("variable", row.currency, row.person, row.target_variable)
            said.setdefault(f"curve {row.curve}", set()).add(variable)
    return [frozenset(part) for part in said.values()]


def _told_apart(cells: Cells, part: frozenset[Figure]) -> Cells:
    """The cells once the sum of a part is known too."""
    found = []
    for cell in cells:
        found += [cell & part, cell - part]
        part = part - cell
    return tuple(cell for cell in (*found, part) if cell)


def _if_enough(
    cells: Cells, rows: Sequence[Figures], with_costs: bool, known: Collection[frozenset[int]]
) -> Cells | None:
    """The cells once these people's sums are shown; None if one that is new is too small."""
    refined = cells
    for part in _parts(rows, with_costs):
        refined = _told_apart(refined, part)
    touched = {cell for part in _parts(rows, False) for cell in refined if cell & part}
    touched |= set(refined) - set(cells)
    for cell in touched:
        people = {person for _name, _currency, person, _amount in cell}
        if len(people) < FEWEST or any(len(people - few) in range(1, FEWEST) for few in known):
            return None
    return refined
