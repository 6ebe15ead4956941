"""What a group's scores say: where it agrees, and where the spread marks what to talk about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.strategies.rules import LETTERS, Letter

AGREED = 1  # so far apart at most, a group agrees


@dataclass(frozen=True, slots=True)
class Spread:
    """One letter with the scores of a group, lowest first; no names."""

    letter: Letter
    values: tuple[int, ...]

    @property
    def apart(self) -> int:
        """How far the lowest and the highest are from each other."""
        return self.values[-1] - self.values[0] if self.values else 0

    @property
    def agrees(self) -> bool:
        return self.apart <= AGREED

    @property
    def median(self) -> float:
        return float(median(self.values)) if self.values else 0.0

    @property
    def sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Those who say little and those who say much: cut where the gap is widest."""
        gaps = [after - before for before, after in zip(self.values, self.values[1:], strict=False)]
        if not gaps:
            return self.values, ()
        cut = gaps.index(max(gaps)) + 1
        return self.values[:cut], self.values[cut:]


def spreads(scores: Iterable[Mapping[str, int]]) -> list[Spread]:
    """Each letter with what some people gave it, in the order of the letters."""
    given = list(scores)
    return [
        Spread(letter, tuple(sorted(one[letter.key] for one in given if letter.key in one)))
        for letter in LETTERS
    ]


def widest(found: Sequence[Spread]) -> Spread | None:
    """What to talk about: the letter that splits the group most, and most evenly; None where none does."""
    split = [one for one in found if not one.agrees]
    return max(split, key=lambda one: (one.apart, min(map(len, one.sides))), default=None)


def heading(found: Sequence[Spread]) -> str:
    """What stands above the scores of a group, in a sentence."""
    if not any(one.values for one in found):
        return _("Nobody has scored yet")
    split = widest(found)
    if split is None:
        return _("The group agrees on every letter")
    low, high = split.sides
    return _("%(letter)s splits the group: %(much)s, %(little)s") % {
        "letter": split.letter.name,
        "much": _say(high),
        "little": _say(low),
    }


def _say(values: Sequence[int]) -> str:
    said = _(" or ").join(str(one) for one in sorted(set(values)))
    return ngettext("%(count)d says %(scores)s", "%(count)d say %(scores)s", len(values)) % {
        "count": len(values),
        "scores": said,
    }
