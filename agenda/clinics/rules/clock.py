"""The clock of one deal: which part runs, how long it has left, and when the deal ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a deal's time in a clinic."""

    key: str
    name: str | Promise
    minutes: int  # where a planner says nothing else


PARTS = (
    Part("situation", _("Situation"), 4),
    Part("stakeholders", _("Stakeholders"), 5),
    Part("meddpicc", _("MEDDPICC"), 8),
    Part("crisis", _("Crisis points"), 5),
    Part("outcome", _("Save or loss"), 5),
    Part("lessons", _("Lessons"), 3),
)
MINUTES = tuple(part.minutes for part in PARTS)
LONGEST = 4 * 60 * 60  # seconds that a part may be given or take: a device that was forgotten


@dataclass(frozen=True, slots=True)
class Clock:
    """
    How a deal's clock stands, as a device tells it: the part that runs, the deal being over behind
    the last; since when; and seconds by part, those used before `since` and those given.
    """

    part: int
    since: datetime
    used: tuple[int, ...]
    given: tuple[int, ...]
    is_paused: bool = False

    @property
    def is_over(self) -> bool:
        return self.part >= len(PARTS)

    def used_at(self, at: datetime) -> tuple[int, ...]:
        """Seconds that each part has taken by a moment."""
        if self.is_over or self.is_paused:
            return self.used
        run = max(0, int((at - self.since).total_seconds()))
        return tuple(used + run * (n == self.part) for n, used in enumerate(self.used))

    def left_at(self, at: datetime) -> int:
        """Seconds that the part has left; less than 0 where it is over its time."""
        return 0 if self.is_over else self.given[self.part] - self.used_at(at)[self.part]

    def ends_at(self, at: datetime) -> datetime:
        """When the deal ends if each part from here on takes what it was given; its end where it is over."""
        if self.is_over:
            return self.since
        later = sum(self.given[self.part + 1 :])
        return at + timedelta(seconds=max(0, self.left_at(at)) + later)

    def kept(self) -> dict[str, Any]:
        """The clock as a column and a device keep it; `read_clock` is the way back."""
        return {
            "part": self.part,
            "since": self.since.isoformat(),
            "used": list(self.used),
            "given": list(self.given),
            "is_paused": self.is_paused,
        }


def read_clock(kept: Mapping[str, Any]) -> Clock:
    """
    A clock from what a device said.

    :raises ValueError: it says something that no clock can say
    """
    part, paused = kept.get("part"), kept.get("is_paused", False)
    if type(part) is not int or not 0 <= part <= len(PARTS) or type(paused) is not bool:
        raise ValueError("part")
    since = datetime.fromisoformat(str(kept.get("since")))
    if since.tzinfo is None:
        raise ValueError("since")
    return Clock(part, since, seconds(kept.get("used")), seconds(kept.get("given")), paused)


def seconds(said: object) -> tuple[int, ...]:
    """
    Seconds by part.

    :raises ValueError: they are not one whole number for each part, from 0 to four hours
    """
    if not isinstance(said, Sequence) or isinstance(said, str) or len(said) != len(PARTS):
        raise ValueError("seconds")
    if any(type(one) is not int or not 0 <= one <= LONGEST for one in said):
        raise ValueError("seconds")
    return tuple(said)
