"""Several tasks at once: done, given to somebody, moved. All of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff
from events.planning import queries
from events.planning.actions.refusals import (
    ChangedMeanwhile,
    PlanningRefused,
    refuse_archived,
    refuse_done,
)
from events.planning.actions.settling import settle
from events.planning.actions.tasks import meanwhile
from events.planning.models import PlanningTask
from people.accounts.models import Person
from people.activity.actions import record_entries_on

Chosen = Mapping[int, str]  # the mark that was seen of each task, by its primary key


@transaction.atomic
def complete_tasks(*, kickoff: Kickoff, chosen: Chosen, by: Person, at: datetime) -> int:
    """
    Tick tasks as done; return how many were open still. Whoever ticked one first stays on record.

    :raises PlanningRefused: none is chosen, or the kickoff is archived
    """
    _plan, tasks = _chosen(kickoff, chosen)
    tasks = [task for task in tasks if not task.is_done]
    rows = PlanningTask.objects.filter(pk__in=[task.pk for task in tasks])
    rows.open().update(done_at=at, done_by=by)
    _record(tasks, "task.done", by, at)
    return len(tasks)


@transaction.atomic
def give_tasks(
    *, kickoff: Kickoff, chosen: Chosen, owner: Person | None, by: Person, at: datetime
) -> int:
    """
    Give tasks to somebody, or back to the owners of their workstreams; return how many moved.

    :raises ChangedMeanwhile: somebody else changed one since it was seen; none is given then
    :raises PlanningRefused: none is chosen, or the kickoff is archived
    """
    plan, tasks = _chosen(kickoff, chosen)
    tasks = [task for task in tasks if task.owner != owner]
    _refuse_stale(tasks, chosen)
    PlanningTask.objects.filter(pk__in=[task.pk for task in tasks]).update(owner=owner)
    _record(tasks, "task.changed", by, at)
    for task in tasks:
        task.owner = owner
    settle(plan, by, at)  # holidays of the new owner count from now on
    return len(tasks)


@transaction.atomic
def shift_tasks(*, kickoff: Kickoff, chosen: Chosen, days: int, by: Person, at: datetime) -> int:
    """
    Move tasks by so many days, back if below zero; return how many. Each is set by hand from now on,
    and what waits for it follows. Those that are done stay.

    The same ticks sent twice move once, since the second time they have changed.

    :raises ChangedMeanwhile: somebody changed one since it was seen; none is moved then
    :raises PlanningRefused: none is chosen, all are done, one would leave the calendar, or the kickoff is
        archived
    """
    plan, tasks = _chosen(kickoff, chosen)
    _refuse_stale(tasks, chosen)
    if not any(not task.is_done for task in tasks):
        refuse_done(tasks[0])
    tasks = [task for task in tasks if not task.is_done]
    for task in tasks:
        try:
            task.own_date = task.due_date = task.due_date + timedelta(days=days)
        except OverflowError as error:
            message = _("“%(task)s” cannot move that far.") % {"task": task.title}
            raise PlanningRefused(message) from error
    PlanningTask.objects.bulk_update(tasks, ["own_date", "due_date"], batch_size=500)
    _record(tasks, "task.changed", by, at)
    settle(plan, by, at)
    return len(tasks)


def _chosen(kickoff: Kickoff, chosen: Chosen) -> tuple[queries.Plan, list[PlanningTask]]:
    refuse_archived(kickoff)
    plan = queries.plan_of(kickoff, to_change=True)
    tasks = [task for key, task in sorted(plan.tasks.items()) if key in chosen]
    if not tasks:
        raise PlanningRefused(_("Choose one task at least."))
    return plan, tasks


def _refuse_stale(tasks: list[PlanningTask], chosen: Chosen) -> None:
    for task in tasks:
        if task.seen != chosen[task.pk]:
            raise ChangedMeanwhile(task, meanwhile(task))


def _record(tasks: list[PlanningTask], verb: str, by: Person, at: datetime) -> None:
    record_entries_on(by=by, verb=verb, at=at, about=[(None, task, task.title) for task in tasks])
