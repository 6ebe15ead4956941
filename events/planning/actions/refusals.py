"""What a timeline refuses."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.kickoff.models import Kickoff
from events.planning.models import PlanningTask

NO_PLAN_DATE = gettext_lazy("Say first, on the timeline, when the comp plan takes effect.")


class PlanningRefused(Exception):
    """Nothing changed. The message is fit to show to the planner."""


class ChangedMeanwhile(PlanningRefused):
    """Somebody else changed the task since it was looked at. `task` is as it stands now."""

    def __init__(self, task: PlanningTask, message: str) -> None:
        super().__init__(message)
        self.task = task


def refuse_archived(kickoff: Kickoff) -> None:
    """:raises PlanningRefused: the kickoff is archived"""
    if kickoff.status == Kickoff.Status.ARCHIVED:
        raise PlanningRefused(_("This kickoff is archived, so its timeline no longer changes."))


def refuse_done(task: PlanningTask) -> None:
    """:raises PlanningRefused: the task is done: when it was due is the past"""
    if task.is_done:
        message = _("“%(task)s” is done, so it is not moved. Reopen it first.")
        raise PlanningRefused(message % {"task": task.title})


def lock_task(task_id: int) -> PlanningTask:
    """
    A task, so that of two who change what stands on it one waits.

    :raises PlanningRefused: it was deleted, or the kickoff is archived
    """
    rows = PlanningTask.objects.select_for_update(of=("self",), no_key=True)
    task = rows.select_related("kickoff").filter(pk=task_id).first()
    if task is None:
        raise PlanningRefused(_("The task was deleted meanwhile."))
    refuse_archived(task.kickoff)
    return task
