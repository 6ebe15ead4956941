"""
The payout engine: what a comp plan pays for a result, in Decimal, rounded once, half up.

The words are those of the plan format that `manage.py verify_payouts` reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from enum import StrEnum
from itertools import pairwise
from typing import Any

from django.views.decorators.debug import sensitive_variables

# Wide enough that nothing before the last step is rounded: amounts of 15 digits times rates of 10
# stay whole, and the one division keeps far more digits than a tie at half a cent needs.
EXACT = Context(prec=90)
ZERO = Decimal(0)
ONE = Decimal(1)


class Basis(StrEnum):
    """What a band's rate multiplies."""

    TV_MULTIPLIER = "TV_MULTIPLIER"
    REVENUE_RATE = "REVENUE_RATE"
    PAYOUT_CURVE = "PAYOUT_CURVE"


class Method(StrEnum):
    """MARGINAL: each band pays its own rate. RETROACTIVE: the reached band's from the first."""

    MARGINAL = "MARGINAL"
    RETROACTIVE = "RETROACTIVE"


class Pays(StrEnum):
    """What a met threshold pays: everything, or only the result above it."""

    FIRST_DOLLAR = "FIRST_DOLLAR"
    ABOVE_THRESHOLD = "ABOVE_THRESHOLD"


@dataclass(frozen=True, slots=True)
class Band:
    """From this attainment on (a share of quota; the boundary is this band's) this rate pays."""

    start: Decimal
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Threshold:
    """The attainment (a share of quota) below which nothing is paid; at it, it is met."""

    at: Decimal
    pays: Pays = Pays.FIRST_DOLLAR


@dataclass(frozen=True, slots=True)
class Plan:
    """
    How a result becomes a payout.

    `bands` serve TV_MULTIPLIER and REVENUE_RATE, `points` (attainment, share of target variable)
    serve PAYOUT_CURVE. `cap` is the share of target variable that the payout never passes.

    :raises ValueError: bands or points are missing, out of order or negative
    """

    basis: Basis
    method: Method = Method.MARGINAL
    bands: tuple[Band, ...] = ()
    points: tuple[tuple[Decimal, Decimal], ...] = ()
    threshold: Threshold | None = None
    cap: Decimal | None = None

    def __post_init__(self) -> None:
        steps = (
            [point[0] for point in self.points]
            if self.basis == Basis.PAYOUT_CURVE
            else [band.start for band in self.bands]
        )
        if not steps:
            raise ValueError("A plan needs at least one band or point.")
        if steps[0] < 0 or any(after <= before for before, after in pairwise(steps)):
            raise ValueError("Bands and points begin at 0 or later and rise.")
        shares = [band.rate for band in self.bands] + [point[1] for point in self.points]
        if any(share < 0 for share in shares) or (self.cap is not None and self.cap < 0):
            raise ValueError("Rates, shares and the cap are never negative.")
        if self.threshold and self.threshold.at < 0:
            raise ValueError("A threshold is never negative.")


@sensitive_variables()
def payout(
    plan: Plan,
    *,
    quota: Decimal,
    target_variable: Decimal | None,
    actual: Decimal,
    digits: int = 2,
) -> Decimal:
    """
    What the plan pays for a result, in the currency of the result.

    `quota` is above zero; `digits` are the decimals of the currency (2 for EUR, 0 for JPY). The
    sum stays exact until one division and one rounding, half up. A result below zero pays nothing.

    :raises ValueError: the quota is not above zero, or the plan needs a target variable
    """
    with localcontext(EXACT):
        paid = exact_payout(plan, quota=quota, target_variable=target_variable, actual=actual)
        return paid.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


@sensitive_variables()
def exact_payout(
    plan: Plan, *, quota: Decimal, target_variable: Decimal | None, actual: Decimal
) -> Decimal:
    """
    What the plan pays, before rounding: a part of a sum that is rounded once.

    To be called in the context `EXACT`.

    :raises ValueError: the quota is not above zero, or the plan needs a target variable
    """
    if quota <= 0:
        raise ValueError("A quota is above zero.")
    if target_variable is None and (plan.basis != Basis.REVENUE_RATE or plan.cap is not None):
        raise ValueError("This plan needs a target variable.")
    target = ZERO if target_variable is None else target_variable
    if plan.basis == Basis.PAYOUT_CURVE:
        paid = _on_curve(plan, quota, target, actual)
    elif plan.basis == Basis.TV_MULTIPLIER:
        paid = _in_bands(plan, quota, actual) * target / quota
    else:
        paid = _in_bands(plan, quota, actual)
    if plan.cap is not None:
        paid = min(paid, plan.cap * target)
    return paid


def _in_bands(plan: Plan, quota: Decimal, actual: Decimal) -> Decimal:
    """The result weighed by the rates of its bands, in units of the result."""
    floor = ZERO
    if plan.threshold is not None:
        if actual < plan.threshold.at * quota:
            return ZERO
        if plan.threshold.pays == Pays.ABOVE_THRESHOLD:
            floor = plan.threshold.at * quota
    if plan.method == Method.RETROACTIVE:
        reached = [band for band in plan.bands if band.start * quota <= actual]
        return reached[-1].rate * max(actual - floor, ZERO) if reached else ZERO
    starts = [band.start * quota for band in plan.bands]
    ends = [*starts[1:], None]
    weighed = ZERO
    for band, start, end in zip(plan.bands, starts, ends, strict=True):
        upper = actual if end is None else min(actual, end)
        weighed += band.rate * max(upper - max(start, floor), ZERO)
    return weighed


