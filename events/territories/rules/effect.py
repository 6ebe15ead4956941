"""What a move would do: figures and flags of each territory before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from events.territories.rules import words
from events.territories.rules.balance import Load, Standing, weigh


@dataclass(frozen=True, slots=True)
class Step:
    """One figure before and after, in words; `flag_before` and `flag_after` are empty if even."""

    before: str
    after: str
    flag_before: str = ""
    flag_after: str = ""

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Compared:
    """One territory before and after: accounts, open deals, open pipeline, won."""

    accounts: Step
    open_deals: Step
    pipeline: Step
    won: Step


def compare(before: Sequence[Load], after: Sequence[Load]) -> list[Compared]:
    """
    Each territory before and after, flagged against the mean of all of them each time.

    Amounts are flagged in the currency that most territories sell in, and stand in all of them.
    """
    code = leading_currency([*before, *after])
    accounts = _steps([x.accounts for x in before], [x.accounts for x in after])
    deals = _steps([x.open_deals for x in before], [x.open_deals for x in after])
    pipeline = _flags(
        [_in(x.pipeline, code) for x in before], [_in(x.pipeline, code) for x in after]
    )
    won = _flags([_in(x.won, code) for x in before], [_in(x.won, code) for x in after])
    return [
        Compared(
            accounts=accounts[place],
            open_deals=deals[place],
            pipeline=Step(
                words.amounts(was.pipeline), words.amounts(now.pipeline), *pipeline[place]
            ),
            won=Step(words.amounts(was.won), words.amounts(now.won), *won[place]),
        )
        for place, (was, now) in enumerate(zip(before, after, strict=True))
    ]


def leading_currency(loads: Sequence[Load]) -> str:
    """The currency that most of them have amounts in; of two, the first by name."""
    counts: dict[str, int] = {}
    for load in loads:
        for code in load.currencies:
            counts[code] = counts.get(code, 0) + 1
    return min(counts, key=lambda code: (-counts[code], code), default="")


def _in(amounts: object, code: str) -> Decimal:
    return amounts.get(code, Decimal(0)) if isinstance(amounts, dict) else Decimal(0)


def _steps(before: Sequence[int], after: Sequence[int]) -> list[Step]:
    flags = _flags([Decimal(x) for x in before], [Decimal(x) for x in after])
    return [
        Step(f"{was:,}", f"{now:,}", *pair)
        for was, now, pair in zip(before, after, flags, strict=True)
    ]


def _flags(before: Sequence[Decimal], after: Sequence[Decimal]) -> list[tuple[str, str]]:
    was: Sequence[Standing] = weigh(before).standings
    now: Sequence[Standing] = weigh(after).standings
    return [(words.flag(a), words.flag(b)) for a, b in zip(was, now, strict=True)]
