"""Those who are to be grouped, and the same as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from agenda.groups.rules.settings import Settings

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
BANDS = (365, 3 * 365)  # days with the company: new, settled, long there


@dataclass(frozen=True, slots=True)
class Guest:
    """
    One person, by a key. `top` may lead a group; `sits` is false for whoever may lead and is not to
    be placed otherwise. `value` is that of the deals they bring, in whole units of one currency.
    """

    key: str
    region: str = ""
    team: str = ""
    manager: str = ""
    function: str = ""
    tenure: str = ""
    stage: str = ""
    value: int = 0
    top: bool = False
    sits: bool = True


def band(hired: date | None, on: date) -> str:
    """How long somebody has been there: `new`, `settled`, `long`, or nothing where nobody knows."""
    if hired is None:
        return ""
    days = (on - hired).days
    return "new" if days < BANDS[0] else "settled" if days < BANDS[1] else "long"


class Crowd:
    """
    People as numbers, in the order of `guests`. `wanted` are the traits to be mixed, each with its
    weight and a code for each person; who has nothing of a trait is like nobody in it.
    """

    def __init__(self, guests: Sequence[Guest], settings: Settings) -> None:
        self.guests = guests
        self.settings = settings
        self.count = len(guests)
        self.index = {one.key: number for number, one in enumerate(guests)}
        self.top: Flags = np.array([one.top for one in guests], bool)
        self.sits: Flags = np.array([one.sits for one in guests], bool)
        self.region, self.regions = codes([one.region for one in guests])
        self.team, self.teams = codes([one.team for one in guests])
        self.value: Ints = np.array([one.value for one in guests], np.int64)
        self.wanted: list[tuple[int, Ints]] = []
        for name in ("region", "function", "tenure", "stage"):
            weight = getattr(settings, name)
            trait, names = codes([getattr(one, name) for one in guests])
            if weight and names:
                self.wanted.append((weight, trait))
        self.apart = self._managers()
        self.alike = self._alike()

    def _managers(self) -> Flags:
        """Pairs that never sit together: people and their own managers."""
        apart: Flags = np.zeros((self.count, self.count), bool)
        if self.settings.own_manager:
            for number, one in enumerate(self.guests):
                boss = self.index.get(one.manager)
                if boss is not None and boss != number:
                    apart[number, boss] = apart[boss, number] = True
        return apart

    def _alike(self) -> npt.NDArray[np.float32]:
        """What each pair costs in one group for the traits that it shares."""
        cost: npt.NDArray[np.float32] = np.zeros((self.count, self.count), np.float32)
        for weight, trait in self.wanted:
            same = (trait[:, None] == trait[None, :]) & (trait >= 0)[:, None]
            cost += same * np.float32(weight)
        return cost


def codes(words: Sequence[str]) -> tuple[Ints, list[str]]:
    """A number for each word, −1 for none, and the words by their numbers."""
    names = sorted({word for word in words if word})
    number = {name: code for code, name in enumerate(names)} | {"": -1}
    return np.array([number[word] for word in words], np.int64), names
