"""
Who owns which account: one role at a time, so that each account has one owner per role.

A named account overrides geography and segment. A territory's criteria take an account where each
of those that it states fits: one of its places and one of its segments. An account that a territory
leaves out is never taken by its criteria.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from core.keys import name_key
from events.packets.territories.rules.places import account_keys, place_keys


@dataclass(frozen=True, slots=True)
class Facts:
    """An account, as far as territories ask: where it is and its segment."""

    pk: int
    name: str
    country: str = ""
    region: str = ""
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """
    What one territory asks for: places, segments, accounts by name and accounts left out.

    One with neither places nor segments has its named accounts only.
    """

    pk: int
    places: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    named: frozenset[int] = frozenset()
    excluded: frozenset[int] = frozenset()
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """Which territories one account ended up in, and whether they name it."""

    account_id: int
    territories: tuple[int, ...] = ()
    by_name: bool = False

    @property
    def is_unowned(self) -> bool:
        return not self.territories

    @property
    def is_double(self) -> bool:
        """Whether more than one territory claims it: it has no owner until that is settled."""
        return len(self.territories) > 1

    @property
    def only(self) -> int | None:
        """The one territory that owns it; None where nobody does, or several claim it."""
        return self.territories[0] if len(self.territories) == 1 else None


@dataclass(frozen=True)
class Gaps:
    """What keeps a plan from being whole, each by id in the order that was given."""

    unowned: list[int] = field(default_factory=list)  # accounts that nobody has
    double: list[int] = field(default_factory=list)  # accounts that several claim
    empty: list[int] = field(default_factory=list)  # territories without an account
    ownerless: list[int] = field(default_factory=list)  # territories that no rep on the roster has
    without: list[int] = field(default_factory=list)  # reps without a territory

    @property
    def total(self) -> int:
        parts = (self.unowned, self.double, self.empty, self.ownerless, self.without)
        return sum(map(len, parts))


def resolve(accounts: Iterable[Facts], claims: Iterable[Claim]) -> dict[int, Holding]:
    """
    Which territories of one role each account is in.

    Linear in accounts and claims: claims are looked up by place, not tried one by one.
    """
    claims = list(claims)
    namers: dict[int, list[int]] = defaultdict(list)
    for claim in claims:
        for account_id in claim.named:
            namers[account_id].append(claim.pk)
    by_pk = {claim.pk: claim for claim in claims}
    segments = {claim.pk: {name_key(name) for name in claim.segments} for claim in claims}
    anywhere: list[int] = []
    by_place: dict[str, list[int]] = defaultdict(list)
    for claim in claims:
        if claim.places:
            for key in {key for place in claim.places for key in place_keys(place)}:
                by_place[key].append(claim.pk)
        elif claim.segments:
            anywhere.append(claim.pk)
    found = {}
    for account in accounts:
        if namers.get(account.pk):
            found[account.pk] = Holding(account.pk, tuple(sorted(namers[account.pk])), by_name=True)
            continue
        here = set(anywhere)
        for key in account_keys(account.country, account.region):
            here.update(by_place.get(key, ()))
        segment = name_key(account.segment)
        fitting = [
            pk
            for pk in here
            if (not segments[pk] or segment in segments[pk])
            and account.pk not in by_pk[pk].excluded
        ]
        found[account.pk] = Holding(account.pk, tuple(sorted(fitting)))
    return found


def find_gaps(
    holdings: Mapping[int, Holding], claims: Iterable[Claim], reps: Collection[int]
) -> Gaps:
    """
    What is missing or too much. `reps` are those on the roster who carry a quota.

    A territory whose owner has left the roster counts as one without an owner.
    """
    claims = list(claims)
    used = {pk for holding in holdings.values() for pk in holding.territories}
    on_roster = set(reps)
    owners = {claim.owner_id for claim in claims}
    return Gaps(
        unowned=[pk for pk, holding in holdings.items() if holding.is_unowned],
        double=[pk for pk, holding in holdings.items() if holding.is_double],
        empty=[claim.pk for claim in claims if claim.pk not in used],
        ownerless=[claim.pk for claim in claims if claim.owner_id not in on_roster],
        without=[pk for pk in reps if pk not in owners],
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One account that left a territory, came into one, or both; None is nobody's."""

    account_id: int
    before: int | None
    after: int | None


def changes(before: Mapping[int, Holding], after: Mapping[int, Holding]) -> list[Change]:
    """
    What a change of the plan did to each account, one row for each territory left or come into.

    Where two claimed an account and one of them keeps it, the row says from the other to that one.
    """
    found = []
    for pk in after.keys() | before.keys():
        was = before.get(pk, Holding(pk)).territories
        now = after.get(pk, Holding(pk)).territories
        left = [each for each in was if each not in now]
        joined = [each for each in now if each not in was]
        stays = now[0] if len(now) == 1 and not joined else None
        for place in range(max(len(left), len(joined))):
            source = left[place] if place < len(left) else None
            target = joined[place] if place < len(joined) else stays
            found.append(Change(pk, source, target))
    return sorted(found, key=lambda each: each.account_id)
