from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When

from events.deals.models import Account, Opportunity, OpportunityQuerySet, Product
from people.accounts.models import Person
from people.org.models import Region


@dataclass(frozen=True, slots=True)
class Totals:
    """Where the deals of the company stand."""

    open: int
    open_owners: int
    won: int
    won_worth: dict[str, Decimal]  # by currency
    lost: int


def totals() -> Totals:
    """Open deals and whose they are, deals won and what they were worth: two queries."""
    open_ones = Q(stage__in=Opportunity.OPEN_STAGES)
    counts = Opportunity.objects.aggregate(
        open=Count("pk", filter=open_ones),
        open_owners=Count("owner", filter=open_ones, distinct=True),
        won=Count("pk", filter=Q(stage=Opportunity.Stage.WON)),
        lost=Count("pk", filter=Q(stage=Opportunity.Stage.LOST)),
    )
    worth = Opportunity.objects.won().order_by().values_list("currency").annotate(Sum("value"))
    return Totals(won_worth={currency: total or Decimal(0) for currency, total in worth}, **counts)


def deals() -> OpportunityQuerySet:
    """Every deal with what its list shows."""
    is_open = Q(stage__in=Opportunity.OPEN_STAGES)
    return Opportunity.objects.annotate(
        is_open_first=Case(When(is_open, then=1), default=0)
    ).select_related("owner__region", "account", "product")


def accounts() -> QuerySet[Account]:
    """Every account with how many open deals it has."""
    is_open = Q(opportunities__stage__in=Opportunity.OPEN_STAGES)
    return Account.objects.annotate(open_deals=Count("opportunities", filter=is_open))


def segments() -> list[tuple[str, str]]:
    """The segments that accounts are in, for a filter."""
    found = Account.objects.exclude(segment="").order_by("segment")
    return [(name, name) for name in found.values_list("segment", flat=True).distinct()]


def open_deals_of(person: Person) -> QuerySet[Opportunity]:
    """A person's open deals, the most valuable first, then those engaged last."""
    return (
        deals()
        .open()
        .filter(owner=person)
        .order_by(F("value").desc(nulls_last=True), "-engage_date", "pk")
    )


def product_names() -> list[str]:
    """The products there are."""
    return list(Product.objects.values_list("name", flat=True))


def products() -> list[tuple[int, str]]:
    """The products there are, for a filter."""
    return list(Product.objects.values_list("pk", "name"))


def regions() -> list[tuple[int, str]]:
    """The regions of those who own deals, for a filter."""
    there = Region.objects.filter(people__opportunities__isnull=False).distinct()
    return list(there.values_list("pk", "name"))
