from django.http import Http404
from django.shortcuts import get_object_or_404

from events.attendance.models import Attendee
from events.commitments.models import ActionPlan, Commitment, Occurrence
from events.kickoff.models import Kickoff, KickoffQuerySet
from people.accounts.models import Person


def commitment_or_404(person: Person, slug: str, commitment_id: int) -> Commitment:
    """
    A promise of the person's own.

    :raises Http404: there is none, it is somebody else's, or its kickoff is not shown to people
    """
    mine = Commitment.objects.filter(person=person, kickoff__in=_shown(slug))
    return get_object_or_404(mine.select_related("kickoff", "person", "bet"), pk=commitment_id)


def occurrence_or_404(person: Person, slug: str, occurrence_id: int) -> Occurrence:
    """
    One time that a promise of the person's own falls due.

    :raises Http404: as for the promise
    """
    mine = Occurrence.objects.filter(
        commitment__person=person, commitment__kickoff__in=_shown(slug)
    )
    return get_object_or_404(mine.select_related("commitment__kickoff"), pk=occurrence_id)


def plan_of_report_or_404(manager: Person, slug: str, person_id: int) -> ActionPlan:
    """
    The plan of somebody who reports to the person.

    :raises Http404: there is none, they report to somebody else, or the kickoff is not shown
    """
    plans = ActionPlan.objects.filter(person__manager=manager, kickoff__in=_shown(slug))
    return get_object_or_404(plans.select_related("kickoff", "person"), person__pk=person_id)


def kickoff_of_team_or_404(manager: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody whose reports are on its roster.

    :raises Http404: there is none, it is not shown to people, or nobody there reports to them
    """
    kickoff = get_object_or_404(_shown(slug))
    if not Attendee.objects.filter(kickoff=kickoff, person__manager=manager).exists():
        raise Http404
    return kickoff


def _shown(slug: str) -> KickoffQuerySet:
    return Kickoff.objects.shown_to_people().filter(slug=slug)
