"""The payout curve: where the line bends, and the points whose figures stand beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from core.currencies import digits
from core.ui.charts import LineChart, Point, Tick
from core.ui.figures import SYMBOLS, money, short_money
from events.packets.comp.rules.comp import Comp
from events.packets.comp.rules.words import Example, examples, percent

UNTIL = Decimal("1.5")
WIDEST = Decimal(3)
COLUMN = Decimal("0.5")
JUST_BELOW = Decimal("0.0000001")
# A jump smaller than this share of the target variable is drawn as a bend
JUMP = Decimal("0.005")


def curve(
    comp: Comp, quota: Decimal, currency: str, until: Decimal = UNTIL
) -> list[tuple[Decimal, Decimal]]:
    """Attainment and payout where the line bends; a jump is two points at one attainment."""
    line: list[tuple[Decimal, Decimal]] = []
    for attainment in comp.turning_points(until=until):
        paid = comp.earned_at(attainment, quota=quota, digits=digits(currency))
        if attainment > 0:
            below = comp.earned_at(attainment - JUST_BELOW, quota=quota, digits=digits(currency))
            if abs(paid - below) > JUMP * comp.target_variable:
                line.append((attainment, below))
        line.append((attainment, paid))
    return line


def draw(
    comp: Comp,
    quota: Decimal,
    currency: str,
    *,
    until: Decimal = UNTIL,
    mine: Example | None = None,
) -> LineChart:
    """
    The curve from nothing to half as much again as the quota, or to another whole half.

    The marker is on the quota, with examples beside it; or on `mine`, and the quota beside that.
    """
    shown = examples(comp, quota, currency)
    chosen = Decimal(1)
    if mine is not None:
        at_quota = [one for one in shown if one.attainment == 1 != mine.attainment]
        near = at_quota and abs(mine.attainment - 1) < COLUMN / 4
        shown = sorted([mine, *([] if near else at_quota)], key=lambda one: one.attainment)
        chosen = mine.attainment
    return LineChart(
        title=_("Payout: %(points)s") % {"points": ", ".join(_in_words(shown, currency))},
        unit="",
        curve=[(float(at), float(paid)) for at, paid in curve(comp, quota, currency, until)],
        points=[
            Point(
                float(one.attainment),
                float(one.earned),
                short(one.earned, currency),
                mine=one.attainment == chosen,
            )
            for one in shown
            if one.attainment <= until
        ],
        ticks=[
            Tick(float(COLUMN * number), percent(COLUMN * number))
            for number in range(int(until / COLUMN) + 1)
        ],
        x_title=_("of quota closed"),
        y_format=partial(_on_axis, currency=currency),
        heads=(_("You close"), _("Of quota"), _("You earn")),
        rows=[
            (money(one.closed, currency), percent(one.attainment), money(one.earned, currency))
            for one in shown
        ],
    )


def wide_enough(attainment: Decimal) -> Decimal:
    """How far to draw so that an attainment is on the picture: whole halves, 150% to 300%."""
    halves = -int(-attainment // COLUMN)
    return min(max(halves * COLUMN, UNTIL), WIDEST)


def short(amount: Decimal, currency: str) -> str:
    """A figure with little room: €106.4k. Currencies without a sign go without."""
    return short_money(amount, currency if currency in SYMBOLS else "")


def _on_axis(amount: float, currency: str) -> str:
    return short(Decimal(str(amount)), currency)


def _in_words(shown: Sequence[Example], currency: str) -> list[str]:
    return [
        _("%(paid)s at %(attainment)s of quota")
        % {"paid": money(one.earned, currency), "attainment": percent(one.attainment)}
        for one in shown
    ]
