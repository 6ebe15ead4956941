"""The dates of a whole plan, after one of them or what they wait for has changed."""

from datetime import datetime

from events.planning import queries, rules
from events.planning.actions.refusals import NO_PLAN_DATE, PlanningRefused
from events.planning.models import PlanningTask
from people.accounts.models import Person
from people.activity.actions import record_entries_on


def settle(plan: queries.Plan, by: Person, at: datetime) -> list[PlanningTask]:
    """
    Bring every task to the day that follows from its offset and from what it waits for; return
    those that moved. What is done stays, and what was set by hand.

    :raises PlanningRefused: a task counts from the comp plan, whose date is not known
    """
    moved = redate(plan)
    record_entries_on(
        by=by, verb="task.moved", at=at, about=[(None, task, task.title) for task in moved]
    )
    return moved


def redate(plan: queries.Plan) -> list[PlanningTask]:
    """As `settle`, where one entry in the trail says already what all of them follow."""
    try:
        due = rules.schedule(plan.steps, plan.links)
    except rules.NoPlanDateError as error:
        raise PlanningRefused(NO_PLAN_DATE) from error
    moved = [task for task in plan.tasks.values() if due[task.pk] != task.due_date]
    for task in moved:
        task.due_date = due[task.pk]
    PlanningTask.objects.bulk_update(moved, ["due_date"], batch_size=500)
    return moved
