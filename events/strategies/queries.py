from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from events.deals.models import Opportunity
from events.deals.queries import open_deals_of
from events.kickoff.models import Kickoff
from events.prework.models import Assignment, PreworkItem
from events.strategies import rules
from events.strategies.models import Brief, Strategy, facts_of
from events.strategies.rules import Content
from people.accounts.models import Person

OFFERED = 30  # open deals that a rep chooses from, the most valuable first


@dataclass(frozen=True, slots=True)
class Shown:
    """A win strategy, what is read of it, and what the data of its deal warns of."""

    strategy: Strategy
    content: Content
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A deal for which a win strategy was handed in, and what the CRM says of it, if anything."""

    name: str
    value: Decimal | None
    currency: str | None
    stage: str | None


@dataclass(frozen=True, slots=True)
class Offered:
    """An open deal that a rep can choose, and what its data warns of."""

    deal: Opportunity
    warnings: list[str]


def brief_of(assignment: Assignment) -> Brief:
    """What is wanted of an assignment's strategies: the planner's brief, or the defaults."""
    return Brief.objects.filter(assignment=assignment).first() or Brief(assignment=assignment)


def written_for(item: PreworkItem, today: date) -> list[Shown]:
    """What somebody is writing, with warnings. Two queries."""
    watched = brief_of(item.assignment).watched
    found = Strategy.objects.with_deals().filter(item=item)
    return [Shown(one, one.written, _warnings(one, watched, today)) for one in found]


def sent_of(item: PreworkItem, today: date) -> list[Shown]:
    """What somebody handed in, with warnings. Two queries."""
    watched = brief_of(item.assignment).watched
    found = Strategy.objects.with_deals().filter(item=item, sent__isnull=False)
    return [
        Shown(one, content, _warnings(one, watched, today))
        for one in found
        if (content := one.handed_in) is not None
    ]


def strategies_of(
    kickoff: Kickoff, person_ids: Iterable[int], today: date
) -> dict[int, list[Shown]]:
    """
    What some people handed in for a kickoff, by person: for deal clinics, which work on it. What
    was asked for again is there too, as it was handed in; what was withdrawn is not. One query.
    """
    found = (
        Strategy.objects.with_deals()
        .filter(
            sent__isnull=False,
            item__in=PreworkItem.objects.of_people(kickoff, person_ids),
        )
        .select_related("item__assignment__strategy_brief")
        .order_by("item__assignment__due_at", "item_id", "place")
    )
    by_person: dict[int, list[Shown]] = defaultdict(list)
    for one in found:
        brief = getattr(one.item.assignment, "strategy_brief", None) or Brief()
        if (content := one.handed_in) is not None:
            shown = Shown(one, content, _warnings(one, brief.watched, today))
            by_person[one.item.person_id].append(shown)
    return dict(by_person)


def handed_in(kickoff: Kickoff, person_ids: Iterable[int]) -> dict[int, list[HandedIn]]:
    """
    The deals for which some people handed a win strategy in, by person, in order, without what they
    wrote: for lists of many. One query.
    """
    found = Strategy.objects.filter(
        sent__isnull=False, item__in=PreworkItem.objects.of_people(kickoff, person_ids)
    ).order_by("item__assignment__due_at", "item_id", "place")
    by_person: dict[int, list[HandedIn]] = defaultdict(list)
    for person_id, account, own, number, value, currency, stage in found.values_list(
        "item__person",
        "deal__account__name",
        "account",
        "deal__external_id",
        "deal__value",
        "deal__currency",
        "deal__stage",
    ):
        by_person[person_id].append(
            HandedIn(account or own or number or "", value, currency, stage)
        )
    return dict(by_person)


def offered_to(item: PreworkItem, today: date) -> list[Offered]:
    """The open deals that somebody has and has not chosen yet, the most valuable first."""
    watched = brief_of(item.assignment).watched
    chosen = Strategy.objects.filter(item=item, deal__isnull=False).values("deal")
    deals = open_deals_of(item.person).exclude(pk__in=chosen)[:OFFERED]
    return [Offered(deal, rules.warnings(facts_of(deal), watched, today)) for deal in deals]


def own_data(person: Person) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """A person's win strategies, as typed and as handed in, for the file of theirs. One query."""
    found = Strategy.objects.with_deals().filter(item__person=person)
    yield (
        "win_strategies",
        [
            {
                "kickoff": one.item.assignment.kickoff.name,
                "title": one.item.assignment.title,
                "deal": one.name,
                "draft": one.draft,
                "sent": one.sent,
                "changed_at": one.changed_at,
                "sent_at": one.sent_at,
            }
            for one in found.select_related("item__assignment__kickoff")
        ],
    )


def find_page(item: PreworkItem, own: bool) -> str | None:
    """Where a win strategy is written, or read."""
    if item.assignment.kind != Assignment.Kind.STRATEGY:
        return None
    page = "mine" if own else "read"
    return reverse(f"events:strategies:{page}", args=[item.assignment.kickoff.slug, item.pk])


def _warnings(strategy: Strategy, watched: rules.Watched, today: date) -> list[str]:
    return rules.warnings(facts_of(strategy.deal), watched, today)
