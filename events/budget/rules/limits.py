"""Who may approve how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

# A limit as it stands with an owner; None is no limit
Limit = Decimal | None


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a budget's owners, by person. Where nobody is named, there are none."""

    owners: Mapping[int, Limit]

    def may(self, person_id: int, asks: Decimal) -> bool:
        """Whether somebody may approve that so much more is spent; nothing more needs nobody."""
        if not asks or not self.owners:
            return True
        if person_id not in self.owners:
            return False
        limit = self.owners[person_id]
        return limit is None or asks <= limit

    def who(self, asks: Decimal) -> list[int]:
        """Who may approve so much."""
        return [one for one in self.owners if self.may(one, asks)]
