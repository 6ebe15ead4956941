"""
One person's comp plan: base, target variable, weighted measures, SPIFs, draw, clawback, terms.

Nothing here has a `repr` with figures, so that no log or error page shows any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from typing import Any

from django.views.decorators.debug import sensitive_variables

from events.packets.comp.rules import payout
from events.packets.comp.rules.payout import Plan, decimal_from, plain, plan_from_json, plan_to_json

ZERO = Decimal(0)
ONE = Decimal(1)
FINEST = Decimal(1).scaleb(-40)


@dataclass(frozen=True, slots=True, repr=False)
class Measure:
    """
    One thing that is paid for: its share of the target variable, and the plan that pays it.

    `target` is what 100% of this measure is; none means the person's quota.
    """

    name: str
    weight: Decimal
    plan: Plan
    target: Decimal | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Spif:
    """A special incentive beside the plan: so much for something said in words, for a while."""

    name: str
    text: str
    amount: Decimal
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class SplitShare:
    """Who gets which share of a deal's credit: a role such as “Overlay specialist”, and 0.4."""

    role: str
    share: Decimal


class DrawKind(StrEnum):
    """RECOVERABLE: later earnings pay it back. NON_RECOVERABLE: what is short stays the rep's."""

    RECOVERABLE = "RECOVERABLE"
    NON_RECOVERABLE = "NON_RECOVERABLE"


class Reconciled(StrEnum):
    """How often a draw is set against earnings."""

    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True, repr=False)
class Draw:
    """An advance on variable pay: so much a month, for so many months from the plan's start."""

    kind: DrawKind
    amount: Decimal
    months: int
    reconciled: Reconciled = Reconciled.MONTHLY


@dataclass(frozen=True, slots=True, repr=False)
class Comp:
    """
    Base salary, target variable and how the variable is earned; amounts for the plan year.

    `terms` names the edition of the terms. `clawback_months` is how long a cancelled deal is taken
    back in proportion; none where the terms alone say it. `splits` is how a shared deal is credited
    unless its managers agree otherwise.

    :raises ValueError: there is no measure, or the weights do not add up to 1
    """

    base: Decimal
    target_variable: Decimal
    measures: tuple[Measure, ...]
    terms: str
    plan_name: str = ""
    spifs: tuple[Spif, ...] = ()
    draw: Draw | None = None
    clawback_months: int | None = None
    splits: tuple[SplitShare, ...] = ()

    def __post_init__(self) -> None:
        if sum((measure.weight for measure in self.measures), ZERO) != 1:
            raise ValueError("The weights of the measures add up to 1.")
        if any(measure.weight <= 0 for measure in self.measures):
            raise ValueError("Each measure has a weight above zero.")

    @property
    def on_target(self) -> Decimal:
        """On-target earnings: base and variable together at 100% of quota."""
        return self.base + self.target_variable

    @property
    def base_share(self) -> Decimal:
        """The base's part of on-target earnings, between 0 and 1; half up to whole percents."""
        if not self.on_target:
            return ZERO
        return (self.base / self.on_target).quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def variable_share(self) -> Decimal:
        """What the base leaves of on-target earnings: the two are the mix."""
        return 1 - self.base_share if self.on_target else ZERO

    @sensitive_variables()
    def earned_at(self, attainment: Decimal, *, quota: Decimal, digits: int = 2) -> Decimal:
        """The variable pay when every measure comes in at one share of its target."""
        return self.earned([attainment] * len(self.measures), quota=quota, digits=digits)

    @sensitive_variables()
    def earned(self, attainments: list[Decimal], *, quota: Decimal, digits: int = 2) -> Decimal:
        """
        The variable pay for a share of target in each measure, in their order.

        The sum stays exact until one rounding, half up, to `digits`.
        """
        with localcontext(payout.EXACT):
            total = ZERO
            for measure, attainment in zip(self.measures, attainments, strict=True):
                target = measure.target or quota
                total += payout.exact_payout(
                    measure.plan,
                    quota=target,
                    target_variable=measure.weight * self.target_variable,
                    actual=attainment * target,
                )
            # A share that never ends, such as a third, must not pull half a cent below the half
            total = total.quantize(FINEST, rounding=ROUND_HALF_UP)
            return total.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)

    def turning_points(self, *, until: Decimal) -> list[Decimal]:
        """The attainments where the pay of any measure bends or jumps, from 0 to `until`."""
        found = {ZERO, ONE, until}
        for measure in self.measures:
            found.update(payout.turning_points(measure.plan, until=until))
        return sorted(found)


