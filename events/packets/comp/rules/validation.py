"""
What is wrong with a plan, in words, and what to do about it.

BLOCKS: nobody is given the plan before it is mended. IMPROVE: it can be given; somebody should
have looked at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum

from django.utils.translation import gettext as _

from core.currencies import digits
from core.ui.figures import money
from events.packets.comp.rules import payout
from events.packets.comp.rules.comp import Measure
from events.packets.comp.rules.payout import Basis, Plan
from events.packets.comp.rules.pieces import NOTHING, Piece, pays_the_same, pieces
from events.packets.comp.rules.words import percent

ZERO, ONE = Decimal(0), Decimal(1)
# A jump larger than this share of the whole target variable is told
CLIFF = Decimal("0.1")
# Without a cap, a last rate of so many times that up to 100% is told
STEEP = Decimal(3)
LEAST_SPAN = Decimal(3)


class Severity(StrEnum):
    BLOCKS = "BLOCKS"
    IMPROVE = "IMPROVE"


class Kind(StrEnum):
    """What a finding is about."""

    WEIGHTS = "WEIGHTS"
    TARGET = "TARGET"
    FALLS = "FALLS"
    UNREACHED = "UNREACHED"
    CLIFF = "CLIFF"
    STEEP = "STEEP"
    SPLITS = "SPLITS"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong and what to do; `measure` is its place from 0, none for the whole plan."""

    kind: Kind
    severity: Severity
    text: str
    mend: str
    measure: int | None = None

    @property
    def blocks(self) -> bool:
        return self.severity == Severity.BLOCKS


@dataclass(frozen=True, slots=True, repr=False)
class Example:
    """The quota and the target variable in a currency that a plan is tried on."""

    quota: Decimal
    target_variable: Decimal
    currency: str

    def told(self, amount: Decimal) -> str:
        unit = Decimal(1).scaleb(-digits(self.currency))
        return money(amount.quantize(unit, ROUND_HALF_UP), self.currency)


@dataclass(frozen=True, slots=True, repr=False)
class _Looked:
    """One measure at the example, with the straight pieces of its payout."""

    place: int
    name: str
    plan: Plan
    quota: Decimal
    target: Decimal  # its part of the target variable
    whole: Decimal  # the whole target variable
    example: Example
    line: list[Piece]

    def finding(self, kind: Kind, severity: Severity, text: str, mend: str) -> Finding:
        return Finding(
            kind, severity, f"{self.name}: {text}" if self.name else text, mend, self.place
        )

    def pieces_of(self, plan: Plan) -> list[Piece]:
        return pieces(plan, quota=self.quota, target_variable=self.target, until=self.line[-1].ends)


def validate(
    measures: Sequence[Measure],
    example: Example,
    *,
    cliff: Decimal = CLIFF,
    splits: Sequence[Decimal] = (),
    credits_overlays: bool = False,
) -> list[Finding]:
    """
    Everything worth saying about a plan, what blocks first.

    `cliff` is the share of the target variable above which a jump is told. Bands on a multiplier
    and curves are judged for every quota at once; what a share of revenue pays depends on the
    quota, so that there the example is judged, and 100% not paying the target does not block.
    With `credits_overlays` the shares of a split may add up to more than 1.
    """
    found = [*_weights(measures), *_splits(splits, credits_overlays)]
    with localcontext(payout.EXACT):
        for place, measure in enumerate(measures):
            looked = _look(place, measure, len(measures) > 1, example)
            found += _target(looked)
            found += _falls(looked)
            found += _unreached(looked)
            found += _cliffs(looked, cliff)
            found += _steep(looked)
    return sorted(found, key=lambda finding: not finding.blocks)


def _look(place: int, measure: Measure, named: bool, example: Example) -> _Looked:
    plan = measure.plan
    quota = measure.target or example.quota
    target = measure.weight * example.target_variable
    steps = payout.turning_points(replace(plan, cap=None), until=Decimal(1000))[:-1]
    # Far enough beyond the last step that a cap within reason is met
    until = max(LEAST_SPAN, 2 * steps[-1])
    line = pieces(plan, quota=quota, target_variable=target, until=until)
    name = (measure.name or _("Measure %(number)d") % {"number": place + 1}) if named else ""
    return _Looked(place, name, plan, quota, target, example.target_variable, example, line)


