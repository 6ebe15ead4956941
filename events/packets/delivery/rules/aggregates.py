"""Sums over packets as an approver sees them: added up, compared in percent, in one currency."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from events.packets.delivery.rules.cells import (
    COSTS,
    FEWEST,
    LAST,
    PLAN,
    Choice,
    Figures,
    Kept,
    compared,
    people_of,
)
from events.rates.rules import Reporting

NOTHING = Decimal(0)
HIDDEN = "HIDDEN"  # of a kind of exception, where a count would tell of a few


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
        """Base and variable at quota, which is the cost at 100%."""
        return self.base + self.target_variable

    def times(self, convert: Callable[[Decimal], Decimal]) -> Sums:
        """Each amount by itself in another currency."""
        return Sums(
            convert(self.quota),
            convert(self.base),
            convert(self.target_variable),
            None if self.cost_half is None else convert(self.cost_half),
            None if self.cost_above is None else convert(self.cost_above),
        )

    def __add__(self, other: Sums) -> Sums:
        def together(one: Decimal | None, two: Decimal | None) -> Decimal | None:
            return None if one is None or two is None else one + two

        return Sums(
            self.quota + other.quota,
            self.base + other.base,
            self.target_variable + other.target_variable,
            together(self.cost_half, other.cost_half),
            together(self.cost_above, other.cost_above),
        )


@dataclass(frozen=True, slots=True, repr=False)
class Against:
    """Quota and variable of those who are compared, now and then."""

    count: int
    quota: tuple[Decimal, Decimal]
    variable: tuple[Decimal, Decimal]

    @property
    def quota_change(self) -> Decimal | None:
        """0.06 is 6% more; None where there was nothing."""
        return _change(*self.quota)

    @property
    def variable_change(self) -> Decimal | None:
        return _change(*self.variable)

    def times(self, convert: Callable[[Decimal], Decimal]) -> Against:
        quota, variable = map(convert, self.quota), map(convert, self.variable)
        return Against(self.count, (*quota,), (*variable,))  # type: ignore[arg-type]  # of two, two come

    def __add__(self, other: Against) -> Against:
        return Against(
            self.count + other.count,
            (self.quota[0] + other.quota[0], self.quota[1] + other.quota[1]),
            (self.variable[0] + other.variable[0], self.variable[1] + other.variable[1]),
        )


@dataclass(frozen=True, slots=True, repr=False)
class Group:
    """
    Some people with one currency, and what they add up to; the whole currency has no region, and
    all that is shown of a round has no currency of its own but the reporting one.
    """

    region: str | None
    currency: str
    count: int
    sums: Sums
    last: Against | None = None
    plan: Against | None = None
    reported: Sums | None = None  # in the reporting currency, where there is a rate


def role_of(job_title: str) -> str:
    """What somebody does, without where: “Mid-market AE, Lyon” is a “Mid-market AE”."""
    return job_title.partition(",")[0].strip()


def groups(kept: Kept) -> list[Group]:
    """What is shown of a round, added up."""
    return [_group(kept, choice) for choice in kept.shown]


def total(kept: Kept, shown: Sequence[Group]) -> Group | None:
    """
    All currencies that are shown, in the reporting one; None where there is none or a rate is
    missing. It adds up what is shown of each, so it tells nothing that these do not.
    """
    reporting = kept.reporting
    whole = [group for group in shown if group.region is None]
    if reporting is None or not whole or any(group.reported is None for group in whole):
        return None
    found: Group | None = None
    for group in whole:
        convert = _converter(reporting, group.currency)
        one = Group(
            region=None,
            currency=reporting.currency,
            count=group.count,
            sums=group.sums.times(convert),
            last=group.last and group.last.times(convert),
            plan=group.plan and group.plan.times(convert),
        )
        found = one if found is None else _together(found, one)
    return found


def told_count(kept: Kept, kind: str) -> tuple[str, int]:
    """
    How many packets of a round are one kind of exception, in what way it may be told: NONE, FEW,
    COUNT, MOST (all but a few), ALL, or HIDDEN.
    """
    size, count = len(kept.rows), sum(kind in row.odd for row in kept.rows)
    if kind not in kept.told:
        return HIDDEN, 0
    if not count:
        return "NONE", 0
    if count == size:
        return "ALL", count
    if count < FEWEST:
        return "FEW", 0
    return ("MOST", 0) if size - count < FEWEST else ("COUNT", count)


def _group(kept: Kept, choice: Choice) -> Group:
    rows = people_of(kept.rows, choice)
    sums, reporting = added_up(rows, with_costs=COSTS in choice.beside), kept.reporting
    return Group(
        region=choice.region,
        currency=choice.currency,
        count=len(rows),
        sums=sums,
        last=_against(rows, LAST) if LAST in choice.beside else None,
        plan=_against(rows, PLAN) if PLAN in choice.beside else None,
        reported=sums.times(_converter(reporting, choice.currency))
        if reporting is not None and not reporting.lacking([choice.currency])
        else None,
    )


def _converter(reporting: Reporting, currency: str) -> Callable[[Decimal], Decimal]:
    return lambda amount: reporting.whole(amount, currency)


def added_up(rows: Sequence[Figures], *, with_costs: bool = True) -> Sums:
    """The sums of a group."""
    return Sums(
        quota=sum((row.quota for row in rows), NOTHING),
        base=sum((row.base for row in rows), NOTHING),
        target_variable=sum((row.target_variable for row in rows), NOTHING),
        cost_half=sum((row.cost_half for row in rows), NOTHING) if with_costs else None,
        cost_above=sum((row.cost_above for row in rows), NOTHING) if with_costs else None,
    )


def _against(rows: Sequence[Figures], name: str) -> Against:
    some = compared(rows, name)
    then = [(row.last if name == LAST else row.plan) or (NOTHING, NOTHING) for row in some]
    return Against(
        len(some),
        (sum((row.quota for row in some), NOTHING), sum((one for one, _two in then), NOTHING)),
        (
            sum((row.target_variable for row in some), NOTHING),
            sum((two for _one, two in then), NOTHING),
        ),
    )


def _together(one: Group, two: Group) -> Group:
    return Group(
        region=None,
        currency=one.currency,
        count=one.count + two.count,
        sums=one.sums + two.sums,
        # In part it would be a percentage of nobody knows whom
        last=one.last + two.last if one.last and two.last else None,
        plan=one.plan + two.plan if one.plan and two.plan else None,
    )


def _change(now: Decimal, then: Decimal) -> Decimal | None:
    return now / then - 1 if then else None
