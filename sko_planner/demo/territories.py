"""Territories of the kickoff to come: accounts, their deals, who has whom, and what is left to mend."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count, pairwise

from events.attendance.models import Attendee
from events.deals.models import Account, Opportunity, Product
from events.packets.territories.models import (
    DEFAULT_ROLE,
    OwnershipChange,
    SalesTerritory,
    TerritoryAccount,
    TerritoryPlan,
)
from people.accounts.models import Person
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company
from sko_planner.demo.strategies import crm_words

_BATCH = 500
_Stage = Opportunity.Stage

FIRMS = {
    "Americas": (
        "Harrow Ridge", "Blue Spruce", "Tres Ríos", "Cascade", "Magnolia", "Redstone", "Serra Azul",
        "Great Lakes", "Palmetto", "Monteverde", "Prairie", "Golden Bay", "Andes Norte", "Bayou",
    ),
    "EMEA": (
        "Marsanne", "Halle aux Vins", "Nordlys", "Aldersgate", "Fonderies Alpines", "Weserland",
        "Polder", "Vila Nova", "Kestrel", "Aurelia", "Brabant", "Tatra", "Gulf Crescent", "Atlas",
    ),
    "Asia-Pacific": (
        "Sakura", "Southern Cross", "Meghna", "Pearl River", "Hanbit", "Coral Sea", "Merlion",
        "Kinta", "Deccan", "Aotea", "Mekong", "Harbour", "Nilgiri", "Yarra",
    ),
}  # fmt: skip
TRADES = (
    "Logistics", "Dairy", "Cold Storage", "Fresh Foods", "Pharma", "Seafood", "Growers",
    "Distribution", "Vaccines", "Meats", "Flowers", "Transport",
)  # fmt: skip
SEGMENTS = {"Enterprise": "Over 2,000 staff", "Mid-market": "200 to 2,000 staff"}
_GROUPS = ("", " Group", " Partners", " Holding", " & Sons")
_PRODUCTS = ("Coldline Routes", "Coldline Sensors", "Coldline Compliance")
_CURRENCY = {"Americas": "USD"}  # the CRM keeps two currencies


def segment_of(rep: Person) -> str:
    """The segment that a rep's title names."""
    kind = "Enterprise" if rep.job_title.startswith("Enterprise") else "Mid-market"
    return SEGMENTS[kind]


