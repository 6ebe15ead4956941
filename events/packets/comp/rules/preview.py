"""A design as its designer sees it: the payout curve, worked examples, words, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.charts import LineChart
from core.ui.figures import money
from events.packets.comp.rules import curves
from events.packets.comp.rules.comp import Comp, Measure, SplitShare
from events.packets.comp.rules.validation import CLIFF, Example, Finding, validate
from events.packets.comp.rules.words import Example as Worked
from events.packets.comp.rules.words import comp_sentences, examples

WORKED = tuple(Decimal(text) for text in ("0.5", "0.8", "1", "1.2", "1.5"))


@dataclass(frozen=True, slots=True, repr=False)
class Preview:
    """What a plan does at an example. Without a weight there is no curve to draw."""

    findings: list[Finding]
    curve: LineChart | None
    title: str
    examples: list[Worked]
    sentences: list[str]
    is_scaled: bool

    @property
    def blocking(self) -> int:
        return sum(finding.blocks for finding in self.findings)

    @property
    def improving(self) -> int:
        return len(self.findings) - self.blocking

    @property
    def summary(self) -> str:
        """How it stands, in one line."""
        if not self.findings:
            return _("Ready: 100% pays the target, and nothing stands out.")
        said = []
        if self.blocking:
            said.append(
                ngettext("%(n)d thing blocks", "%(n)d things block", self.blocking)
                % {"n": self.blocking}
            )
        if self.improving:
            said.append(
                ngettext("%(n)d thing to look at", "%(n)d things to look at", self.improving)
                % {"n": self.improving}
            )
        return ", ".join(said)


def preview(
    measures: Sequence[Measure],
    example: Example,
    *,
    splits: Sequence[SplitShare] = (),
    credits_overlays: bool = False,
    cliff: Decimal = CLIFF,
) -> Preview:
    """Everything that the designer shows beside a plan. Weights that do not add up are scaled."""
    findings = validate(
        measures,
        example,
        cliff=cliff,
        splits=[one.share for one in splits],
        credits_overlays=credits_overlays,
    )
    weighed = _scaled(measures)
    if not weighed:
        return Preview(findings, None, "", [], [], is_scaled=False)
    comp = Comp(Decimal(0), example.target_variable, weighed, terms="")
    numbers = (comp, example.quota, example.currency)
    worked = examples(*numbers, WORKED)
    paid = {one.attainment: money(one.earned, example.currency) for one in worked}
    return Preview(
        findings=findings,
        curve=curves.draw(*numbers, until=_until(comp)),
        title=_("100%% of target pays %(at)s; 150%% pays %(above)s")
        % {"at": paid[Decimal(1)], "above": paid[Decimal("1.5")]},
        examples=worked,
        sentences=comp_sentences(comp),
        is_scaled=weighed != tuple(measures),
    )


def _scaled(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """The measures with weights that add up; none if no weight is above zero."""
    weighing = [measure for measure in measures if measure.weight > 0]
    total = sum((measure.weight for measure in weighing), Decimal(0))
    if total in (0, 1):
        return tuple(weighing)
    scaled = [
        replace(one, weight=(one.weight / total).quantize(Decimal("0.0001"))) for one in weighing
    ]
    rest = 1 - sum((one.weight for one in scaled[:-1]), Decimal(0))
    scaled[-1] = replace(scaled[-1], weight=rest)
    return tuple(one for one in scaled if one.weight > 0)


def _until(comp: Comp) -> Decimal:
    """As far as the last bend and a little on."""
    last = comp.turning_points(until=curves.WIDEST)[-2]
    return curves.wide_enough(last + curves.JUST_BELOW)
