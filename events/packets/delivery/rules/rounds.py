"""A round as it is kept: each packet's part in the sums, and which sums approvers are shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from decimal import Decimal

from events.packets.comp.rules.comp import Comp, measure_to_json
from events.packets.comp.rules.payout import plain
from events.packets.delivery.rules.aggregates import Choice, Figures
from events.packets.delivery.rules.content import Content


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """What is sealed of a round when it is sent, and never changes."""

    rows: tuple[Figures, ...]
    shown: tuple[Choice, ...]


def figures_of(person: int, region: str, content: Content) -> Figures:
    """A packet's part in the sums, by what its content says now."""
    half, _full, above = (content.comp.base + example.earned for example in content.examples())
    return Figures(
        person=person,
        region=region,
        currency=content.currency,
        curve=curve_of(content.comp),
        quota=content.quota.amount,
        base=content.comp.base,
        target_variable=content.comp.target_variable,
        cost_half=half,
        cost_above=above,
    )


def curve_of(comp: Comp) -> str:
    """The same for all who earn the same share of their target at the same result."""
    measures = [
        {**measure_to_json(measure), "name": "", "target": None} for measure in comp.measures
    ]
    text = json.dumps(measures, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def to_text(rows: Sequence[Figures], shown: Sequence[Choice]) -> str:
    """The text that is sealed."""
    return json.dumps(
        {
            "rows": [
                [plain(part) if isinstance(part, Decimal) else part for part in astuple(row)]
                for row in rows
            ],
            "shown": [list(astuple(choice)) for choice in shown],
        },
        ensure_ascii=False,
    )


def from_text(text: str) -> Kept:
    """Read it back."""
    data = json.loads(text)
    return Kept(
        tuple(
            Figures(person, region, currency, curve, *map(Decimal, amounts))
            for person, region, currency, curve, *amounts in data["rows"]
        ),
        tuple(Choice(*choice) for choice in data["shown"]),
    )
