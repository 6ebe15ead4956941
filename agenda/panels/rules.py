"""What makes a panel whole: its mix, its NPS, its minutes; plain values alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

PROMOTER, NEUTRAL, DETRACTOR = "PROMOTER", "NEUTRAL", "DETRACTOR"
STANDINGS = (PROMOTER, NEUTRAL, DETRACTOR)
LEAST = {PROMOTER: 9, NEUTRAL: 7, DETRACTOR: 0}  # of a score from 0 to 10
MOST_ISSUES = 3
MOST_ANSWERS = 2  # to a question


def standing_of(score: int) -> str:
    """Promoter from 9, neutral from 7, detractor below."""
    return next(one for one in STANDINGS if score >= LEAST[one])


@dataclass(frozen=True, slots=True)
class Mix:
    """How many of a panel recommend, might and do not."""

    promoters: int = 0
    neutrals: int = 0
    detractors: int = 0

    @classmethod
    def of(cls, standings: Iterable[str]) -> Mix:
        found = Counter(standings)
        return cls(*(found[one] for one in STANDINGS))

    @property
    def people(self) -> int:
        return self.promoters + self.neutrals + self.detractors

    @property
    def missing(self) -> list[str]:
        """Of whom there is nobody; empty where the panel holds all three."""
        counts = zip(STANDINGS, (self.promoters, self.neutrals, self.detractors), strict=True)
        return [standing for standing, count in counts if not count]

    @property
    def nps(self) -> int | None:
        """Percent of promoters less percent of detractors, half away from zero; None of nobody."""
        if not self.people:
            return None
        doubled = 200 * (self.promoters - self.detractors)
        rounded = (abs(doubled) + self.people) // (2 * self.people)
        return rounded if doubled >= 0 else -rounded


@dataclass(frozen=True, slots=True)
class Plan:
    """Minutes of a panel's questions against the length of its session."""

    planned: int
    length: int

    @property
    def over(self) -> int:
        """Minutes too many; 0 where it fits."""
        return max(0, self.planned - self.length)

    @property
    def left(self) -> int:
        """Minutes for what the room asks."""
        return max(0, self.length - self.planned)


def begins(minutes: Iterable[int]) -> list[int]:
    """After how many minutes of the session each question begins, in order."""
    found, passed = [], 0
    for one in minutes:
        found.append(passed)
        passed += one
    return found


def on_scale(nps: int, width: int) -> int:
    """Where an NPS stands on a line from −100 to 100 of a width."""
    return round((nps + 100) / 200 * width)