def firm_names(region: str) -> list[str]:
    """The companies of a region."""
    firms = FIRMS.get(region, FIRMS["EMEA"])
    return [f"{firm} {trade}" for firm in firms for trade in TRADES]


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Give each rep of the kickoff to come a territory with named accounts, two of them twice."""
    _Part(company, kickoffs, rng, now).load()


class _Part:
    def __init__(
        self, company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime
    ) -> None:
        self.company, self.kickoff, self.rng = company, kickoffs.ahead, rng
        self.by = company["mateusz"]
        self.now = now
        planned = min(now, kickoffs.ahead.doors_open_at) - timedelta(days=20)
        self.planned_at = planned.replace(hour=10, minute=12, second=0, microsecond=0)
        self.deal_numbers = count(10_001)

    def load(self) -> None:
        on_roster = Attendee.objects.filter(kickoff=self.kickoff).carrying_quota()
        people = set(on_roster.values_list("person_id", flat=True))
        reps = [rep for rep in self.company.reps if rep.pk in people]
        named = self._accounts(reps)
        loose = [self._account("Norðurljós Seafood", "IS", "", "")]
        everything = [account for accounts in named.values() for account in accounts] + loose
        Account.objects.bulk_create(everything, batch_size=_BATCH)
        territories = self._territories(reps)
        listed = [
            TerritoryAccount(territory=territories[rep.pk], account=account)
            for rep in reps
            for account in named[rep.pk]
        ]
        TerritoryAccount.objects.bulk_create(
            [*listed, *self._doubles(reps, named, territories)], batch_size=_BATCH
        )
        self._deals(reps, named)
        self._history(reps, named, territories)
        TerritoryPlan.objects.create(kickoff=self.kickoff, version=1)

    def _accounts(self, reps: list[Person]) -> dict[int, list[Account]]:
        """As many accounts for each rep as a territory has, nobody's twice."""
        names = {region: self._names(region) for region in FIRMS}
        found = {}
        for rep in reps:
            region = rep.region.name if rep.region else "EMEA"
            size = self.rng.choices((8, 10, 11, 12, 13, 14, 19), (1, 3, 5, 6, 5, 3, 1))[0]
            found[rep.pk] = [
                self._account(
                    next(names[region]),
                    rep.country,
                    rep.team.name if rep.team else region,
                    segment_of(rep),
                )
                for _n in range(size)
            ]
        return found

    def _names(self, region: str) -> Iterator[str]:
        for number in count(1):
            for group in _GROUPS:
                names = [f"{name}{group}" for name in firm_names(region)]
                self.rng.shuffle(names)
                for name in names:
                    yield name if number == 1 else f"{name} {number}"

    def _account(self, name: str, country: str, region: str, segment: str) -> Account:
        return Account(name=name, country=country, region=region, segment=segment)

    def _territories(self, reps: list[Person]) -> dict[int, SalesTerritory]:
        taken: Counter[str] = Counter()
        rows = []
        for rep in reps:
            place = rep.team.name if rep.team else "Field"
            kind = "enterprise" if segment_of(rep) == SEGMENTS["Enterprise"] else "mid-market"
            name = f"{place}, {kind}"
            taken[name] += 1
            name = f"{name} {taken[name]}"
            rows.append(
                SalesTerritory(
                    kickoff=self.kickoff,
                    role=DEFAULT_ROLE,
                    name=name,
                    owner=rep,
                    places=[place],
                    segments=[segment_of(rep)],
                    created_at=self.planned_at,
                    changed_at=self.planned_at,
                )
            )
        SalesTerritory.objects.bulk_create(rows, batch_size=_BATCH)
        return {row.owner_id: row for row in rows if row.owner_id is not None}

    def _doubles(
        self,
        reps: list[Person],
        named: dict[int, list[Account]],
        territories: dict[int, SalesTerritory],
    ) -> list[TerritoryAccount]:
        """Two accounts that a neighbour in the same team names as well."""
        soren = [rep for rep in reps if rep.manager_id == self.company["soren"].pk]
        pairs = [(one, other) for one, other in zip(soren[2::2], soren[3::2], strict=False)][:2]
        return [
            TerritoryAccount(territory=territories[other.pk], account=named[one.pk][0])
            for one, other in pairs
        ]

    def _deals(self, reps: list[Person], named: dict[int, list[Account]]) -> None:
        products = [Product(name=name) for name in _PRODUCTS]
        Product.objects.bulk_create(products)
        deals = [
            deal
            for rep in reps
            for account in named[rep.pk]
            for deal in self._deals_of(rep, account, products)
        ]
        for deal in deals:
            crm_words(deal, self.now)
        Opportunity.objects.bulk_create(deals, batch_size=_BATCH)

    def _deals_of(
        self, rep: Person, account: Account, products: list[Product]
    ) -> Iterable[Opportunity]:
        region = rep.region.name if rep.region else ""
        today = self.now.date()
        large = 2 if segment_of(rep) == SEGMENTS["Enterprise"] else 1
        stages = [_Stage.WON] * self.rng.choice((0, 0, 1, 1, 2))
        stages += [_Stage.LOST] * self.rng.choice((0, 0, 1))
        stages += [_Stage.ENGAGING] * self.rng.choice((0, 1, 1))
        stages += [_Stage.PROSPECTING] * self.rng.choice((0, 0, 0, 1))
        for stage in stages:
            closed = stage in (_Stage.WON, _Stage.LOST)
            ago = self.rng.randint(30, 600) if closed else self.rng.randint(5, 160)
            engaged = today - timedelta(days=ago + (60 if closed else 0))
            yield Opportunity(
                external_id=f"OP-{next(self.deal_numbers)}",
                owner=rep,
                account=account,
                product=self.rng.choice(products),
                stage=stage,
                engage_date=engaged,
                close_date=self._close(today, ago, closed=closed),
                value=Decimal(self.rng.randrange(15_000, 140_000, 500) * large),
                currency=_CURRENCY.get(region, "EUR"),
                imported_at=self.now - timedelta(days=1),
            )

    def _close(self, today: date, ago: int, *, closed: bool) -> date:
        return today - timedelta(days=ago) if closed else today + timedelta(days=200 - ago)

    def _history(
        self,
        reps: list[Person],
        named: dict[int, list[Account]],
        territories: dict[int, SalesTerritory],
    ) -> None:
        """A few moves that led here: inside a team, to even it out."""
        soren = [rep for rep in reps if rep.manager_id == self.company["soren"].pk]
        rows = []
        for place, (one, other) in enumerate(pairwise(soren)):
            came, went = territories[one.pk], territories[other.pk]
            rows.append(
                OwnershipChange(
                    kickoff=self.kickoff,
                    role=DEFAULT_ROLE,
                    account=named[other.pk][-1],
                    from_territory=came,
                    from_name=came.name,
                    from_owner=one,
                    to_territory=went,
                    to_name=went.name,
                    to_owner=other,
                    cause=OwnershipChange.Cause.MOVED,
                    reason="Evens out the team" if place % 2 else "Language of the buyer",
                    by=self.by,
                    at=self.planned_at + timedelta(days=1, minutes=7 * place),
                )
            )
        OwnershipChange.objects.bulk_create(rows)
