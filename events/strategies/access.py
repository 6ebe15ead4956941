from django.http import Http404
from django.shortcuts import get_object_or_404

from events.prework import access as prework
from events.prework.models import Assignment, PreworkItem
from events.strategies.models import Strategy
from people.accounts.models import Person


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


def _of_kind(item: PreworkItem) -> PreworkItem:
    if item.assignment.kind != Assignment.Kind.STRATEGY:
        raise Http404
    return item
