from django.shortcuts import get_object_or_404

from events.invitations.models import Wave
from events.invitations.queries import waves
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.models import Person


def wave_or_404(person: Person, slug: str, wave_id: int) -> Wave:
    """
    A wave of invitations, for a planner.

    :raises Http404: the person is no planner, or there is none here
    """
    return get_object_or_404(waves(kickoff_to_plan_or_404(person, slug)), pk=wave_id)
