"""How much of an agenda lets people practise, rather than listen."""

from collections.abc import Iterable
from dataclasses import dataclass

# Percent of session minutes: under the aim is a warning, under two thirds of it a failure
EXPERIENTIAL_AIM = 45
EXPERIENTIAL_TYPES = frozenset({"DEAL_CLINIC", "WIN_LOSS_REVIEW", "CUSTOMER_PANEL", "WORKSHOP"})
UNCOUNTED_TYPES = frozenset({"MEAL_BREAK", "SOCIAL"})


@dataclass(frozen=True, slots=True)
class Share:
    """Experiential minutes of all session minutes; meals, breaks and social time not counted."""

    experiential: int = 0
    counted: int = 0

    @property
    def part(self) -> float | None:
        """0 to 1, or None where nothing is counted yet."""
        return self.experiential / self.counted if self.counted else None

    def fails(self, aim: int = EXPERIENTIAL_AIM) -> bool:
        """Whether it is under two thirds of an aim in percent."""
        return self.experiential * 300 < self.counted * aim * 2

    def is_under(self, aim: int = EXPERIENTIAL_AIM) -> bool:
        """Whether it is under an aim in percent."""
        return self.experiential * 100 < self.counted * aim


def experiential_share(sessions: Iterable[tuple[str, int]]) -> Share:
    """The share of experiential time among sessions given as type and minutes."""
    experiential = counted = 0
    for kind, minutes in sessions:
        if kind in UNCOUNTED_TYPES:
            continue
        counted += minutes
        if kind in EXPERIENTIAL_TYPES:
            experiential += minutes
    return Share(experiential, counted)
