"""Quota planning is RevOps' alone: nobody else gets as far as a page without figures."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from events.kickoff.access import kickoff_or_404
from events.kickoff.models import Kickoff
from events.packets.quotas.models import NewHireRule, QuotaPlan
from events.packets.quotas.queries import plan_of
from people.accounts.models import Person


def desk_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who plans its quotas.

    :raises Http404: there is none, or the person is not RevOps
    """
    if not person.is_revops:
        raise Http404
    return kickoff_or_404(person, slug)


def plan_or_404(person: Person, slug: str) -> QuotaPlan:
    """
    The quota plan of a kickoff, which it carries along.

    :raises Http404: there is no kickoff or no plan, or the person is not RevOps
    """
    plan = plan_of(desk_or_404(person, slug))
    if plan is None:
        raise Http404
    return plan


def rule_or_404(person: Person, slug: str, rule_id: int) -> tuple[QuotaPlan, NewHireRule]:
    """
    A rule for new hires, and its plan.

    :raises Http404: there is none in this kickoff's plan, or the person is not RevOps
    """
    plan = plan_or_404(person, slug)
    rule = get_object_or_404(plan.hire_rules, pk=rule_id)
    return plan, rule