@dataclass(frozen=True, slots=True, repr=False)
class CompOffer:
    """What a packet says of one person's comp: the plan at their own pay, and its dates."""

    comp: Comp
    currency: str
    starts: date
    ends: date


def sole(plan: Plan, name: str = "") -> tuple[Measure, ...]:
    """One measure that carries the whole target variable."""
    return (Measure(name, ONE, plan),)


def comp_to_json(comp: Comp) -> dict[str, Any]:
    """The comp plan as plain values, figures as strings without needless zeros."""
    return {
        "plan_name": comp.plan_name,
        "base": plain(comp.base),
        "target_variable": plain(comp.target_variable),
        "measures": [measure_to_json(measure) for measure in comp.measures],
        "terms": comp.terms,
        "spifs": [
            {
                "name": spif.name,
                "text": spif.text,
                "amount": plain(spif.amount),
                "dates": [spif.starts.isoformat(), spif.ends.isoformat()],
            }
            for spif in comp.spifs
        ],
        "draw": None
        if comp.draw is None
        else {
            "kind": comp.draw.kind.value,
            "amount": plain(comp.draw.amount),
            "months": comp.draw.months,
            "reconciled": comp.draw.reconciled.value,
        },
        "clawback_months": comp.clawback_months,
        "splits": [[one.role, plain(one.share)] for one in comp.splits],
    }


def comp_from_json(data: Mapping[str, Any]) -> Comp:
    """
    Read a comp plan back; one with a single `plan` and no measures too.

    :raises ValueError: a figure is no number, or the plan is not sound
    :raises KeyError: a part is missing
    """
    draw = data.get("draw")
    return Comp(
        base=decimal_from(data["base"]),
        target_variable=decimal_from(data["target_variable"]),
        measures=sole(plan_from_json(data["plan"]))
        if "plan" in data
        else tuple(measure_from_json(part) for part in data["measures"]),
        terms=data["terms"],
        plan_name=data.get("plan_name", ""),
        spifs=tuple(
            Spif(
                part["name"],
                part["text"],
                decimal_from(part["amount"]),
                *(date.fromisoformat(day) for day in part["dates"]),
            )
            for part in data.get("spifs", [])
        ),
        draw=Draw(
            DrawKind(draw["kind"]),
            decimal_from(draw["amount"]),
            int(draw["months"]),
            Reconciled(draw["reconciled"]),
        )
        if draw
        else None,
        clawback_months=data.get("clawback_months"),
        splits=splits_from_json(data.get("splits", [])),
    )


def splits_from_json(data: Sequence[Sequence[str]]) -> tuple[SplitShare, ...]:
    """
    The shares of a split, read back.

    :raises ValueError: a share is no number
    """
    return tuple(SplitShare(role, decimal_from(share)) for role, share in data)


def measure_to_json(measure: Measure) -> dict[str, Any]:
    """A measure as plain values, figures as strings without needless zeros."""
    return {
        "name": measure.name,
        "weight": plain(measure.weight),
        "target": None if measure.target is None else plain(measure.target),
        "plan": plan_to_json(measure.plan),
    }


def measure_from_json(data: Mapping[str, Any]) -> Measure:
    """
    Read a measure back.

    :raises ValueError: a figure is no number, or its plan is not sound
    :raises KeyError: a part is missing
    """
    target = data.get("target")
    return Measure(
        data["name"],
        decimal_from(data["weight"]),
        plan_from_json(data["plan"]),
        None if target is None else decimal_from(target),
    )
