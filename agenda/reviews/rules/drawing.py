"""Where the points of the picture stand that sets reps beside buyers: for a desk, and for a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agenda.reviews.rules.reasons import Gap
from core.ui.geometry import nice_ticks

_ROW, _TOP = 42, 28


@dataclass(frozen=True, slots=True)
class Point:
    """One side of a reason: where its dot is, and its number beside it, away from the other side."""

    value: int
    x: int
    text_x: int
    text_y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One reason: its name's place and its two points."""

    name: str
    y: int
    label_y: int
    rep: Point
    buyer: Point


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture in units of its own; `kind` says where it is shown."""

    kind: str
    width: int
    height: int
    bottom: int
    label_x: int
    ticks: Sequence[tuple[int, int]]
    pairs: Sequence[Pair]


def pictures_of(gaps: Sequence[Gap]) -> list[Picture]:
    """The picture twice, for a desk and for a phone, so that its words keep their size."""
    return [_picture(gaps, "wide", 720, 170, 641), _picture(gaps, "narrow", 350, 126, 312)]


def _picture(gaps: Sequence[Gap], kind: str, width: int, left: int, right: int) -> Picture:
    most = max(max(gap.reps, gap.buyers) for gap in gaps)
    ticks = [int(one) for one in nice_ticks(0, most, 4) if one == int(one)]
    step = (right - left) / max(ticks[-1], most, 1)

    def at(value: int) -> int:
        return round(left + value * step)

    pairs = []
    for place, gap in enumerate(gaps):
        y = _TOP + place * _ROW
        pairs.append(
            Pair(
                gap.name,
                y,
                y + 4,
                _point(gap.reps, at(gap.reps), y, gap.reps - gap.buyers, first=True),
                _point(gap.buyers, at(gap.buyers), y, gap.buyers - gap.reps, first=False),
            )
        )
    bottom = _TOP + len(gaps) * _ROW - _ROW // 2
    return Picture(
        kind, width, bottom + 26, bottom, left - 16, [(at(one), one) for one in ticks], pairs
    )


def _point(value: int, x: int, y: int, ahead: int, *, first: bool) -> Point:
    # Where both say as many, one number stands on each side
    if ahead > 0 or (ahead == 0 and not first):
        return Point(value, x, x + 13, y + 4, "start")
    if value == 0:
        return Point(value, x, x, y - 12, "middle")
    return Point(value, x, x - 13, y + 4, "end")