def _weights(measures: Sequence[Measure]) -> Iterator[Finding]:
    total = sum((measure.weight for measure in measures), ZERO)
    if total == 1:
        return
    gap = percent(abs(1 - total))
    yield Finding(
        Kind.WEIGHTS,
        Severity.BLOCKS,
        _("The weights add up to %(total)s, not to 100%%.") % {"total": percent(total)},
        (_("Add %(gap)s to a measure.") if total < 1 else _("Take %(gap)s off a measure."))
        % {"gap": gap},
    )


def _splits(shares: Sequence[Decimal], credits_overlays: bool) -> Iterator[Finding]:
    total = sum(shares, ZERO)
    if not shares or total == 1 or (credits_overlays and total > 1):
        return
    yield Finding(
        Kind.SPLITS,
        Severity.BLOCKS,
        _("The shares of a split deal add up to %(total)s, not to 100%%.")
        % {"total": percent(total)},
        _(
            "Change the shares, or say below that overlay specialists are credited beside the others."
        )
        if total > 1
        else _("Change the shares, or take the split out of the plan."),
    )


def _target(one: _Looked) -> Iterator[Finding]:
    paid = _paid(one.line, ONE)
    if abs(paid - one.target) <= NOTHING * (1 + one.target):
        return
    depends = one.plan.basis == Basis.REVENUE_RATE
    told = {"paid": one.example.told(paid), "target": one.example.told(one.target)}
    share = percent((paid / one.target).quantize(Decimal("0.0001"))) if one.target else ""
    if depends:
        yield one.finding(
            Kind.TARGET,
            Severity.IMPROVE,
            _("At the example's quota 100%% pays %(paid)s, not the target of %(target)s.") % told,
            _(
                "A share of revenue pays the target only at one quota. Each packet says whether it"
                " does at its own."
            ),
        )
        return
    yield one.finding(
        Kind.TARGET,
        Severity.BLOCKS,
        _("100%% of target pays %(paid)s, not the target variable of %(target)s: %(share)s of it.")
        % {**told, "share": share},
        _("Raise the rates below 100%, so that all of the target variable is paid there.")
        if paid < one.target
        else _("Lower the rates below 100%, or begin the higher ones at 100%."),
    )


def _falls(one: _Looked) -> Iterator[Finding]:
    """Where more results pay less: each fall from its top to where the pay is as high again."""
    top_at, top, lowest = ZERO, one.line[0].first, one.line[0].first
    jumped = falling = False
    for before, piece in zip([None, *one.line], one.line, strict=False):
        if falling and piece.first >= top:
            yield _fall(one, top_at, top, lowest, piece.starts, jumped)
            falling = False
        for at, paid, is_jump in (
            (piece.starts, piece.first, before is not None and piece.first < before.last),
            (piece.ends, piece.last, False),
        ):
            if paid < top - NOTHING * (1 + top):
                jumped = jumped or is_jump if falling else is_jump
                lowest = min(lowest, paid) if falling else paid
                falling = True
            elif falling:
                back = piece.starts + (top - piece.first) / piece.slope
                yield _fall(one, top_at, top, lowest, back, jumped)
                falling = False
            if not falling and paid >= top:
                top_at, top, lowest, jumped = at, paid, paid, False
    if falling:
        yield _fall(one, top_at, top, lowest, None, jumped)


def _fall(
    one: _Looked, at: Decimal, top: Decimal, lowest: Decimal, back: Decimal | None, jumped: bool
) -> Finding:
    facts = {
        "at": _share(at),
        "top": one.example.told(top),
        "lowest": one.example.told(lowest),
        "back": _share(back) if back is not None else "",
    }
    said = (
        _("Just below %(at)s the payout is %(top)s; with more it falls to %(lowest)s.")
        if jumped
        else _("At %(at)s the payout is %(top)s; with more it falls to %(lowest)s.")
    ) % facts
    after = (
        _("Whoever sells more earns less until %(back)s.") % facts
        if back is not None
        else _("Whoever sells more never earns as much again.")
    )
    return one.finding(
        Kind.FALLS,
        Severity.BLOCKS,
        f"{said} {after}",
        _("Let no point of the curve lie lower than the one before it.")
        if one.plan.basis == Basis.PAYOUT_CURVE
        else _("Raise the rate of the later band, or let each band pay its own rate."),
    )


