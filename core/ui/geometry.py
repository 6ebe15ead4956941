"""Where figures are on a drawing, in plain numbers: for charts on pages and for those of letters."""

from dataclasses import dataclass
from math import floor, log10


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a drawing in which figures stand, and the figures at its edges."""

    left: float
    right: float
    top: float
    bottom: float
    y_to: float
    y_from: float = 0
    x_from: float = 0
    x_to: float = 1

    def x(self, value: float) -> float:
        share = (value - self.x_from) / (self.x_to - self.x_from)
        return self.left + share * (self.right - self.left)

    def y(self, value: float) -> float:
        share = (value - self.y_from) / (self.y_to - self.y_from)
        return self.bottom - share * (self.bottom - self.top)


def nice_ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers from `low` or under it to `high` or over it, about so many."""
    if high <= low:
        high = low + 1
    raw = (high - low) / about
    power = 10.0 ** floor(log10(raw))
    step = next(power * size for size in (1, 2, 2.5, 5, 10) if power * size >= raw * 0.999)
    first, last = floor(low / step + 1e-9), -floor(-high / step + 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]
