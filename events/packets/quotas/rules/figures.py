"""
What is sealed of a cascade: a person's amounts, and the standards of new hires, as JSON.

Nothing here has a `repr` with figures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from events.packets.comp.rules.payout import decimal_from, plain

ONE = Decimal(1)


@dataclass(frozen=True, slots=True, repr=False)
class Figures:
    """
    What one person is given for a full year, in the plan's currency.

    `amount` is None before the first cascade. `weight` counts where the plan splits by hand.
    `season` are the amounts of each period where they are this person's own. `reason` says why
    a manager's team is given less than the manager.
    """

    amount: Decimal | None = None
    weight: Decimal = ONE
    season: tuple[Decimal, ...] = ()
    reason: str = ""


def figures_to_text(figures: Figures) -> str:
    """What is sealed: only what is not as it would be anyway."""
    said: dict[str, object] = {}
    if figures.amount is not None:
        said["amount"] = plain(figures.amount)
    if figures.weight != ONE:
        said["weight"] = plain(figures.weight)
    if figures.season:
        said["season"] = [plain(amount) for amount in figures.season]
    if figures.reason:
        said["reason"] = figures.reason
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def figures_from_text(text: str) -> Figures:
    """Read it back."""
    said = json.loads(text)
    amount = said.get("amount")
    return Figures(
        amount=None if amount is None else decimal_from(amount),
        weight=decimal_from(said.get("weight", "1")),
        season=tuple(decimal_from(part) for part in said.get("season", ())),
        reason=said.get("reason", ""),
    )


def standards_to_text(standards: Mapping[str, Decimal]) -> str:
    """The full year of a job title, by currency."""
    return json.dumps({code: plain(amount) for code, amount in sorted(standards.items())})


def standards_from_text(text: str) -> dict[str, Decimal]:
    """Read it back."""
    return {code: decimal_from(amount) for code, amount in json.loads(text).items()}
