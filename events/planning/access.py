from collections.abc import Iterator

from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.ui.figures import day
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from events.planning import queries
from events.planning.models import PlanningTask
from people.accounts.models import Person
from people.search.hooks import Found, Search


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


def own_task_or_404(person: Person, slug: str, task_id: int) -> PlanningTask:
    """
    A task that the person answers for, whoever they are: they need not see the kickoff otherwise.

    :raises Http404: it is somebody else's or nobody's, or not of this kickoff
    """
    kickoff = get_object_or_404(Kickoff, slug=slug)
    task = queries.task_of(kickoff, task_id)
    if task is None or task.answerable != person:
        raise Http404
    return task


def find_tasks(search: Search) -> Iterator[Found]:
    """Planning tasks, for planners; of each kickoff what is open first. One query."""
    if not search.person.is_planner:
        return
    tasks = PlanningTask.objects.select_related("kickoff").order_by(
        "-kickoff__starts_date", F("done_at").asc(nulls_first=True), "due_date", "pk"
    )
    for task in search.among(tasks, "title"):
        yield Found(
            kind=_("Tasks"),
            label=task.title,
            detail=" · ".join([_state(task), task.kickoff.name]),
            url=reverse(
                "events:planning:edit", kwargs={"slug": task.kickoff.slug, "task_id": task.pk}
            ),
            icon="list-check",
        )


def _state(task: PlanningTask) -> str:
    said = gettext("done") if task.is_done else gettext("due %(day)s")
    return said % {"day": day(task.due_date)}
