from django.shortcuts import get_object_or_404

from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.models import Person
from reinforcement.campaigns.models import Activity


def activity_or_404(person: Person, slug: str, activity_id: int) -> Activity:
    """
    A live activity of the plan, for somebody who plans the kickoff.

    :raises Http404: there is none, it was withdrawn, or the person is no planner
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    return get_object_or_404(
        Activity.objects.live().select_related("campaign__kickoff"),
        campaign__kickoff=kickoff,
        pk=activity_id,
    )
