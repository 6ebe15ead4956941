"""What a planner asks of groups: sizes, what must hold, and what weighs how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

MOST_WEIGHT = 9
LONGEST_TURN = 240  # minutes


@dataclass(frozen=True, slots=True)
class Settings:
    """
    The rules of a grouping. Sizes leave out whoever leads. `apart` keeps who leads from the region
    of most (`MAJORITY`) or of all (`EVERY`) in the group; `most_of_team` and `most_led` are 0 where
    there is no limit. What has a weight is wanted, the rest must hold.
    """

    smallest: int = 5
    largest: int = 10
    led: bool = True
    apart: str = "MAJORITY"
    own_manager: bool = True  # nobody sits with their own manager
    most_of_team: int = 2
    fresh: bool = True  # nobody meets anybody twice
    most_led: int = 0  # rounds that one person leads
    region: int = 5
    function: int = 5
    tenure: int = 2
    stage: int = 2
    value: int = 3
    turn_minutes: int = 30

    @property
    def led_seats(self) -> int:
        """How many of a group lead it: one, or nobody."""
        return int(self.led)

    @property
    def as_json(self) -> dict[str, Any]:
        """What a row keeps."""
        return asdict(self)


MIXED = {"led": False, "apart": "", "most_of_team": 0, "stage": 0, "value": 0}
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "CLINIC": {},
    "WORKSHOP": MIXED,
    "TABLES": MIXED | {"smallest": 6},
    "DINNER": MIXED | {"smallest": 6},
    "BUDDIES": MIXED | {"smallest": 1, "largest": 1, "led": True, "function": 0, "tenure": 0},
}


def settings_of(kind: str, said: Mapping[str, Any]) -> Settings:
    """The rules of a kind of grouping, where a row says nothing else. Unknown words are left out."""
    known = {one.name for one in fields(Settings)}
    chosen = {**DEFAULTS.get(kind, {}), **said}
    return Settings(**{name: value for name, value in chosen.items() if name in known})
