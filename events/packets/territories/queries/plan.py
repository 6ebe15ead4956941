"""The plan of one kickoff and one role, read with a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, QuerySet

from events.attendance.models import Attendee
from events.deals.models import Account
from events.kickoff.models import Kickoff
from events.packets.territories.models import (
    DEFAULT_ROLE,
    SalesTerritory,
    TerritoryAccount,
)
from events.packets.territories.rules.files import TerritoryRow
from events.packets.territories.rules.ownership import (
    Claim,
    Facts,
    Gaps,
    Holding,
    find_gaps,
    resolve,
)
from events.packets.territories.rules.territory import Territory
from people.accounts.models import Person


@dataclass(frozen=True)
class Plan:
    """
    Every territory of one role, every account of the company and who has it, every rep.

    Plain once read: whatever a page asks of it takes no further query.
    """

    kickoff: Kickoff
    role: str
    territories: Mapping[int, SalesTerritory]  # in the order of their names
    accounts: Mapping[int, Facts]  # in the order of their names
    claims: Mapping[int, Claim]
    reps: Mapping[int, Person]  # on the roster with a quota, by name

    @cached_property
    def holdings(self) -> dict[int, Holding]:
        return resolve(self.accounts.values(), self.claims.values())

    @cached_property
    def gaps(self) -> Gaps:
        return find_gaps(self.holdings, self.claims.values(), self.reps)

    @cached_property
    def accounts_in(self) -> dict[int, list[int]]:
        """The accounts of each territory by name; a doubly owned one is in each that claims it."""
        found: dict[int, list[int]] = {pk: [] for pk in self.territories}
        for holding in self.holdings.values():
            for pk in holding.territories:
                found[pk].append(holding.account_id)
        return found

    @cached_property
    def by_owner(self) -> dict[int, SalesTerritory]:
        """The territory of each person who has one."""
        owned = self.territories.values()
        return {each.owner_id: each for each in owned if each.owner_id is not None}

    def holders(self, account_id: int) -> list[SalesTerritory]:
        """The territories that an account is in."""
        return [self.territories[pk] for pk in self.holdings[account_id].territories]

    def lists(self, territory_id: int, *, excluded: bool = False) -> list[Facts]:
        """The accounts that a territory names, or leaves out, by name."""
        claim = self.claims[territory_id]
        wanted = claim.excluded if excluded else claim.named
        return [facts for pk, facts in self.accounts.items() if pk in wanted]


def read_plan(kickoff: Kickoff, role: str) -> Plan:
    """The plan of a role as it is now. Four queries, whatever its size."""
    territories = {
        each.pk: each
        for each in SalesTerritory.objects.of(kickoff, role).select_related(
            "owner__region", "owner__team"
        )
    }
    claims = _claims(SalesTerritory.objects.of(kickoff, role)).get(role, {})
    return Plan(kickoff, role, territories, _accounts(), claims, reps_of(kickoff))


def largest_held(kickoff: Kickoff) -> dict[int, Holding]:
    """
    Who has each account in the role with the most territories; nothing while nobody plans any.
    One query then, else two.
    """
    claims = _claims(SalesTerritory.objects.filter(kickoff=kickoff))
    if not claims:
        return {}
    role = min(claims, key=lambda name: (-len(claims[name]), name))
    return resolve(_accounts().values(), claims[role].values())


def _claims(territories: QuerySet[SalesTerritory]) -> dict[str, dict[int, Claim]]:
    """What each territory claims, by role, in the order of their names. One query."""
    named: dict[int, set[int]] = defaultdict(set)
    excluded: dict[int, set[int]] = defaultdict(set)
    found = {}
    # A row for each account that a territory lists, and one for a territory that lists none
    for pk, role, places, segments, owner_id, account_id, is_excluded in territories.values_list(
        "pk", "role", "places", "segments", "owner", "listed__account", "listed__is_excluded"
    ):
        found[pk] = role, tuple(places), tuple(segments), owner_id
        if account_id is not None:
            (excluded if is_excluded else named)[pk].add(account_id)
    claims: dict[str, dict[int, Claim]] = defaultdict(dict)
    for pk, (role, places, segments, owner_id) in found.items():
        claims[role][pk] = Claim(
            pk, places, segments, frozenset(named[pk]), frozenset(excluded[pk]), owner_id
        )
    return claims


def _accounts() -> dict[int, Facts]:
    """Every account of the company by name."""
    rows = Account.objects.order_by("name", "pk").values_list(
        "pk", "name", "country", "region", "segment"
    )
    return {row[0]: Facts(*row) for row in rows}


def reps_of(kickoff: Kickoff) -> dict[int, Person]:
    """The reps on a roster, by name. One query."""
    attendees = (
        Attendee.objects.filter(kickoff=kickoff)
        .carrying_quota()
        .select_related("person__region", "person__team")
        .order_by("person__full_name", "person_id")
    )
    return {row.person_id: row.person for row in attendees}


def roles_of(kickoff: Kickoff) -> list[tuple[str, int]]:
    """The roles that territories of a kickoff have, the one with the most first. One query."""
    rows = SalesTerritory.objects.filter(kickoff=kickoff).order_by().values_list("role")
    counted = rows.annotate(count=Count("pk"))
    return sorted(counted, key=lambda row: (-row[1], row[0]))


def role_asked(roles: list[tuple[str, int]], said: str) -> str:
    """The role that a page is about: the one asked for if there is one, else the largest."""
    names = [name for name, _count in roles]
    if said in names:
        return said
    return names[0] if names else DEFAULT_ROLE


def territories_of(kickoff: Kickoff, person_ids: Collection[int]) -> dict[int, Territory]:
    """
    What a packet says of the territory of each of some people; those who have none are absent.

    Who has one in two roles has both together. Two queries, whatever their number.
    """
    owned: dict[int, list[SalesTerritory]] = defaultdict(list)
    rows = SalesTerritory.objects.filter(kickoff=kickoff, owner__in=list(person_ids))
    for each in rows.order_by("role", "pk"):
        if each.owner_id is not None:
            owned[each.owner_id].append(each)
    listed: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    names = (
        TerritoryAccount.objects.filter(
            territory__kickoff=kickoff, territory__owner__in=list(person_ids)
        )
        .order_by("account__name", "pk")
        .values_list("territory_id", "account__name", "is_excluded")
    )
    for territory_id, name, is_excluded in names:
        listed[territory_id].append((name, is_excluded))
    return {
        person_id: _told(several, [row for each in several for row in listed[each.pk]])
        for person_id, several in owned.items()
    }


def file_rows(kickoff: Kickoff) -> Iterator[TerritoryRow]:
    """Every territory of a kickoff, all roles, as a file has it. Two queries."""
    listed: dict[tuple[int, bool], list[str]] = defaultdict(list)
    names = TerritoryAccount.objects.filter(territory__kickoff=kickoff).order_by("account__name")
    for territory_id, name, is_excluded in names.values_list(
        "territory_id", "account__name", "is_excluded"
    ):
        listed[territory_id, is_excluded].append(name)
    rows = SalesTerritory.objects.filter(kickoff=kickoff).select_related("owner")
    for each in rows.order_by("role", "name", "pk"):
        yield TerritoryRow(
            name=each.name,
            role=each.role,
            owner=each.owner.email if each.owner else "",
            places=each.places,
            segments=each.segments,
            named=listed[each.pk, False],
            excluded=listed[each.pk, True],
        )


def _told(territories: Iterable[SalesTerritory], listed: Iterable[tuple[str, bool]]) -> Territory:
    territories, listed = list(territories), sorted(set(listed))
    named = [name for name, is_excluded in listed if not is_excluded]
    return Territory(
        geography=", ".join(_once(place for each in territories for place in each.places)),
        segment=", ".join(_once(name for each in territories for name in each.segments)),
        accounts=tuple(named),
        exclusions=tuple(
            name for name, is_excluded in listed if is_excluded and name not in set(named)
        ),
    )


def _once(names: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(names))
