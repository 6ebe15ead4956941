"""What an insight is in, when it is late, and which ones say the same: plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from core.folding import fold

LONGEST_WHAT, LONGEST_SAID = 160, 1000
MOST_HEARD = 99
MOST_IN_A_SESSION = 500  # beyond it, somebody plays

_ALIKE = 0.34  # of the pieces of both


@dataclass(frozen=True, slots=True)
class Answers:
    """How many insights of a function stand where; `in_time` of those that were to be answered by now."""

    acted: int = 0
    answered: int = 0
    declined: int = 0
    open: int = 0
    late: int = 0
    in_time: int = 0

    @property
    def total(self) -> int:
        return self.acted + self.answered + self.declined + self.open

    @property
    def asked(self) -> int:
        """Those that have an answer, and those that should have one."""
        return self.acted + self.answered + self.declined + self.late

    @property
    def share(self) -> float | None:
        """The share that was answered in time, from 0 to 1; None where nothing was to be answered yet."""
        return self.in_time / self.asked if self.asked else None

    def __add__(self, other: Answers) -> Answers:
        return Answers(
            self.acted + other.acted,
            self.answered + other.answered,
            self.declined + other.declined,
            self.open + other.open,
            self.late + other.late,
            self.in_time + other.in_time,
        )


def days_late(due: date | None, today: date, *, is_answered: bool) -> int:
    """How many days an answer is late; 0 where it is not, or nobody waits for it."""
    if due is None or is_answered:
        return 0
    return max((today - due).days, 0)


@lru_cache(4096)
def pieces(text: str) -> frozenset[str]:
    """A text as the three-letter pieces of its words, without case and accents."""
    return frozenset(
        padded[n : n + 3]
        for word in fold(text).split()
        for padded in [f"  {word} "]
        for n in range(len(padded) - 2)
    )


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two texts have in common, from 0 to 1: shared pieces of all pieces."""
    both = len(one | other)
    return len(one & other) / both if both else 0.0


def most_alike(text: str, others: Iterable[tuple[int, str]], most: int = 5) -> list[int]:
    """Those of some numbered texts that may say the same as one, the most alike first."""
    mine = pieces(text)
    near = ((alike(mine, pieces(said)), number) for number, said in others)
    found = sorted((-share, number) for share, number in near if share >= _ALIKE)
    return [number for _share, number in found[:most]]
