"""Those whom a grouping is for, as its rules see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import F, Q

from agenda.groups.models import Grouping, Place
from agenda.groups.rules.people import BANDS, Guest, band
from agenda.groups.rules.settings import Settings, settings_of
from agenda.sessions.models import SessionPerson
from events.attendance.models import Attendee
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff
from events.rates.rules import Rate, RateMissing, Reporting
from events.strategies.queries import handed_in
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Brought:
    """The deal that somebody brings: the most valuable one that they wrote a strategy for, else have."""

    name: str
    value: Decimal
    stage: str
    is_written: bool


def settings_for(grouping: Grouping) -> Settings:
    """The rules of a grouping."""
    return settings_of(grouping.kind, grouping.rules)


# What pages and rules read of each person; many are read, and a person has thirty columns
OF_PERSON = (
    "full_name",
    "preferred_name",
    "region",
    "team",
    "manager",
    "function",
    "hire_date",
    "top_performer_year",
)


def pool_of(grouping: Grouping, at: datetime) -> list[Person]:
    """Whom it is for: those of its part of the roster for whom the kickoff is planned. One query."""
    seats = Attendee.objects.filter(kickoff=grouping.kickoff).taking_part(at).in_segment(grouping)
    return [
        seat.person
        for seat in seats.select_related("person__region", "person__team").order_by("person_id")
    ]


def is_new(person: Person, kickoff: Kickoff) -> bool:
    """Whether somebody joined the company in the year before a kickoff."""
    return person.hire_date is not None and (kickoff.starts_date - person.hire_date).days < BANDS[0]


def sits(grouping: Grouping, person: Person) -> bool:
    """Whether somebody of the pool is to be seated; of buddies only new hires are."""
    return grouping.kind != Grouping.Kind.BUDDIES or is_new(person, grouping.kickoff)


def may_lead(grouping: Grouping, pool: Iterable[Person]) -> set[int]:
    """
    Who may lead a group, by their keys: top performers and whoever facilitates one of its sessions;
    of buddies those who are no new hires. One query.
    """
    if grouping.kind == Grouping.Kind.BUDDIES:
        return {one.pk for one in pool if not is_new(one, grouping.kickoff)}
    named = SessionPerson.objects.filter(
        part="FACILITATOR", session__rounds__grouping=grouping
    ).values_list("person_id", flat=True)
    return {*named, *(one.pk for one in pool if one.top_performer_year)}


def deals_of(kickoff: Kickoff, person_ids: Collection[int]) -> dict[int, Brought]:
    """
    The deal that each of some people brings: the most valuable one of their win strategies, else of
    their open deals. Values of other currencies are converted at the kickoff's last rate, and count
    as nothing where it has none. Two queries, three where there are other currencies.
    """
    found: dict[int, Brought] = {}
    worth_of = _Worth(kickoff)
    owned = (
        Opportunity.objects.open()
        .filter(owner__in=person_ids)
        .order_by("owner", F("value").desc(nulls_last=True), "pk")
    )
    for owner, name, own, value, stage, currency in owned.values_list(
        "owner", "account__name", "external_id", "value", "stage", "currency"
    ):
        worth = worth_of(value, currency)
        known = found.get(owner)
        if known is None or worth > known.value:
            found[owner] = Brought(name or own, worth, stage, is_written=False)
    for person_id, deals in handed_in(kickoff, person_ids).items():
        for one in deals:
            worth = worth_of(one.value, one.currency)
            known = found.get(person_id)
            if known is None or not known.is_written or worth > known.value:
                found[person_id] = Brought(one.name, worth, one.stage or "", is_written=True)
    return found


class _Worth:
    """
    What a value is in the currency of a kickoff, by the rates that were noted for it last; nothing
    where there is none. They are read once somebody needs them.
    """

    def __init__(self, kickoff: Kickoff) -> None:
        self.kickoff = kickoff

    @cached_property
    def noted(self) -> Reporting:
        rows = list(self.kickoff.exchange_rates.all())
        base = rows[0].base if rows else self.kickoff.currency
        last = {one.currency: one for one in reversed(rows) if one.base == base}
        return Reporting(
            base, {code: Rate(one.bought, one.as_of_date) for code, one in last.items()}
        )

    def __call__(self, value: Decimal | None, currency: str | None) -> Decimal:
        if not value or not currency or currency == self.kickoff.currency:
            return value or Decimal(0)
        try:
            one = self.noted.converted(Decimal(1), self.kickoff.currency)
            return (self.noted.converted(value, currency) / one).quantize(Decimal(1))
        except RateMissing:
            return Decimal(0)


def guests_of(
    grouping: Grouping, people: Iterable[Person], deals: dict[int, Brought], leads: set[int]
) -> list[Guest]:
    """People as the rules see them, in the order of their keys."""
    on = grouping.kickoff.starts_date
    return [
        Guest(
            key=str(one.pk),
            region=one.region.name if one.region else "",
            team=str(one.team_id or ""),
            manager=str(one.manager_id or ""),
            function=one.function,
            tenure=band(one.hire_date, on),
            stage=deals[one.pk].stage if one.pk in deals else "",
            value=int(deals[one.pk].value) if one.pk in deals else 0,
            top=one.pk in leads,
            sits=sits(grouping, one),
        )
        for one in sorted(people, key=lambda person: person.pk)
    ]


def met_elsewhere(grouping: Grouping) -> set[tuple[int, int]]:
    """
    Pairs who sat in one released group of another grouping, at this or an earlier kickoff, by keys,
    the lower first. One query.
    """
    elsewhere = Place.objects.released().filter(released_leads=False)
    earlier = Q(round__grouping__kickoff__starts_date__lte=grouping.kickoff.starts_date)
    groups: dict[int | None, list[int]] = {}
    for group_id, person_id in (
        elsewhere.filter(earlier)
        .exclude(round__grouping=grouping)
        .order_by("person_id")
        .values_list("released_group_id", "person_id")
    ):
        groups.setdefault(group_id, []).append(person_id)
    return {
        (one, other)
        for some in groups.values()
        for number, one in enumerate(some)
        for other in some[number + 1 :]
    }
