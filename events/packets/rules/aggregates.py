"""
Sums over packets for whoever approves them: never the figures of one person, nor of a few.

Figures of a group are shown from five people on. Within a currency, groups that are too small are
hidden together until they hold five, so that none can be had by taking the others off the sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

FEWEST = 5  # people in a group whose figures are shown


@dataclass(frozen=True, slots=True, repr=False)
class Figures:
    """One packet's part in the sums; the three costs are base and payout at 50, 100 and 150%."""

    region: str
    role: str
    currency: str
    quota: Decimal
    base: Decimal
    target_variable: Decimal
    costs: tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True, repr=False)
class Sums:
    """What a group adds up to."""

    quota: Decimal
    base: Decimal
    target_variable: Decimal
    cost_half: Decimal
    cost_full: Decimal
    cost_above: Decimal

    @property
    def on_target(self) -> Decimal:
        """Base and variable at quota."""
        return self.base + self.target_variable


@dataclass(frozen=True, slots=True, repr=False)
class Group:
    """Some people with one currency; `sums` is None where they are too few to be shown."""

    name: str
    currency: str
    count: int
    sums: Sums | None


def role_of(job_title: str) -> str:
    """What somebody does, without where: “Mid-market AE, Lyon” is a “Mid-market AE”."""
    return job_title.partition(",")[0].strip()


def by_currency(rows: Sequence[Figures]) -> list[Group]:
    """A group for each currency, the largest first."""
    parts: dict[str, list[Figures]] = {}
    for row in rows:
        parts.setdefault(row.currency, []).append(row)
    return [
        Group("", currency, len(part), added_up(part) if len(part) >= FEWEST else None)
        for currency, part in sorted(parts.items(), key=lambda one: (-len(one[1]), one[0]))
    ]


def by_region(rows: Sequence[Figures]) -> list[Group]:
    """A group for each region and currency, by region; small ones hidden, with enough others."""
    found: list[Group] = []
    for whole in by_currency(rows):
        parts: dict[str, list[Figures]] = {}
        for row in rows:
            if row.currency == whole.currency:
                parts.setdefault(row.region, []).append(row)
        sizes = {region: len(part) for region, part in parts.items()}
        hidden = hidden_groups(sizes) if whole.sums is not None else set(parts)
        found += [
            Group(
                region,
                whole.currency,
                len(part),
                None if region in hidden else added_up(part),
            )
            for region, part in parts.items()
        ]
    return sorted(found, key=lambda group: (not group.name, group.name, -group.count))


def hidden_groups(sizes: dict[str, int], fewest: int = FEWEST) -> set[str]:
    """
    Which groups of a known sum to hide: all below `fewest`, and of the others the smallest until
    those hidden hold `fewest` together. One hidden group alone would be the sum less the rest.
    """
    ordered = sorted(sizes, key=lambda name: (sizes[name], name))
    hidden = {name for name in ordered if sizes[name] < fewest}
    for name in ordered:
        if not hidden or sum(sizes[one] for one in hidden) >= fewest:
            break
        hidden.add(name)
    return hidden


def counted(names: Iterable[str]) -> list[tuple[str, int]]:
    """How many of each, the most first, the nameless last."""
    return sorted(Counter(names).items(), key=lambda one: (not one[0], -one[1], one[0]))


def added_up(rows: Sequence[Figures]) -> Sums:
    """The sums of a group."""
    zero = Decimal(0)
    half, full, above = (sum((row.costs[number] for row in rows), zero) for number in range(3))
    return Sums(
        quota=sum((row.quota for row in rows), zero),
        base=sum((row.base for row in rows), zero),
        target_variable=sum((row.target_variable for row in rows), zero),
        cost_half=half,
        cost_full=full,
        cost_above=above,
    )
