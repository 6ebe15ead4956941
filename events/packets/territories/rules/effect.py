"""What a move would do: figures and flags of each territory before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from events.packets.territories.rules import words
from events.packets.territories.rules.balance import AgainstMean, Load, weigh

_Amounts = Mapping[str, Decimal]
_Codes = Sequence[str]


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

    Amounts stand in all their currencies. They are flagged in one that the territory sells in,
    the commonest, against the others that sell in it: a mean in euros says nothing of dollars.
    """
    codes = _own_currencies(before, after)
    accounts = _steps([x.accounts for x in before], [x.accounts for x in after])
    deals = _steps([x.open_deals for x in before], [x.open_deals for x in after])
    pipeline = _money_flags([x.pipeline for x in before], [x.pipeline for x in after], codes)
    won = _money_flags([x.won for x in before], [x.won for x in after], codes)
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


def _own_currencies(before: Sequence[Load], after: Sequence[Load]) -> list[_Codes]:
    """What each sells in, the commonest of all first; one without any amount counts for each."""
    sold = [was.currencies | now.currencies for was, now in zip(before, after, strict=True)]
    counts = Counter(code for codes in sold for code in codes)
    common = sorted(counts, key=lambda code: (-counts[code], code))
    return [[code for code in common if code in codes or not codes] for codes in sold]


def _money_flags(
    before: Sequence[_Amounts], after: Sequence[_Amounts], codes: Sequence[_Codes]
) -> list[tuple[str, str]]:
    found = [("", "")] * len(codes)
    for code in {own[0] for own in codes if own}:
        places = [place for place, own in enumerate(codes) if code in own]
        flags = _flags(
            [before[place].get(code, Decimal(0)) for place in places],
            [after[place].get(code, Decimal(0)) for place in places],
        )
        for place, pair in zip(places, flags, strict=True):
            if codes[place][0] == code:
                found[place] = pair
    return found


def _steps(before: Sequence[int], after: Sequence[int]) -> list[Step]:
    flags = _flags([Decimal(x) for x in before], [Decimal(x) for x in after])
    return [
        Step(f"{was:,}", f"{now:,}", *pair)
        for was, now, pair in zip(before, after, flags, strict=True)
    ]


def _flags(before: Sequence[Decimal], after: Sequence[Decimal]) -> list[tuple[str, str]]:
    was: Sequence[AgainstMean] = weigh(before).compared
    now: Sequence[AgainstMean] = weigh(after).compared
    return [(words.flag(a), words.flag(b)) for a, b in zip(was, now, strict=True)]
