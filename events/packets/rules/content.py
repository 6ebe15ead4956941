"""
What a packet says: identity, territory, quota, comp plan; its payload and hash.

Nothing here has a `repr` with figures, so that no log or error page shows any.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from events.packets.rules.payout import Plan, decimal_from, plain, plan_from_json, plan_to_json

QUARTER_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose packet it is, as it stood when the version was drafted."""

    name: str
    job_title: str = ""
    manager: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Territory:
    """Where a rep sells. A named account overrides geography."""

    geography: str = ""
    segment: str = ""
    accounts: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.geography or self.segment or self.accounts)


@dataclass(frozen=True, slots=True, repr=False)
class Period:
    """A part of the plan year and its share of the quota; both dates are included."""

    starts: date
    ends: date
    amount: Decimal


@dataclass(frozen=True, slots=True, repr=False)
class Quota:
    """
    The year's quota and its periods.

    :raises ValueError: the periods do not add up to the amount
    """

    amount: Decimal
    periods: tuple[Period, ...]

    def __post_init__(self) -> None:
        if sum((period.amount for period in self.periods), Decimal(0)) != self.amount:
            raise ValueError("The periods of a quota add up to it.")


@dataclass(frozen=True, slots=True, repr=False)
class Comp:
    """Base salary, target variable and how the variable is earned; amounts for the plan year."""

    base: Decimal
    target_variable: Decimal
    plan: Plan
    terms: str

    @property
    def on_target(self) -> Decimal:
        """On-target earnings: base and variable together at 100% of quota."""
        return self.base + self.target_variable

    @property
    def base_share(self) -> Decimal:
        """The base's part of on-target earnings, between 0 and 1; half up to whole percents."""
        if not self.on_target:
            return Decimal(0)
        return (self.base / self.on_target).quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def variable_share(self) -> Decimal:
        """What the base leaves of on-target earnings: the two are the mix."""
        return 1 - self.base_share if self.on_target else Decimal(0)


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """One packet as its rep reads it."""

    currency: str
    effective_from: date
    effective_to: date
    identity: Identity
    territory: Territory
    quota: Quota
    comp: Comp

    def says_the_same_as(self, other: Content) -> bool:
        """Whether two packets promise the same; a new manager or title changes no promise."""
        return replace(self, identity=other.identity) == other


def quarters(starts: date, ends: date) -> list[tuple[date, date]]:
    """The plan year in steps of three months from its first day; the last may be shorter."""
    found = []
    start, step = starts, 1
    while start <= ends:
        following = _months_later(starts, QUARTER_MONTHS * step)
        found.append((start, min(following - timedelta(days=1), ends)))
        start, step = following, step + 1
    return found


def _months_later(day: date, months: int) -> date:
    """The same day some months later, or the first of the month after if there is none."""
    year, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + year, month=month + 1)
    except ValueError:
        year, month = divmod(day.month + months, 12)
        return date(day.year + year, month + 1, 1)


def year_from(starts: date) -> date:
    """The last day of a plan year that begins on this day."""
    return _months_later(starts, 12) - timedelta(days=1)


def split_evenly(amount: Decimal, parts: int, step: Decimal = Decimal(1)) -> list[Decimal]:
    """
    Split into equal parts of whole steps; what remains goes to the last.

    1,000,001 in four is three times 250,000, then 250,001.
    """
    each = (amount / parts // step) * step
    return [each] * (parts - 1) + [amount - each * (parts - 1)]


def spread(amount: Decimal, starts: date, ends: date) -> Quota:
    """A quota over its quarters, evenly."""
    spans = quarters(starts, ends)
    parts = split_evenly(amount, len(spans))
    return Quota(
        amount, tuple(Period(*span, part) for span, part in zip(spans, parts, strict=True))
    )


def to_payload(content: Content, *, salt: str) -> str:
    """
    The content as canonical JSON: the text that is sealed and hashed.

    `salt` is random and lies inside, so that nobody who reads a hash can find round figures by
    trying them.
    """
    territory, quota, comp = content.territory, content.quota, content.comp
    return json.dumps(
        {
            "format": 1,
            "salt": salt,
            "currency": content.currency,
            "effective": [content.effective_from.isoformat(), content.effective_to.isoformat()],
            "identity": {
                "name": content.identity.name,
                "job_title": content.identity.job_title,
                "manager": content.identity.manager,
                "region": content.identity.region,
            },
            "territory": {
                "geography": territory.geography,
                "segment": territory.segment,
                "accounts": list(territory.accounts),
            },
            "quota": {
                "amount": plain(quota.amount),
                "periods": [
                    [period.starts.isoformat(), period.ends.isoformat(), plain(period.amount)]
                    for period in quota.periods
                ],
            },
            "comp": {
                "base": plain(comp.base),
                "target_variable": plain(comp.target_variable),
                "plan": plan_to_json(comp.plan),
                "terms": comp.terms,
            },
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def from_payload(text: str) -> Content:
    """
    Read a payload back.

    :raises ValueError: it is no payload of this format
    """
    data: Mapping[str, Any] = json.loads(text)
    if data.get("format") != 1:
        raise ValueError("This packet was written in an unknown format.")
    territory, quota, comp = data["territory"], data["quota"], data["comp"]
    return Content(
        currency=data["currency"],
        effective_from=date.fromisoformat(data["effective"][0]),
        effective_to=date.fromisoformat(data["effective"][1]),
        identity=Identity(**data["identity"]),
        territory=Territory(
            territory["geography"], territory["segment"], tuple(territory["accounts"])
        ),
        quota=Quota(
            decimal_from(quota["amount"]),
            tuple(
                Period(date.fromisoformat(starts), date.fromisoformat(ends), decimal_from(amount))
                for starts, ends, amount in quota["periods"]
            ),
        ),
        comp=Comp(
            decimal_from(comp["base"]),
            decimal_from(comp["target_variable"]),
            plan_from_json(comp["plan"]),
            comp["terms"],
        ),
    )


def hash_of(payload: str) -> str:
    """The content hash that a signature binds: SHA-256 of the payload, in hexadecimal."""
    return hashlib.sha256(payload.encode()).hexdigest()


def fingerprint(content_hash: str) -> str:
    """The hash as people compare it by eye: 7c1e 40af."""
    return f"{content_hash[:4]} {content_hash[4:8]}"
