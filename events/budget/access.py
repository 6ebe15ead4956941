from collections.abc import Iterator

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.budget.models import Budget, BudgetLine, BudgetOwner, LineFile, Revision
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.search.hooks import Found, Search


def money_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who sees its money: planners, executives, and whoever owns of it.

    :raises Http404: there is none, or the person is none of these
    """
    kickoff = get_object_or_404(Kickoff, slug=slug)
    if not sees_money(person, kickoff):
        raise Http404
    return kickoff


def sees_money(person: Person, kickoff: Kickoff) -> bool:
    """Whether somebody sees the money of a kickoff. One query for who is neither planner nor executive."""
    return person.is_planner or person.is_executive or _owns(person, kickoff)


def money_to_change_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who writes its budget: planners, and whoever owns of it.

    :raises Http404: there is none, or the person is neither
    """
    kickoff = get_object_or_404(Kickoff, slug=slug)
    if not (person.is_planner or _owns(person, kickoff)):
        raise Http404
    return kickoff


def budget_to_change_or_404(person: Person, slug: str) -> Budget:
    """
    The budget for somebody who writes it.

    :raises Http404: there is none yet, or they may not
    """
    kickoff = money_to_change_or_404(person, slug)
    budget = get_object_or_404(Budget, kickoff=kickoff)
    budget.kickoff = kickoff
    return budget


def time_to_say_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who says what a day of people's time costs: who writes its budget, and
    RevOps, who see nothing else of its money.

    :raises Http404: there is none, or the person is none of these
    """
    if person.is_revops:
        return get_object_or_404(Kickoff, slug=slug)
    return money_to_change_or_404(person, slug)


def budget_to_rule_or_404(person: Person, slug: str) -> Budget:
    """
    The budget for a planner, who says who owns of it. An owner does not raise their own limit.

    :raises Http404: there is none yet, or the person is no planner
    """
    if not person.is_planner:
        raise Http404
    return budget_to_change_or_404(person, slug)


def line_or_404(person: Person, slug: str, line_id: int) -> BudgetLine:
    """
    A line for somebody who sees the money.

    :raises Http404: it is not of this kickoff, or they may not
    """
    kickoff = money_or_404(person, slug)
    lines = BudgetLine.objects.select_related("budget__kickoff", "current__rate")
    return get_object_or_404(lines, budget__kickoff=kickoff, pk=line_id)


def paper_or_404(person: Person, slug: str, file_id: int) -> LineFile:
    """
    A paper of a line for somebody who sees the money.

    :raises Http404: it is not of this kickoff, or they may not
    """
    kickoff = money_or_404(person, slug)
    papers = LineFile.objects.select_related("file", "line__budget__kickoff")
    return get_object_or_404(papers, line__budget__kickoff=kickoff, pk=file_id)


def revision_to_decide_or_404(person: Person, slug: str, revision_id: int) -> Revision:
    """
    A revision for somebody who writes the budget; whether their limit is enough, the action says.

    :raises Http404: it is not of this kickoff, or they may not
    """
    kickoff = money_to_change_or_404(person, slug)
    return get_object_or_404(
        Revision.objects.select_related("line"), line__budget__kickoff=kickoff, pk=revision_id
    )


def find_lines(search: Search) -> Iterator[Found]:
    """Lines of the budgets that a person sees, for whoever sees money. One query."""
    lines = BudgetLine.objects.select_related("budget__kickoff").order_by(
        "-budget__kickoff__starts_date", "pk"
    )
    if not (search.person.is_planner or search.person.is_executive):
        owned = BudgetOwner.objects.filter(person=search.person)
        lines = lines.filter(budget__in=owned.values("budget"))
    for line in search.among(lines, "name"):
        kickoff = line.budget.kickoff
        yield Found(
            kind=_("Budget lines"),
            label=line.name,
            detail=f"{line.get_category_display()} · {kickoff.name}",
            url=reverse("events:budget:line", args=[kickoff.slug, line.pk]),
            icon="wallet",
        )


def may_change(person: Person, kickoff: Kickoff) -> bool:
    """Whether somebody who sees the money also writes it. One query for who is no planner."""
    return person.is_planner or _owns(person, kickoff)


def _owns(person: Person, kickoff: Kickoff) -> bool:
    return BudgetOwner.objects.filter(budget__kickoff=kickoff, person=person).exists()
