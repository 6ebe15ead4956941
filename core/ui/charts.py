"""What a chart shows. The title says the finding; the same figures stand in a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from core.ui import figures

Number = float  # Decimal figures are turned into floats only to be drawn


@dataclass(frozen=True)
class Point:
    """
    A marked point of a curve. `label` is written beside it; `mine` is the one in the marker's
    colour; `low` and `high` are the ends of its interval.
    """

    x: Number
    y: Number
    label: str = ""
    mine: bool = False
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True)
class Tick:
    """A place on the x axis: “Day 30”, and under it “n = 141”."""

    x: Number
    label: str
    note: str = ""


@dataclass(frozen=True)
class LineChart:
    """
    One curve. `title` is the finding in a sentence, `unit` says unit and method in one line.

    `curve` are the corners of the line where it has others than its points: two corners with one
    x are a jump. `base` is a dotted comparison with its words. `heads` and `rows` are the table.

    :raises ValueError: fewer than two corners, or no table
    """

    title: str
    unit: str
    points: Sequence[Point]
    ticks: Sequence[Tick]
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    curve: Sequence[tuple[Number, Number]] = ()
    x_title: str = ""
    y_format: Callable[[float], str] = field(default=figures.number)
    y_from: Number | None = 0
    y_to: Number | None = None
    base: tuple[Number, str] | None = None
    alt: str = ""
    small: bool = False

    def __post_init__(self) -> None:
        if len(self.corners) < 2:
            raise ValueError("A curve has two corners at least.")
        if not self.heads or not self.rows:
            raise ValueError("A chart has its figures as a table.")

    @property
    def corners(self) -> list[tuple[float, float]]:
        found = self.curve or [(point.x, point.y) for point in self.points]
        return [(float(x), float(y)) for x, y in found]


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart: its label, its length, and the figure as it is written."""

    label: str
    value: Number
    text: str
    note: str = ""
    bad: bool = False


@dataclass(frozen=True)
class BarsChart:
    """
    Lengths side by side, which is a table of its own: no second one is needed.

    `total` is the full length; without it, the longest bar.
    """

    title: str
    unit: str
    bars: Sequence[Bar]
    heads: tuple[str, str]
    total: Number | None = None
