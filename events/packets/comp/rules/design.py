"""
A comp plan as it is designed: all but the figures of a person, and so without a currency.

A draft may be unsound: `events.packets.comp.rules.validation` says what is wrong. `comp_for` makes the
plan of one person of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.views.decorators.debug import sensitive_variables

from core.currencies import digits
from events.packets.comp.rules.comp import (
    Comp,
    Draw,
    DrawKind,
    Measure,
    Reconciled,
    Spif,
    SplitShare,
    measure_from_json,
    measure_to_json,
    splits_from_json,
)
from events.packets.comp.rules.payout import Basis, decimal_from, plain

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class SpifDesign:
    """A SPIF with its amount in each currency; whoever is paid in another does not have it."""

    name: str
    text: str
    amounts: Mapping[str, Decimal]
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class DrawDesign:
    """A draw as a share of the monthly target variable, so that it fits every currency."""

    kind: DrawKind
    share: Decimal
    months: int
    reconciled: Reconciled = Reconciled.MONTHLY


@dataclass(frozen=True, slots=True)
class PlanDesign:
    """How variable pay is earned by everybody on a plan. Weights may not add up in a draft."""

    measures: tuple[Measure, ...]
    terms: str
    spifs: tuple[SpifDesign, ...] = ()
    draw: DrawDesign | None = None
    clawback_months: int | None = None
    splits: tuple[SplitShare, ...] = ()
    credits_overlays: bool = False  # beside the others: the shares may add up to more than 1

    @property
    def weight(self) -> Decimal:
        """The weights of all measures together: 1 in a sound plan."""
        return sum((measure.weight for measure in self.measures), ZERO)

    @property
    def pays_by_attainment(self) -> bool:
        """Whether a share of quota alone says the share of target variable that is paid."""
        return all(one.plan.basis != Basis.REVENUE_RATE for one in self.measures)

    @sensitive_variables()
    def comp_for(
        self, *, name: str, base: Decimal, target_variable: Decimal, currency: str
    ) -> Comp:
        """
        The plan of one person. The draw is rounded half up to their currency.

        :raises ValueError: the weights do not add up to 1
        """
        return Comp(
            base=base,
            target_variable=target_variable,
            measures=self.measures,
            terms=self.terms,
            plan_name=name,
            spifs=tuple(
                Spif(spif.name, spif.text, spif.amounts[currency], spif.starts, spif.ends)
                for spif in self.spifs
                if currency in spif.amounts
            ),
            draw=self._draw(target_variable, currency),
            clawback_months=self.clawback_months,
            splits=self.splits,
        )

    def _draw(self, target_variable: Decimal, currency: str) -> Draw | None:
        if self.draw is None:
            return None
        unit = Decimal(1).scaleb(-digits(currency))
        amount = (self.draw.share * target_variable / 12).quantize(unit, ROUND_HALF_UP)
        return Draw(self.draw.kind, amount, self.draw.months, self.draw.reconciled)


def design_to_json(design: PlanDesign) -> dict[str, Any]:
    """A design as plain values, figures as strings without needless zeros."""
    return {
        "measures": [measure_to_json(measure) for measure in design.measures],
        "terms": design.terms,
        "spifs": [
            {
                "name": spif.name,
                "text": spif.text,
                "amounts": {code: plain(amount) for code, amount in sorted(spif.amounts.items())},
                "dates": [spif.starts.isoformat(), spif.ends.isoformat()],
            }
            for spif in design.spifs
        ],
        "draw": None
        if design.draw is None
        else {
            "kind": design.draw.kind.value,
            "share": plain(design.draw.share),
            "months": design.draw.months,
            "reconciled": design.draw.reconciled.value,
        },
        "clawback_months": design.clawback_months,
        "splits": [[one.role, plain(one.share)] for one in design.splits],
        "credits_overlays": design.credits_overlays,
    }


def design_from_json(data: Mapping[str, Any]) -> PlanDesign:
    """
    Read a design back.

    :raises ValueError: a figure is no number, or the plan of a measure is not sound
    :raises KeyError: a part is missing
    """
    draw = data.get("draw")
    return PlanDesign(
        measures=tuple(measure_from_json(part) for part in data["measures"]),
        terms=data["terms"],
        spifs=tuple(
            SpifDesign(
                part["name"],
                part["text"],
                {code: decimal_from(amount) for code, amount in part["amounts"].items()},
                *(date.fromisoformat(day) for day in part["dates"]),
            )
            for part in data.get("spifs", [])
        ),
        draw=DrawDesign(
            DrawKind(draw["kind"]),
            decimal_from(draw["share"]),
            int(draw["months"]),
            Reconciled(draw["reconciled"]),
        )
        if draw
        else None,
        clawback_months=data.get("clawback_months"),
        splits=splits_from_json(data.get("splits", [])),
        credits_overlays=data.get("credits_overlays", False),
    )
