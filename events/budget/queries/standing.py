"""How the money of a kickoff stands, in few figures: for homes and for readiness."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.once import once
from events.budget.models import BlockNight, Budget, BudgetLine, RoomBlock
from events.budget.rules.block import Night, Pickup, pickup_of
from events.budget.rules.lines import Amounts, Contingency, contingency_of, total
from events.kickoff.models import Kickoff


@dataclass(frozen=True, slots=True)
class Held:
    """A room block that has nights, as it stands."""

    block: RoomBlock
    pickup: Pickup


@dataclass(frozen=True, slots=True)
class Standing:
    """What a kickoff costs as planned and as forecast, and what its hotels hold."""

    budget: Budget
    amounts: Amounts
    held: tuple[Held, ...]

    @property
    def contingency(self) -> Contingency:
        return contingency_of(self.amounts, self.budget.contingency)

    @property
    def fee(self) -> Decimal:
        """What the hotels charge at today's pickup, each by its own clause."""
        return sum((one.pickup.fee for one in self.held), Decimal(0))

    def lacking(self, at: datetime) -> int:
        """Nights that can still be reserved and that a hotel charges for else."""
        return sum(one.pickup.lacking for one in self.held if one.block.is_open(at))

    def next_cutoff(self, at: datetime) -> datetime | None:
        """The nearest cut-off of a block that lacks nights."""
        ahead = [
            one.block.cutoff_at for one in self.held if one.block.is_open(at) and one.pickup.lacking
        ]
        return min(ahead, default=None)


@once
def standing_of(kickoff: Kickoff) -> Standing | None:
    """How the money stands; None while there is neither a line nor a night. Two queries."""
    lines = list(
        BudgetLine.objects.filter(budget__kickoff=kickoff, current__isnull=False)
        .select_related("budget", "current__rate")
        .order_by()
    )
    nights = defaultdict(list)
    of_all = BlockNight.objects.filter(block__budget__kickoff=kickoff)
    for one in of_all.select_related("block__budget").order_by("block"):
        nights[one.block].append(Night(one.contracted, one.reserved))
    budget = next((line.budget for line in lines), None) or next(
        (block.budget for block in nights), None
    )
    if budget is None:
        return None
    return Standing(
        budget=budget,
        amounts=total(line.current.worth for line in lines if line.current),
        held=tuple(
            Held(block, pickup_of(of_it, block.share, block.price))
            for block, of_it in nights.items()
        ),
    )
