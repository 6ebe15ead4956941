"""When somebody is certified, and how sure an average is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

VALID_FOR = timedelta(days=365)
SEEN = 3  # does it alone
FEWEST_TO_SAY = 5
_Z_95 = 1.96


def passed(marks: Sequence[int], behaviours: int) -> bool:
    """Whether a manager saw each of the behaviours at least done alone."""
    return len(marks) == behaviours and behaviours > 0 and min(marks) >= SEEN


@dataclass(frozen=True, slots=True)
class Average:
    """
    Mean score in percent with its 95% interval (normal approximation of the mean), and of how
    many. Without an interval there are too few to say.
    """

    mean: float
    n: int
    low: float | None
    high: float | None


def average(scores: Sequence[int]) -> Average | None:
    """The average of scores in percent; None of none."""
    n = len(scores)
    if not n:
        return None
    mean = sum(scores) / n
    if n < FEWEST_TO_SAY:
        return Average(mean, n, None, None)
    variance = sum((score - mean) ** 2 for score in scores) / (n - 1)
    half = _Z_95 * math.sqrt(variance / n)
    return Average(mean, n, max(mean - half, 0.0), min(mean + half, 100.0))
