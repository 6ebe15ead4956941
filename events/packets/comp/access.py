"""Comp plans are RevOps' alone: everybody else is answered 404, whoever reports to them."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from events.attendance.models import Attendee
from events.kickoff.access import kickoff_or_404
from events.kickoff.models import Kickoff
from events.packets.comp.models import CompPlan, TermsEdition
from people.accounts.models import Person


def desk_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who designs its comp plans.

    :raises Http404: there is none, or the person is not RevOps
    """
    if not person.is_revops:
        raise Http404
    return kickoff_or_404(person, slug)


def plan_or_404(person: Person, slug: str, plan_id: int) -> CompPlan:
    """
    A plan of this kickoff, for RevOps.

    :raises Http404: there is none, or the person is not RevOps
    """
    kickoff = desk_or_404(person, slug)
    plan = get_object_or_404(
        CompPlan.objects.select_related("changed_by"), kickoff=kickoff, pk=plan_id
    )
    plan.kickoff = kickoff
    return plan


def rep_or_404(person: Person, slug: str, person_id: int) -> tuple[Kickoff, Person]:
    """
    A rep on this kickoff's roster, whose comp RevOps looks at.

    :raises Http404: there is none, or the person is not RevOps
    """
    kickoff = desk_or_404(person, slug)
    reps = Attendee.objects.filter(kickoff=kickoff, person=person_id).carrying_quota()
    attendee = get_object_or_404(reps.select_related("person__region", "person__manager"))
    return kickoff, attendee.person


def terms_or_404(person: Person, slug: str, edition_id: int) -> tuple[Kickoff, TermsEdition]:
    """
    An edition of the terms, for RevOps. Editions are the company's, the kickoff is the way in.

    :raises Http404: there is none, or the person is not RevOps
    """
    kickoff = desk_or_404(person, slug)
    edition = get_object_or_404(TermsEdition.objects.select_related("changed_by"), pk=edition_id)
    return kickoff, edition