def _unreached(one: _Looked) -> Iterator[Finding]:
    """Bands and points that change no payout: above the cap, below the threshold, or the same."""
    plan = one.plan
    is_curve = plan.basis == Basis.PAYOUT_CURVE
    steps = [at for at, _pays in plan.points] if is_curve else [band.start for band in plan.bands]
    if len(steps) < 2:
        return
    for place, at in enumerate(steps):
        if not is_curve and place == 0 and plan.bands[0].rate == 0:
            continue  # a first band of nothing says in words what would be so without it
        without = (
            replace(plan, points=plan.points[:place] + plan.points[place + 1 :])
            if is_curve
            else replace(plan, bands=plan.bands[:place] + plan.bands[place + 1 :])
        )
        if not pays_the_same(one.line, one.pieces_of(without)):
            continue
        yield one.finding(Kind.UNREACHED, Severity.IMPROVE, *_why_unreached(one, place, at))


def _why_unreached(one: _Looked, place: int, at: Decimal) -> tuple[str, str]:
    plan, facts = one.plan, {"at": percent(at)}
    if plan.basis == Basis.PAYOUT_CURVE:
        text = _("The point at %(at)s changes nothing.")
    elif plan.cap is not None and _paid(one.line, at) >= plan.cap * one.target and at > 0:
        text = _("The band from %(at)s is never reached: the cap of %(cap)s is met before it.")
        facts["cap"] = percent(plan.cap)
        return text % facts, _("Raise the cap, or take the band out.")
    elif plan.threshold is not None and at < plan.threshold.at:
        text = _("The band from %(at)s never pays: it ends below the threshold of %(from)s.")
        facts["from"] = percent(plan.threshold.at)
        return text % facts, _("Lower the threshold, or take the band out.")
    elif place and plan.bands[place].rate == plan.bands[place - 1].rate:
        text = _("The band from %(at)s pays the same rate as the one before it.")
    else:
        text = _("The band from %(at)s changes no payout.")
    return text % facts, _("Take it out, or give it a rate of its own.")


def _cliffs(one: _Looked, cliff: Decimal) -> Iterator[Finding]:
    jumps = [(ZERO, ZERO, one.line[0].first)] if one.line[0].first else []
    jumps += [
        (after.starts, before.last, after.first)
        for before, after in zip(one.line, one.line[1:], strict=False)
    ]
    for at, below, above in jumps:
        if above - below <= cliff * one.whole + NOTHING * (1 + above):
            continue
        share = percent(((above - below) / one.whole).quantize(Decimal("0.001")))
        yield one.finding(
            Kind.CLIFF,
            Severity.IMPROVE,
            _(
                "At %(at)s the payout jumps by %(jump)s, from %(below)s to %(above)s: %(share)s of"
                " the target variable for one more deal."
            )
            % {
                "at": _share(at),
                "jump": one.example.told(above - below),
                "below": one.example.told(below),
                "above": one.example.told(above),
                "share": share,
            },
            _(
                "Lower the threshold or pay only what lies above it, or let the rates rise in steps."
            ),
        )


def _steep(one: _Looked) -> Iterator[Finding]:
    """No cap, and a last rate far above what is paid on the way to 100%."""
    last, usual = one.line[-1].slope, _paid(one.line, ONE)
    if one.plan.cap is not None or not usual or last < STEEP * usual:
        return
    double = (_paid(one.line, Decimal(2)) / one.target) if one.target else ZERO
    yield one.finding(
        Kind.STEEP,
        Severity.IMPROVE,
        _(
            "There is no cap, and from %(at)s each percent pays %(times)s times what it pays on the"
            " way to 100%%: at 200%% that is %(share)s of the target variable."
        )
        % {
            "at": _share(one.line[-1].starts),
            "times": f"{(last / usual).quantize(Decimal('0.1')):f}".removesuffix(".0"),
            "share": percent(double.quantize(Decimal("0.01"))),
        },
        _("Set a cap, or check the cost model at a high attainment."),
    )


def _paid(line: Sequence[Piece], at: Decimal) -> Decimal:
    """What is paid at an attainment within the line."""
    piece = next(one for one in reversed(line) if one.starts <= at)
    return piece.first + piece.slope * (at - piece.starts)


def _share(attainment: Decimal) -> str:
    return percent(attainment.quantize(Decimal("0.001")))
