"""
How long a version of a packet is kept.

Three years at least: New York Labor Law 191(1)(c) asks for it. Counted from its end: the day on
which it was replaced, else the last day of its plan; and from the day of a signature under it,
where that is later. Not advice on law: `PACKET_RETENTION_YEARS` may ask for more, never for less.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEGAL_YEARS = 3


class Fate(StrEnum):
    """What becomes of a version: kept for now, held, due for deletion, deleted."""

    KEPT = "KEPT"
    HELD = "HELD"
    DUE = "DUE"
    SHREDDED = "SHREDDED"


@dataclass(frozen=True, slots=True)
class Life:
    """The days of a released version that retention counts from; all at the venue."""

    released: date
    effective_to: date
    superseded: date | None = None
    signed: date | None = None

    @property
    def ended(self) -> date:
        """The last day on which it counted for anything."""
        end = self.superseded or self.effective_to
        return max(end, self.released, self.signed or self.released)


def kept_until(life: Life, years: int) -> date:
    """The last day on which it must be there; from the day after, it may be deleted."""
    return years_after(life.ended, years)


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February where there is none is 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def fate_of(life: Life, *, years: int, today: date, is_held: bool, shredded: bool = False) -> Fate:
    """What becomes of a version today. A hold stops whatever is due, and is shown on what is kept."""
    if shredded:
        return Fate.SHREDDED
    if is_held:
        return Fate.HELD
    return Fate.DUE if today > kept_until(life, years) else Fate.KEPT
