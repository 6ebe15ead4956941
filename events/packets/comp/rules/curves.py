"""The payout curve as a picture: where the line bends, and three points with their figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.currencies import digits
from core.ui.figures import SYMBOLS, money, short_money
from core.ui.geometry import Frame, nice_ticks
from events.packets.comp.rules.comp import Comp
from events.packets.comp.rules.words import examples, percent

UNTIL = Decimal("1.5")
COLUMN = Decimal("0.5")
JUST_BELOW = Decimal("0.0000001")
# A jump smaller than this share of the target variable is drawn as a bend
JUMP = Decimal("0.005")
ROWS = 5
LEFT, RIGHT, TOP, BOTTOM = 46, 16, 30, 34
LABEL_GAP = 10

Point = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True, repr=False)
class Mark:
    """A text at a place of the picture."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Dot:
    """A point of the curve with its figure beside it; `is_quota` is the point that is theirs."""

    x: str
    y: str
    label: Mark
    anchor: str
    is_quota: bool


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """A payout curve in the units of its view box, and what it says in words."""

    width: int
    height: int
    left: int
    right: int
    path: str
    rows: tuple[Mark, ...]
    columns: tuple[Mark, ...]
    dots: tuple[Dot, ...]
    label: str

    @property
    def middle(self) -> int:
        return (self.left + self.right) // 2


def curve(comp: Comp, quota: Decimal, currency: str, until: Decimal = UNTIL) -> list[Point]:
    """Attainment and payout where the line bends; a jump is two points at one attainment."""
    line: list[Point] = []
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
    width: int = 350,
    height: int = 230,
    until: Decimal = UNTIL,
) -> Picture:
    """The curve from nothing to half as much again as the quota, or to another whole half."""
    line = curve(comp, quota, currency, until)
    highest = max((paid for _at, paid in line), default=Decimal(0)) or Decimal(1)
    right, ground = width - RIGHT, height - BOTTOM
    frame = Frame(LEFT, right, TOP, ground, y_to=float(highest), x_to=float(until))

    def across(attainment: Decimal) -> float:
        return frame.x(float(attainment))

    def up(paid: float | Decimal) -> str:
        return _place(frame.y(float(paid)))

    dots = []
    for example in examples(comp, quota, currency):
        x, y = across(example.attainment), frame.y(float(example.earned))
        is_last = example.attainment == until
        shift, drop = (-LABEL_GAP, -8) if is_last else (LABEL_GAP, 17)
        label = Mark(
            _place(x + shift),
            _place(y + drop),
            short(example.earned, currency),
        )
        dots.append(
            Dot(_place(x), _place(y), label, "end" if is_last else "start", example.attainment == 1)
        )
    shares = [COLUMN * number for number in range(int(until / COLUMN) + 1)]
    return Picture(
        width=width,
        height=height,
        left=LEFT,
        right=right,
        path=" ".join(
            f"{'L' if number else 'M'}{_place(across(attainment))} {up(paid)}"
            for number, (attainment, paid) in enumerate(line)
        ),
        rows=tuple(Mark(str(LEFT - 8), up(tick), short(tick, currency)) for tick in ticks(highest)),
        columns=tuple(
            Mark(_place(across(attainment)), str(ground + 18), percent(attainment))
            for attainment in shares
        ),
        dots=tuple(dots),
        label=_("Payout: %(points)s")
        % {
            "points": ", ".join(
                _("%(paid)s at %(attainment)s of quota")
                % {
                    "paid": money(example.earned, currency),
                    "attainment": percent(example.attainment),
                }
                for example in examples(comp, quota, currency)
            )
        },
    )


def ticks(highest: Decimal) -> list[Decimal]:
    """Round figures from 0 up to the highest, for an axis."""
    found = [Decimal(str(tick)) for tick in nice_ticks(0, float(highest), ROWS)]
    return [tick for tick in found if tick <= highest]


def short(amount: Decimal, currency: str) -> str:
    """A figure with little room: €106.4k. Currencies without a sign go without."""
    return short_money(amount, currency if currency in SYMBOLS else "")


def _place(value: float) -> str:
    return f"{value:.1f}"
