"""What all plans cost together: base and variable at chosen attainments, by currency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from statistics import NormalDist

from django.views.decorators.debug import sensitive_variables

from core.currencies import digits
from events.packets.comp.rules import payout
from events.packets.comp.rules.design import PlanDesign
from events.rates.rules import Reporting

ZERO, ONE = Decimal(0), Decimal(1)
ATTAINMENTS = (Decimal("0.5"), ONE, Decimal("1.5"))
QUANTILES = 20  # equal parts of a field that is spread by a mean and a deviation
HIGHEST = Decimal(5)

# Pairs of attainment and the share of people at it
Distribution = tuple[tuple[Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Payee:
    """
    One person's pay. `plan` is any key of their plan; `quota` matters only where a plan pays a
    share of revenue.
    """

    plan: int
    currency: str
    base: Decimal
    target_variable: Decimal
    quota: Decimal | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Cost:
    """Total comp in one currency, variable pay at each attainment in their order, and expected."""

    currency: str
    heads: int
    base: Decimal
    target_variable: Decimal
    variable: tuple[Decimal, ...]
    expected_variable: Decimal

    @property
    def totals(self) -> list[Decimal]:
        """Base and variable at each attainment."""
        return [self.base + one for one in self.variable]

    @property
    def on_target(self) -> Decimal:
        return self.base + self.target_variable

    @property
    def expected(self) -> Decimal:
        """Base and variable under the distribution."""
        return self.base + self.expected_variable


@sensitive_variables()
def costs(
    people: Sequence[Payee],
    plans: Mapping[int, PlanDesign],
    distribution: Distribution,
    attainments: Sequence[Decimal] = ATTAINMENTS,
) -> list[Cost]:
    """
    What people cost, one row a currency, the most heads first.

    Everybody's pay is rounded half up to their currency once for each attainment; what is
    expected is the sum of each attainment's pay times its share of people, rounded once, to
    whole units, since it is an estimate.
    Draws and SPIFs are left out. Whoever `without_quota` names must not be among the people.
    """
    steps = [*attainments, *(at for at, _share in distribution)]
    rates = {
        key: [_rate(plan, at) for at in steps]
        for key, plan in plans.items()
        if plan.pays_by_attainment
    }
    by_currency: dict[str, list[tuple[Payee, list[Decimal]]]] = {}
    with localcontext(payout.EXACT):
        for payee in people:
            shares = rates.get(payee.plan)
            exact = (
                [share * payee.target_variable for share in shares]
                if shares is not None
                else [_revenue_pay(plans[payee.plan], payee, at) for at in steps]
            )
            by_currency.setdefault(payee.currency, []).append((payee, exact))
        found = [
            _cost(currency, rows, len(attainments), distribution)
            for currency, rows in by_currency.items()
        ]
    return sorted(found, key=lambda cost: (-cost.heads, cost.currency))


def without_quota(people: Sequence[Payee], plans: Mapping[int, PlanDesign]) -> list[Payee]:
    """Whose pay cannot be worked out: paid by revenue, and no quota is known."""
    return [
        payee
        for payee in people
        if payee.quota is None and not plans[payee.plan].pays_by_attainment
    ]


def in_one(rows: Sequence[Cost], reporting: Reporting | None) -> Cost | None:
    """
    What all currencies cost in the reporting one, each converted in whole units; None for a single
    currency, which is its own total, and where a rate is missing.
    """
    if reporting is None or len(rows) < 2 or lacking_rates(rows, reporting):
        return None

    def added(amounts: Iterable[tuple[Decimal, str]]) -> Decimal:
        return sum((reporting.whole(amount, code) for amount, code in amounts), ZERO)

    return Cost(
        currency=reporting.currency,
        heads=sum(cost.heads for cost in rows),
        base=added((cost.base, cost.currency) for cost in rows),
        target_variable=added((cost.target_variable, cost.currency) for cost in rows),
        variable=tuple(
            added((cost.variable[place], cost.currency) for cost in rows)
            for place in range(len(rows[0].variable))
        ),
        expected_variable=added((cost.expected_variable, cost.currency) for cost in rows),
    )


def lacking_rates(rows: Sequence[Cost], reporting: Reporting | None) -> list[str]:
    """The currencies that keep costs from being told in one; none for a single currency."""
    codes = [cost.currency for cost in rows]
    if len(codes) < 2:
        return []
    return reporting.lacking(codes) if reporting else sorted(codes)


def bell(mean: Decimal, deviation: Decimal, quantiles: int = QUANTILES) -> Distribution:
    """
    A field spread by a normal distribution: so many equal parts, each at the middle of its part.

    Nothing is drawn at random. Attainments are kept between 0 and 5, in thousandths.
    """
    share = ONE / quantiles
    curve = NormalDist()
    found = []
    for number in range(quantiles):
        # Symmetric, so that the mean of all parts is the mean that was asked for
        distance = Decimal(str(round(curve.inv_cdf((number + 0.5) / quantiles), 6)))
        at = (mean + deviation * distance).quantize(Decimal("0.001"), ROUND_HALF_UP)
        found.append((min(max(at, ZERO), HIGHEST), share))
    return tuple(found)


def mean_of(distribution: Distribution) -> Decimal:
    """The attainment of everybody together."""
    return sum((at * share for at, share in distribution), ZERO)


@sensitive_variables()
def _cost(
    currency: str,
    rows: Sequence[tuple[Payee, list[Decimal]]],
    chosen: int,
    distribution: Distribution,
) -> Cost:
    unit = Decimal(1).scaleb(-digits(currency))

    def rounded(amount: Decimal) -> Decimal:
        return amount.quantize(unit, ROUND_HALF_UP)

    variable = tuple(
        sum((rounded(exact[place]) for _payee, exact in rows), ZERO) for place in range(chosen)
    )
    expected = sum(
        (
            share * exact[chosen + place]
            for _payee, exact in rows
            for place, (_at, share) in enumerate(distribution)
        ),
        ZERO,
    )
    return Cost(
        currency=currency,
        heads=len(rows),
        base=sum((payee.base for payee, _exact in rows), ZERO),
        target_variable=sum((payee.target_variable for payee, _exact in rows), ZERO),
        variable=variable,
        expected_variable=expected.quantize(Decimal(1), ROUND_HALF_UP),
    )


def _rate(plan: PlanDesign, attainment: Decimal) -> Decimal:
    """The share of target variable that every measure together pays at one attainment."""
    with localcontext(payout.EXACT):
        return sum(
            (
                measure.weight
                * payout.exact_payout(
                    measure.plan, quota=ONE, target_variable=ONE, actual=attainment
                )
                for measure in plan.measures
            ),
            ZERO,
        )


def _revenue_pay(plan: PlanDesign, payee: Payee, attainment: Decimal) -> Decimal:
    if payee.quota is None:
        raise ValueError("A share of revenue needs a quota.")
    paid = ZERO
    for measure in plan.measures:
        target = measure.target or payee.quota
        paid += payout.exact_payout(
            measure.plan,
            quota=target,
            target_variable=measure.weight * payee.target_variable,
            actual=attainment * target,
        )
    return paid
