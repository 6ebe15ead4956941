"""
What a packet says: identity, territory, quota, comp plan; its payload and hash.

Nothing here has a `repr` with figures, so that no log or error page shows any.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from events.packets.comp.rules import words
from events.packets.comp.rules.comp import Comp, comp_from_json, comp_to_json
from events.packets.comp.rules.payout import decimal_from, plain
from events.packets.quotas.rules.quota import Origin, Period, Quota
from events.packets.territories.rules.territory import Territory

# The first had a single plan and no exclusions; what was released in it stays readable
FIRST_FORMAT, FORMAT = 1, 2


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose packet it is, as it stood when the version was drafted."""

    name: str
    job_title: str = ""
    manager: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class FullYear:
    """What a whole plan year would hold for somebody who is there for some of its days."""

    days: int
    of_days: int
    quota: Decimal
    base: Decimal
    target_variable: Decimal


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """
    One packet as its rep reads it; all amounts are for its own dates.

    `full_year` is there where those dates are only a part of the plan year.
    """

    currency: str
    effective_from: date
    effective_to: date
    identity: Identity
    territory: Territory
    quota: Quota
    comp: Comp
    full_year: FullYear | None = None

    @property
    def own_numbers(self) -> tuple[Comp, Decimal, str]:
        """Comp plan, quota and currency: what each payout of this person is worked out from."""
        return self.comp, self.quota.amount, self.currency

    def examples(self) -> list[words.Example]:
        """Worked examples at this person's own numbers."""
        return words.examples(*self.own_numbers)

    def example_of(self, closed: Decimal) -> words.Example:
        """What closing so much would earn, by this plan."""
        return words.example_of(*self.own_numbers, closed)

    def pays_target(self) -> bool:
        """Whether the payout at 100% equals the target variable."""
        return words.pays_target(*self.own_numbers)

    def says_the_same_as(self, other: Content) -> bool:
        """Whether two packets promise the same; a new manager or title changes no promise."""
        return replace(self, identity=other.identity) == other


def to_payload(content: Content, *, salt: str) -> str:
    """
    The content as canonical JSON: the text that is sealed and hashed.

    `salt` is random and lies inside, so that nobody who reads a hash can find round figures by
    trying them.
    """
    territory, quota = content.territory, content.quota
    return json.dumps(
        {
            "format": FORMAT,
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
                "exclusions": list(territory.exclusions),
            },
            "quota": {
                "amount": plain(quota.amount),
                "periods": [
                    [period.starts.isoformat(), period.ends.isoformat(), plain(period.amount)]
                    for period in quota.periods
                ],
                "origin": _origin_to_json(quota.origin),
            },
            "comp": comp_to_json(content.comp),
            "full_year": _full_year_to_json(content.full_year),
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
    if data.get("format") not in (FIRST_FORMAT, FORMAT):
        raise ValueError("This packet was written in an unknown format.")
    territory, quota = data["territory"], data["quota"]
    return Content(
        currency=data["currency"],
        effective_from=date.fromisoformat(data["effective"][0]),
        effective_to=date.fromisoformat(data["effective"][1]),
        identity=Identity(**data["identity"]),
        territory=Territory(
            territory["geography"],
            territory["segment"],
            tuple(territory["accounts"]),
            tuple(territory.get("exclusions", ())),
        ),
        quota=Quota(
            decimal_from(quota["amount"]),
            tuple(
                Period(date.fromisoformat(starts), date.fromisoformat(ends), decimal_from(amount))
                for starts, ends, amount in quota["periods"]
            ),
            _origin_from_json(quota.get("origin")),
        ),
        comp=comp_from_json(data["comp"]),
        full_year=_full_year_from_json(data.get("full_year")),
    )


def _origin_to_json(origin: Origin | None) -> dict[str, Any] | None:
    if origin is None:
        return None
    return {
        "full_year": plain(origin.full_year),
        "present": [origin.present_from.isoformat(), origin.present_to.isoformat()],
        "days": [origin.days, origin.year_days],
        "ramp": [plain(share) for share in origin.ramp],
    }


def _origin_from_json(data: Mapping[str, Any] | None) -> Origin | None:
    if data is None:
        return None
    present_from, present_to = data["present"]
    days, year_days = data["days"]
    return Origin(
        decimal_from(data["full_year"]),
        date.fromisoformat(present_from),
        date.fromisoformat(present_to),
        days,
        year_days,
        tuple(decimal_from(share) for share in data["ramp"]),
    )


def _full_year_to_json(year: FullYear | None) -> dict[str, Any] | None:
    if year is None:
        return None
    return {
        "days": [year.days, year.of_days],
        "quota": plain(year.quota),
        "base": plain(year.base),
        "target_variable": plain(year.target_variable),
    }


def _full_year_from_json(data: Mapping[str, Any] | None) -> FullYear | None:
    if data is None:
        return None
    days, of_days = data["days"]
    return FullYear(
        days,
        of_days,
        decimal_from(data["quota"]),
        decimal_from(data["base"]),
        decimal_from(data["target_variable"]),
    )


def hash_of(payload: str) -> str:
    """The content hash that a signature binds: SHA-256 of the payload, in hexadecimal."""
    return hashlib.sha256(payload.encode()).hexdigest()


def fingerprint(content_hash: str) -> str:
    """The hash as people compare it by eye: 7c1e 40af."""
    return f"{content_hash[:4]} {content_hash[4:8]}"
