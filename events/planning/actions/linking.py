"""What waits for what: a task begins once another is over."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from events.planning import queries, rules
from events.planning.actions.refusals import PlanningRefused
from events.planning.actions.settling import settle
from events.planning.actions.tasks import plan_and_task
from events.planning.models import Dependency, PlanningTask
from people.accounts.models import Person
from people.activity.actions import record_entry


@transaction.atomic
def link_tasks(
    *, task_id: int, predecessor_id: int, lag_days: int, by: Person, at: datetime
) -> PlanningTask:
    """
    Let a task wait for another one, `lag_days` after it, or earlier where that is below zero.
    What is not set by hand moves as far as that demands, and is in `moved_along`.

    :raises PlanningRefused: it would wait for itself: the message names the way; or the other is no
        task of this kickoff, which is archived perhaps
    """
    plan, task = plan_and_task(task_id)
    predecessor = plan.tasks.get(predecessor_id)
    if predecessor is None:
        raise PlanningRefused(_("There is no such task on this timeline."))
    if path := rules.path_between(task_id, predecessor_id, plan.links):
        way = " → ".join(f"“{plan.tasks[key].title}”" for key in [*path, task_id])
        raise PlanningRefused(_("It would wait for itself: %(way)s.") % {"way": way})
    Dependency.objects.update_or_create(
        task=task, predecessor=predecessor, defaults={"lag_days": lag_days}
    )
    note = f"{task.title} ← {predecessor.title}"
    record_entry(by=by, verb="task.linked", at=at, object=task, note=note)
    return _settled(task, by, at)


@transaction.atomic
def unlink_tasks(*, task_id: int, predecessor_id: int, by: Person, at: datetime) -> PlanningTask:
    """
    Let a task wait for another one no longer; it moves back to its own day, if it was held up.

    :raises PlanningRefused: the kickoff is archived
    """
    plan, task = plan_and_task(task_id)
    if Dependency.objects.filter(task=task, predecessor=predecessor_id).delete()[0]:
        predecessor = plan.tasks[predecessor_id]
        note = f"{task.title} ← {predecessor.title}"
        record_entry(by=by, verb="task.unlinked", at=at, object=task, note=note)
    return _settled(task, by, at)


def _settled(task: PlanningTask, by: Person, at: datetime) -> PlanningTask:
    plan = queries.plan_of(task.kickoff, to_change=True)
    moved = settle(plan, by, at)
    found = plan.tasks[task.pk]
    found.moved_along = moved
    return found
