"""
A plan on its way between browser and engine: nested rows of text, as somebody typed them.

Adding, removing and moving rows works on the text, so that what is half typed is never lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from events.packets.comp.rules.design import PlanDesign, SpifDesign
from events.packets.comp.rules.payout import Basis, Plan, decimal_from, plain

Raw = dict[str, Any]
MOST = {"m": 8, "b": 12, "p": 12, "s": 8, "x": 6}
HEAD = (
    "name", "starts_date", "ends_date", "terms", "clawback_months", "credits_overlays",
    "draw_kind", "draw_share",
    "draw_months", "draw_reconciled", "quota", "target_variable", "currency", "cliff",
)  # fmt: skip
MEASURE = (
    "name", "weight", "target", "basis", "method", "threshold_at", "threshold_pays", "cap",
)  # fmt: skip
ROWS = {"b": ("start", "rate"), "p": ("at", "pays")}
LISTS = {"s": ("name", "text", "amounts", "starts", "ends"), "x": ("role", "share")}
BANDS = [{"start": "0", "rate": "1"}, {"start": "100", "rate": "1.5"}]
POINTS = [{"at": "0", "pays": "0"}, {"at": "100", "pays": "100"}, {"at": "150", "pays": "200"}]
LONGEST = 1000
_DO = re.compile(r"(add|drop|up|down)-([mbpsx])(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def from_post(data: QueryDict) -> Raw:
    """What a browser sent, in the order of its rows; never more rows than a plan has room for."""
    raw: Raw = {name: _text(data, name) for name in HEAD}
    raw["titles"] = [title[:120] for title in data.getlist("titles")[:200]]
    raw["m"] = []
    for number in _numbers(data, "m", ""):
        prefix = f"m-{number}"
        measure: Raw = {name: _text(data, f"{prefix}-{name}") for name in MEASURE}
        for kind, names in ROWS.items():
            measure[kind] = [
                {name: _text(data, f"{prefix}-{kind}-{row}-{name}") for name in names}
                for row in _numbers(data, kind, f"{prefix}-")
            ]
        raw["m"].append(measure)
    for kind, columns in LISTS.items():
        raw[kind] = [
            {name: _text(data, f"{kind}-{row}-{name}") for name in columns}
            for row in _numbers(data, kind, "")
        ]
    return raw


def from_design(design: PlanDesign, **head: Any) -> Raw:
    """A stored design as somebody would have typed it."""
    draw = design.draw
    return {
        **dict.fromkeys(HEAD, ""),
        "terms": design.terms,
        "clawback_months": str(design.clawback_months or ""),
        "credits_overlays": "on" if design.credits_overlays else "",
        "draw_kind": draw.kind.value if draw else "",
        "draw_share": _percent(draw.share) if draw else "",
        "draw_months": str(draw.months) if draw else "",
        "draw_reconciled": draw.reconciled.value if draw else "",
        "titles": [],
        "m": [
            {
                "name": one.name,
                "weight": _percent(one.weight),
                "target": "" if one.target is None else plain(one.target),
                **_of_plan(one.plan),
            }
            for one in design.measures
        ],
        "s": [_of_spif(spif) for spif in design.spifs],
        "x": [{"role": one.role, "share": _percent(one.share)} for one in design.splits],
        **head,
    }


def flat(rows: Mapping[str, str], prefix: str) -> dict[str, str]:
    """One row as a form with a prefix reads it."""
    return {f"{prefix}-{name}": value for name, value in rows.items() if isinstance(value, str)}


def change(raw: Raw, do: str) -> str:
    """
    Do what a button of the designer says: `add-b-0`, `drop-m-1`, `up-m-2`, `drop-b-0-3`.

    Returns the name of the field to go on with; empty for anything that means nothing.
    """
    found = _DO.fullmatch(do)
    if found is None:
        return ""
    verb, kind = found[1], found[2]
    numbers = [int(number) for number in found.groups()[2:] if number is not None]
    rows: list[Raw] = raw.get(kind, [])
    prefix = kind
    if kind in ROWS:
        if not numbers or numbers[0] >= len(raw["m"]):
            return ""
        rows = raw["m"][numbers[0]][kind]
        prefix = f"m-{numbers.pop(0)}-{kind}"
    place = numbers[0] if numbers else len(rows)
    if verb == "add":
        if len(rows) >= MOST[kind]:
            return ""
        rows.append(_NEW[kind](rows))
        return f"{prefix}-{len(rows) - 1}-{_FIRST[kind]}"
    if place >= len(rows):
        return ""
    if verb == "drop":
        # A plan pays for one thing at least, and by one band or point at least
        if kind in ("m", "b", "p") and len(rows) == 1:
            return ""
        rows.pop(place)
        return f"{prefix}-{min(place, len(rows) - 1)}-{_FIRST[kind]}" if rows else ""
    other = place + (1 if verb == "down" else -1)
    if not 0 <= other < len(rows):
        return ""
    rows[place], rows[other] = rows[other], rows[place]
    return f"{prefix}-{other}-{_FIRST[kind]}"


def complete(raw: Raw) -> Raw:
    """With bands or points to begin with where a measure has none of those it pays by."""
    for measure in raw["m"]:
        kind, first = ("p", POINTS) if measure["basis"] == Basis.PAYOUT_CURVE else ("b", BANDS)
        if not measure[kind]:
            measure[kind] = [dict(row) for row in first]
    return raw


def _measure(rows: list[Raw]) -> Raw:
    given = sum((_number(row.get("weight", "")) for row in rows), Decimal(0))
    return {
        **dict.fromkeys(MEASURE, ""),
        "weight": plain(max(100 - given, Decimal(0))),
        "basis": Basis.TV_MULTIPLIER.value,
        "b": [dict(row) for row in BANDS],
        "p": [],
    }


def _band(rows: list[Raw]) -> Raw:
    last = rows[-1] if rows else {"start": "-25", "rate": "1"}
    return {"start": plain(_number(last["start"]) + 25), "rate": last["rate"]}


def _point(rows: list[Raw]) -> Raw:
    last = rows[-1] if rows else {"at": "-50", "pays": "-50"}
    return {"at": plain(_number(last["at"]) + 50), "pays": plain(_number(last["pays"]) + 50)}


_NEW: dict[str, Callable[[list[Raw]], Raw]] = {
    "m": _measure,
    "b": _band,
    "p": _point,
    "s": lambda rows: dict.fromkeys(LISTS["s"], ""),
    "x": lambda rows: dict.fromkeys(LISTS["x"], ""),
}
_FIRST = {"m": "name", "b": "start", "p": "at", "s": "name", "x": "role"}


def _numbers(data: QueryDict, kind: str, prefix: str) -> list[int]:
    pattern = re.compile(rf"{re.escape(prefix)}{kind}-(\d{{1,2}})-\w+")
    found = {int(match[1]) for name in data if (match := pattern.match(name))}
    return sorted(found)[: MOST[kind]]


def _text(data: QueryDict, name: str) -> str:
    return str(data.get(name, ""))[:LONGEST].strip()


def _number(text: str) -> Decimal:
    try:
        return decimal_from(text.removesuffix("%") or "0") if len(text) < 20 else Decimal(0)
    except ValueError:
        return Decimal(0)


def _percent(share: Decimal) -> str:
    return plain(share * 100)


def _of_plan(plan: Plan) -> Raw:
    by_revenue = plan.basis == Basis.REVENUE_RATE
    return {
        "basis": plan.basis.value,
        "method": plan.method.value,
        "threshold_at": _percent(plan.threshold.at) if plan.threshold else "",
        "threshold_pays": plan.threshold.pays.value if plan.threshold else "",
        "cap": "" if plan.cap is None else _percent(plan.cap),
        "b": [
            {
                "start": _percent(band.start),
                "rate": _percent(band.rate) if by_revenue else plain(band.rate),
            }
            for band in plan.bands
        ],
        "p": [{"at": _percent(x), "pays": _percent(y)} for x, y in plan.points],
    }


def _of_spif(spif: SpifDesign) -> Raw:
    return {
        "name": spif.name,
        "text": spif.text,
        "amounts": "; ".join(
            f"{code} {plain(amount)}" for code, amount in sorted(spif.amounts.items())
        ),
        "starts": spif.starts.isoformat(),
        "ends": spif.ends.isoformat(),
    }
