"""A block of hotel rooms: what is reserved of what was contracted, and what an attrition clause costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal


@dataclass(frozen=True, slots=True)
class Night:
    """Room nights of one date."""

    contracted: int
    reserved: int

    @property
    def remaining(self) -> int:
        """What nobody has reserved yet; none where more came than was contracted."""
        return max(self.contracted - self.reserved, 0)


@dataclass(frozen=True, slots=True)
class Pickup:
    """
    A block as it stands. The clause counts over all its nights; a part of a night is a whole one,
    so at least so many have to be reserved: 85% of 155 are 132.
    """

    contracted: int
    reserved: int
    asked: int
    price: Decimal

    @property
    def lacking(self) -> int:
        """Nights under what the contract asks for."""
        return max(self.asked - self.reserved, 0)

    @property
    def fee(self) -> Decimal:
        """What the hotel charges if nobody else reserves: price times the nights that are lacking."""
        return self.price * self.lacking

    @property
    def spare(self) -> int:
        """Contracted nights that nobody has reserved."""
        return max(self.contracted - self.reserved, 0)

    def guests_lacking(self, nights_each: int) -> int:
        """How many more guests fill what is lacking, if each stays so many nights; 0 if that is none."""
        return -(-self.lacking // nights_each) if nights_each else 0


def pickup_of(nights: Sequence[Night], share: Decimal, price: Decimal) -> Pickup:
    """What a block comes to under a clause of a share."""
    contracted = sum(one.contracted for one in nights)
    reserved = sum(one.reserved for one in nights)
    return Pickup(contracted, reserved, _asked(contracted, share), price)


def _asked(contracted: int, share: Decimal) -> int:
    return int((contracted * share).to_integral_value(ROUND_CEILING))