def _on_curve(plan: Plan, quota: Decimal, target: Decimal, actual: Decimal) -> Decimal:
    first, last = plan.points[0], plan.points[-1]
    if actual < first[0] * quota:
        return ZERO
    if actual >= last[0] * quota:
        return last[1] * target
    for (x0, y0), (x1, y1) in pairwise(plan.points):
        if actual < x1 * quota:
            run = (x1 - x0) * quota
            return target * (y0 * run + (y1 - y0) * (actual - x0 * quota)) / run
    raise AssertionError("The points cover every result between the first and the last.")


def pays_target_at_quota(
    plan: Plan, *, quota: Decimal, target_variable: Decimal, digits: int = 2
) -> bool:
    """The validator: is the payout at 100% of quota the target variable?"""
    at_quota = payout(
        plan, quota=quota, target_variable=target_variable, actual=quota, digits=digits
    )
    return at_quota == target_variable


def never_falls(plan: Plan) -> bool:
    """Whether this kind of plan can be promised never to pay less for a higher result."""
    if plan.basis == Basis.PAYOUT_CURVE:
        return all(after[1] >= before[1] for before, after in pairwise(plan.points))
    if plan.method == Method.RETROACTIVE:
        return all(after.rate >= before.rate for before, after in pairwise(plan.bands))
    return True


def turning_points(plan: Plan, *, until: Decimal) -> list[Decimal]:
    """The attainments where the payout bends or jumps, from 0 to `until`, both included."""
    steps = {ZERO, ONE, until}
    steps.update(band.start for band in plan.bands)
    steps.update(point[0] for point in plan.points)
    if plan.threshold is not None:
        steps.add(plan.threshold.at)
    if plan.cap is not None and plan.basis == Basis.TV_MULTIPLIER and plan.bands:
        reached = _attainment_of_cap(plan)
        if reached is not None:
            steps.add(reached)
    return sorted(step for step in steps if 0 <= step <= until)


def _attainment_of_cap(plan: Plan) -> Decimal | None:
    """Where a marginal multiplier of target variable meets its cap; None if it never does."""
    if plan.method != Method.MARGINAL or plan.cap is None:
        return None
    floor = ZERO
    if plan.threshold is not None and plan.threshold.pays == Pays.ABOVE_THRESHOLD:
        floor = plan.threshold.at
    paid = ZERO
    starts = [max(band.start, floor) for band in plan.bands]
    for band, start, end in zip(plan.bands, starts, [*starts[1:], None], strict=True):
        room = plan.cap - paid
        if band.rate > 0 and (end is None or band.rate * (end - start) >= room):
            return start + room / band.rate
        if end is not None:
            paid += band.rate * (end - start)
    return None


def plan_from_json(data: Mapping[str, Any]) -> Plan:
    """
    Read a plan measure in the shared format: figures are strings, never floats.

    :raises ValueError: a figure is no number, a name is unknown, or the plan is not sound
    :raises KeyError: a part is missing
    """
    threshold = data.get("threshold")
    cap = data.get("cap")
    return Plan(
        basis=Basis(data["basis"]),
        method=Method(data.get("method", Method.MARGINAL)),
        bands=tuple(
            Band(decimal_from(band["from"]), decimal_from(band["rate"]))
            for band in data.get("bands", [])
        ),
        points=tuple((decimal_from(x), decimal_from(y)) for x, y in data.get("points", [])),
        threshold=Threshold(decimal_from(threshold["at"]), Pays(threshold["pays"]))
        if threshold
        else None,
        cap=None if cap is None else decimal_from(cap),
    )


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """The plan in the shared format, figures as strings without needless zeros."""
    return {
        "basis": plan.basis.value,
        "method": plan.method.value,
        "bands": [{"from": plain(band.start), "rate": plain(band.rate)} for band in plan.bands],
        "points": [[plain(x), plain(y)] for x, y in plan.points],
        "threshold": None
        if plan.threshold is None
        else {"at": plain(plan.threshold.at), "pays": plan.threshold.pays.value},
        "cap": None if plan.cap is None else plain(plan.cap),
    }


def decimal_from(text: object) -> Decimal:
    """
    A figure written as text.

    :raises ValueError: it is a float, no number, or not finite
    """
    if isinstance(text, float):
        raise ValueError("Figures are strings, never floats.")
    try:
        value = Decimal(str(text))
    except ArithmeticError as error:
        raise ValueError(f"“{text}” is no number.") from error
    if not value.is_finite():
        raise ValueError(f"“{text}” is no number.")
    return value


def plain(value: Decimal) -> str:
    """A figure as text without exponent or trailing zeros: equal figures read the same."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


@dataclass(frozen=True, slots=True)
class Difference:
    """A worked case that the engine answers differently."""

    case: str
    expected: str
    found: str


def differences(cases: Sequence[Mapping[str, Any]]) -> list[Difference]:
    """Work each case of a file of the shared format; return those that differ or cannot be read."""
    found = []
    for number, case in enumerate(cases, start=1):
        expected = str(case.get("payout", ""))
        try:
            target = case.get("target_variable")
            answer = str(
                payout(
                    plan_from_json(case["plan"]),
                    quota=decimal_from(case["quota"]),
                    target_variable=None if target is None else decimal_from(target),
                    actual=decimal_from(case["actual"]),
                )
            )
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            answer = f"{type(error).__name__}: {error}"
        if answer != expected:
            found.append(Difference(str(case.get("id", f"case {number}")), expected, answer))
    return found
