"""A comp plan in words: one sentence a rule, worked examples at somebody's own numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from django.utils.translation import gettext as _

from core.currencies import digits
from core.ui import figures
from events.packets.comp.rules.comp import Comp
from events.packets.comp.rules.payout import EXACT, Basis, Method, Pays, Plan, plain

EXAMPLES = (Decimal("0.5"), Decimal(1), Decimal("1.5"))


@dataclass(frozen=True, slots=True, repr=False)
class Example:
    """What somebody earns at one result; `attainment` is a share of quota."""

    attainment: Decimal
    closed: Decimal
    earned: Decimal


def examples(
    comp: Comp, quota: Decimal, currency: str, attainments: Sequence[Decimal] = EXAMPLES
) -> list[Example]:
    """Worked examples at one person's own numbers, every measure at the same share."""
    return [
        Example(
            attainment,
            quota * attainment,
            comp.earned_at(attainment, quota=quota, digits=digits(currency)),
        )
        for attainment in attainments
    ]


def example_of(comp: Comp, quota: Decimal, currency: str, closed: Decimal) -> Example:
    """What closing so much earns, every measure at the same share of its target; exact to the cent."""
    with localcontext(EXACT):
        attainment = closed / quota
    earned = comp.earned_at(attainment, quota=quota, digits=digits(currency))
    return Example(attainment, closed, earned)


def pays_target(comp: Comp, quota: Decimal, currency: str) -> bool:
    """Whether the payout at 100% of every measure equals the target variable."""
    at_target = comp.earned_at(Decimal(1), quota=quota, digits=digits(currency))
    return at_target == comp.target_variable


def percent(share: Decimal) -> str:
    """A share as people say it: 0.625 is 62.5%."""
    places = max(-int(Decimal(plain(share * 100)).as_tuple().exponent), 0)
    return figures.percent(share, places)


def comp_sentences(comp: Comp) -> list[str]:
    """How the variable is earned, measure by measure, one sentence a rule."""
    if len(comp.measures) == 1:
        return plan_sentences(comp.measures[0].plan)
    said = []
    for measure in comp.measures:
        rules = " ".join(plan_sentences(measure.plan))
        said.append(
            _("%(name)s, %(weight)s of your variable: %(rules)s")
            % {"name": measure.name, "weight": percent(measure.weight), "rules": rules}
        )
    return said


def plan_sentences(plan: Plan) -> list[str]:
    """One plan as its rep should understand it, one sentence a rule."""
    said = []
    if plan.threshold is not None and plan.threshold.at > 0:
        said.append(_threshold_sentence(plan))
    if plan.basis == Basis.PAYOUT_CURVE:
        said += [
            _("At %(attainment)s of quota you earn %(share)s of your variable.")
            % {"attainment": percent(x), "share": percent(y)}
            for x, y in plan.points
        ]
        said.append(_("Between these points the payout rises in a straight line."))
    else:
        said += _band_sentences(plan)
    if plan.cap is None:
        said.append(_("There is no cap."))
    else:
        said.append(
            _("The payout never passes %(share)s of your target variable.")
            % {"share": percent(plan.cap)}
        )
    return said


def _threshold_sentence(plan: Plan) -> str:
    assert plan.threshold is not None  # noqa: S101
    at = {"at": percent(plan.threshold.at)}
    if plan.threshold.pays == Pays.ABOVE_THRESHOLD:
        return _("Only what you close above %(at)s of quota is paid.") % at
    return _("Below %(at)s of quota there is no payout; from there on everything counts.") % at


def _band_sentences(plan: Plan) -> list[str]:
    said = []
    multiplier = plan.basis == Basis.TV_MULTIPLIER
    for band in plan.bands:
        if band.start == 0:
            text = (
                _("Each percent of quota pays %(rate)s of your target variable.")
                if multiplier
                else _("You earn %(rate)s of what you close.")
            )
        elif plan.method == Method.RETROACTIVE:
            text = (
                _("From %(at)s of quota on, every percent pays %(rate)s, from the first.")
                if multiplier
                else _("From %(at)s of quota on, all that you closed pays %(rate)s.")
            )
        else:
            text = (
                _("From %(at)s of quota, each further percent pays %(rate)s.")
                if multiplier
                else _("From %(at)s of quota, you earn %(rate)s of what you close.")
            )
        # A multiplier of 1.5 pays one and a half percent of the variable for a percent of quota
        rate = percent(band.rate / 100 if multiplier else band.rate)
        said.append(text % {"at": percent(band.start), "rate": rate})
    return said
