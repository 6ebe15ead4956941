from collections.abc import Iterator

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.kickoff.access import kickoffs_attended_by
from events.prework import access as prework
from events.prework.models import Assignment, PreworkItem
from events.strategies.models import Strategy
from people.accounts.models import Person
from people.org.queries import line_of
from people.search.hooks import Found, Search


def own_strategies_or_404(person: Person, slug: str, item_id: int) -> PreworkItem:
    """
    A person's own item that wants win strategies.

    :raises Http404: it is somebody else's, of another kind, or of another kickoff
    """
    return _of_kind(prework.own_item_or_404(person, slug, item_id))


def own_strategy_or_404(person: Person, slug: str, item_id: int, strategy_id: int) -> Strategy:
    """
    One win strategy of a person's own.

    :raises Http404: it is somebody else's, or of another item
    """
    item = own_strategies_or_404(person, slug, item_id)
    strategy = get_object_or_404(Strategy.objects.with_deals(), pk=strategy_id, item=item)
    strategy.item = item
    return strategy


def strategies_or_404(person: Person, slug: str, item_id: int) -> PreworkItem:
    """
    The win strategies of somebody, for themselves, planners, and the managers up their line.

    :raises Http404: the person is none of them, or the item is of another kind
    """
    return _of_kind(prework.thread_or_404(person, slug, item_id))


def brief_or_404(person: Person, slug: str, assignment_id: int) -> Assignment:
    """
    An assignment of win strategies, for a planner who says what is wanted.

    :raises Http404: the person is no planner, or the assignment is of another kind
    """
    assignment = prework.assignment_or_404(person, slug, assignment_id)
    if assignment.kind != Assignment.Kind.STRATEGY:
        raise Http404
    return assignment


def find_strategies(search: Search) -> Iterator[Found]:
    """
    A person's own win strategies, then those handed in that they may read: of everybody for planners,
    of their line for managers. By whom they want to win, and by whose they are. Two queries.
    """
    person = search.person
    standing = Strategy.objects.with_deals().filter(item__assignment__withdrawn_at=None)
    standing = standing.select_related("item__person", "item__assignment__kickoff")
    standing = standing.order_by("-changed_at", "pk")
    mine = standing.filter(
        item__person=person, item__assignment__kickoff__in=kickoffs_attended_by(person)
    )
    for one in search.among(mine, "deal__account__name", "account", "deal__external_id"):
        yield _found(_("My win strategies"), one, "edit", one.item_id, one.pk)
    sent = standing.filter(sent__isnull=False).exclude(item__person=person)
    if not person.is_planner:
        seen = kickoffs_attended_by(person)
        sent = sent.filter(item__person__in=line_of(person), item__assignment__kickoff__in=seen)
    fields = ("deal__account__name", "account", "deal__external_id", "item__person__full_name")
    for one in search.among(sent, *fields):
        yield _found(_("Win strategies"), one, "read", one.item_id)


def _found(kind: object, strategy: Strategy, page: str, *numbers: int) -> Found:
    item = strategy.item
    kickoff = item.assignment.kickoff
    detail = f"{item.person.full_name} · {kickoff.name}"
    url = reverse(f"events:strategies:{page}", args=[kickoff.slug, *numbers])
    return Found(kind, strategy.name, detail, url, "book")


def _of_kind(item: PreworkItem) -> PreworkItem:
    if item.assignment.kind != Assignment.Kind.STRATEGY:
        raise Http404
    return item
