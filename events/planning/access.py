from django.http import Http404

from events.kickoff.access import kickoff_to_plan_or_404
from events.planning import queries
from events.planning.models import PlanningTask
from people.accounts.models import Person


def task_or_404(person: Person, slug: str, task_id: int) -> PlanningTask:
    """
    A task of a kickoff that the person plans.

    :raises Http404: the person is no planner, or the task is not of this kickoff
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    task = queries.task_of(kickoff, task_id)
    if task is None:
        raise Http404
    return task
