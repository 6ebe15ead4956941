"""New connections as a picture: where each circle and bar stands."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from agenda.groups.rules.weighing import Connections

CELL, GAP, LEFT, TOP = 100, 4, 116, 2  # of the picture's units
_LARGEST = 42  # radius of the largest circle
_HEIGHT, _WIDTH = 170, 360


@dataclass(frozen=True, slots=True)
class Circle:
    """How many of two kinds meet anew; `is_same` where they are of one. The area shows the count."""

    first: str
    second: str
    new: int
    all: int
    x: int
    y: int
    r: float
    is_same: bool

    @property
    def cell_x(self) -> int:
        return self.x - CELL // 2

    @property
    def cell_y(self) -> int:
        return self.y - CELL // 2 + 8

    @property
    def is_small(self) -> bool:
        """Whether its figure has no room inside."""
        return self.r < 14


@dataclass(frozen=True, slots=True)
class Circles:
    """A half table of kinds with a circle in each cell."""

    cells: list[Circle]
    labels: list[tuple[str, int, int, int]]  # a name, its height at the left, its place below: x, y
    width: int
    height: int


def circles(found: Connections) -> Circles | None:
    """The picture of who meets whom; None where nobody meets, or there are too many kinds to draw."""
    names = found.names
    if not found.pairs or not 2 <= len(names) <= 6:
        return None
    most = max(new for new, _all in found.between.values()) or 1
    cells = []
    for row, low in enumerate(names):
        for column, high in enumerate(names[: row + 1]):
            first, second = sorted((low, high))
            new, every = found.between.get((first, second), (0, 0))
            cells.append(
                Circle(
                    first=high,
                    second=low,
                    new=new,
                    all=every,
                    x=LEFT + column * (CELL + GAP) + CELL // 2,
                    y=TOP + row * (CELL - 16 + GAP) + (CELL - 16) // 2,
                    r=round(_LARGEST * sqrt(new / most), 1),
                    is_same=row == column,
                )
            )
    height = TOP + len(names) * (CELL - 16 + GAP)
    labels = [
        (
            name,
            TOP + place * (CELL - 16 + GAP) + (CELL - 16) // 2 + 4,
            LEFT + place * (CELL + GAP) + CELL // 2,
            height + 18,
        )
        for place, name in enumerate(names)
    ]
    return Circles(cells, labels, LEFT + len(names) * (CELL + GAP), height + 28)


@dataclass(frozen=True, slots=True)
class Column:
    """How many people meet so many new ones."""

    met: int
    people: int
    x: float
    y: float
    width: float
    height: float
    is_most: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def above(self) -> float:
        return self.y - 6


@dataclass(frozen=True, slots=True)
class Bars:
    """People by how many new people they meet. `fewest` is the least, `half` what half reach."""

    columns: list[Column]
    fewest: int
    half: int


def bars(found: Connections) -> Bars | None:
    """The picture of how many new people each meets; None where nobody meets anybody."""
    counts = found.by_person
    if not counts:
        return None
    most = max(counts.values())
    step = _WIDTH / len(counts)
    columns = []
    for place, (met, people) in enumerate(counts.items()):
        height = max(1.0, round((_HEIGHT - 5) * people / most, 1))
        columns.append(
            Column(
                met=met,
                people=people,
                x=round(10 + place * step + step * 0.12, 1),
                y=round(200 - height, 1),
                width=round(step * 0.76, 1),
                height=height,
                is_most=people == most,
            )
        )
    return Bars(columns, min(counts), _half(counts))


def _half(counts: dict[int, int]) -> int:
    left = sum(counts.values()) / 2
    for met in sorted(counts, reverse=True):
        left -= counts[met]
        if left <= 0:
            return met
    return min(counts)
