"""A round as it is kept: each packet's part in the sums, and which sums approvers are shown."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

from events.packets.comp.rules.comp import Comp, measure_to_json
from events.packets.comp.rules.payout import plain
from events.packets.delivery.rules.cells import COSTS, Choice, Figures, Kept
from events.packets.delivery.rules.content import Content
from events.packets.delivery.rules.exceptions import Pair, exceptions_of
from events.rates.rules import Rate, Reporting

_AMOUNTS = 5  # of a row, behind person, region, currency and curve


def figures_of(
    person: int,
    region: str,
    content: Content,
    *,
    day: date,
    last: Pair | None = None,
    plan: Pair | None = None,
) -> Figures:
    """A packet's part in the sums, by what its content says now; sent for approval on `day`."""
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
        last=last,
        plan=plan,
        odd=tuple(exceptions_of(content, last, plan, day)),
    )


def curve_of(comp: Comp) -> str:
    """The same for all who earn the same share of their target at the same result."""
    measures = [
        {**measure_to_json(measure), "name": "", "target": None} for measure in comp.measures
    ]
    text = json.dumps(measures, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def to_text(kept: Kept) -> str:
    """The text that is sealed."""
    said: dict[str, Any] = {
        "rows": [
            [
                row.person, row.region, row.currency, row.curve,
                plain(row.quota), plain(row.base), plain(row.target_variable),
                plain(row.cost_half), plain(row.cost_above),
                row.last and list(map(plain, row.last)),
                row.plan and list(map(plain, row.plan)),
                list(row.odd),
            ]
            for row in kept.rows
        ],
        "shown": [[one.currency, one.region, list(one.beside)] for one in kept.shown],
        "told": list(kept.told),
        "year": kept.year,
        "last_year": kept.last_year,
        "last_name": kept.last_name,
    }  # fmt: skip
    if kept.reporting is not None:
        said["reporting"] = kept.reporting.currency
        said["rates"] = {
            code: [plain(rate.bought), rate.as_of.isoformat()]
            for code, rate in kept.reporting.rates.items()
        }
    return json.dumps(said, ensure_ascii=False)


def from_text(text: str, *, year: int) -> Kept:
    """Read it back; rounds that were kept before years were belong to `year`."""
    said: dict[str, Any] = json.loads(text)
    rates = said.get("rates", {})
    return Kept(
        rows=tuple(_row(*row) for row in said["rows"]),
        shown=tuple(
            Choice(currency, region, _beside(beside)) for currency, region, beside in said["shown"]
        ),
        told=tuple(said.get("told", ())),
        year=said.get("year", year),
        last_year=said.get("last_year"),
        last_name=said.get("last_name", ""),
        reporting=Reporting(
            said["reporting"],
            {
                code: Rate(Decimal(bought), date.fromisoformat(day))
                for code, (bought, day) in rates.items()
            },
        )
        if "reporting" in said
        else None,
    )


def _row(person: int, region: str, currency: str, curve: str, *rest: Any) -> Figures:
    quota, base, variable, half, above = map(Decimal, rest[:_AMOUNTS])
    last, plan, odd = rest[_AMOUNTS:] or (None, None, ())
    return Figures(
        person, region, currency, curve, quota, base, variable, half, above,
        _pair(last), _pair(plan), (*odd,),
    )  # fmt: skip


def _pair(said: list[str] | None) -> Pair | None:
    return None if said is None else (Decimal(said[0]), Decimal(said[1]))


def _beside(said: list[str] | bool) -> tuple[str, ...]:
    """What stands beside a sum; of old, whether costs do."""
    if isinstance(said, bool):
        return (COSTS,) if said else ()
    return tuple(said)
