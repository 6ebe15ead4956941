"""Room blocks with their nights, each hotel by itself and all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from events.budget.models import Budget, RoomBlock
from events.budget.rules.block import Night, Pickup


@dataclass(frozen=True, slots=True)
class Blocks:
    """Some blocks: what each comes to under its own clause, and their nights added up."""

    blocks: Sequence[RoomBlock]

    @property
    def pickups(self) -> list[Pickup]:
        return [block.pickup for block in self.blocks]

    @property
    def fee(self) -> Decimal:
        """What the hotels charge at today's pickup, each by its own clause."""
        return sum((one.fee for one in self.pickups), Decimal(0))

    @property
    def lacking(self) -> int:
        return sum(one.lacking for one in self.pickups)

    @property
    def contracted(self) -> int:
        return sum(one.contracted for one in self.pickups)

    @property
    def reserved(self) -> int:
        return sum(one.reserved for one in self.pickups)

    @property
    def remaining(self) -> int:
        return sum(night.remaining for _day, night, _floor in self.nights)

    @property
    def nights(self) -> list[tuple[date, Night, Decimal]]:
        """Each date with its rooms over all hotels, and what the clauses ask of them."""
        found: dict[date, tuple[int, int, Decimal]] = {}
        for block in self.blocks:
            for one in block.nights.all():
                contracted, reserved, floor = found.get(one.date, (0, 0, Decimal(0)))
                found[one.date] = (
                    contracted + one.contracted,
                    reserved + one.reserved,
                    floor + one.contracted * block.share,
                )
        return [(day, Night(c, r), floor) for day, (c, r, floor) in sorted(found.items())]


def blocks_of(budget: Budget) -> list[RoomBlock]:
    """A budget's blocks with their nights. Two queries."""
    return list(budget.blocks.prefetch_related("nights"))
