from django.http import Http404

from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.models import Person
from reinforcement.campaigns.models import Activity


def activity_or_404(person: Person, slug: str, activity_id: int) -> Activity:
    """
    A live activity of the plan, for somebody who plans the kickoff.

    :raises Http404: there is none, it was withdrawn, or the person is no planner
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    activity = (
        Activity.objects.live()
        .filter(campaign__kickoff=kickoff, pk=activity_id)
        .select_related("campaign__kickoff")
        .first()
    )
    if activity is None:
        raise Http404
    return activity
