"""The payout of one plan as straight pieces: exact, with each bend, jump and cap in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from itertools import pairwise

from events.packets.comp.rules import payout
from events.packets.comp.rules.payout import Plan

ZERO = Decimal(0)
# What division leaves behind at 90 digits is far below this, what a plan says far above
NOTHING = Decimal("1e-30")


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """
    From one attainment up to another, without it: what is paid at its start, and just before
    its end. A jump lies between the end of a piece and the start of the next.
    """

    starts: Decimal
    ends: Decimal
    first: Decimal
    last: Decimal

    @property
    def slope(self) -> Decimal:
        """How much more is paid for the whole quota more."""
        return (self.last - self.first) / (self.ends - self.starts)


def pieces(plan: Plan, *, quota: Decimal, target_variable: Decimal, until: Decimal) -> list[Piece]:
    """
    What a plan pays from nothing up to an attainment above zero, unrounded.

    Neighbours that continue in one line are one piece.
    """
    with localcontext(payout.EXACT):
        whole = replace(plan, cap=None)

        def paid(attainment: Decimal) -> Decimal:
            return payout.exact_payout(
                whole, quota=quota, target_variable=target_variable, actual=attainment * quota
            )

        found = []
        for starts, ends in pairwise(payout.turning_points(whole, until=until)):
            # A piece is straight, so that its middle says where it would end
            first = paid(starts)
            piece = Piece(starts, ends, first, 2 * paid((starts + ends) / 2) - first)
            cap = None if plan.cap is None else plan.cap * target_variable
            found += [piece] if cap is None else list(_under(piece, cap))
        return _joined(found)


def pays_the_same(one: Sequence[Piece], other: Sequence[Piece]) -> bool:
    """Whether two payouts over one span are equal everywhere."""
    return len(one) == len(other) and all(
        abs(getattr(a, name) - getattr(b, name)) <= NOTHING * (1 + abs(getattr(a, name)))
        for a, b in zip(one, other, strict=True)
        for name in ("starts", "ends", "first", "last")
    )


def _under(piece: Piece, cap: Decimal) -> Iterator[Piece]:
    """A piece that a cap cuts, in two where it crosses it."""
    low, high = sorted((piece.first, piece.last))
    crosses = low < cap < high and high - low > NOTHING
    crossing = piece.starts + (cap - piece.first) / piece.slope if crosses else piece.starts
    # What division leaves behind may put the crossing at an end
    if not piece.starts < crossing < piece.ends:
        yield replace(piece, first=min(piece.first, cap), last=min(piece.last, cap))
        return
    yield Piece(piece.starts, crossing, min(piece.first, cap), cap)
    yield Piece(crossing, piece.ends, cap, min(piece.last, cap))


def _joined(found: Sequence[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in found:
        before = joined[-1] if joined else None
        if (
            before is not None
            and _close(before.last, piece.first)
            and _close(before.slope, piece.slope)
        ):
            joined[-1] = Piece(before.starts, piece.ends, before.first, piece.last)
        else:
            joined.append(piece)
    return joined


def _close(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= NOTHING * (1 + abs(one))
