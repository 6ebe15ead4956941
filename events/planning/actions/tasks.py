"""The tasks of a timeline: added, changed, done, taken back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.ui.figures import day, moment
from events.kickoff.models import Kickoff
from events.planning import queries, rules
from events.planning.actions.refusals import (
    NO_PLAN_DATE,
    ChangedMeanwhile,
    PlanningRefused,
    refuse_archived,
    refuse_done,
)
from events.planning.actions.settling import settle
from events.planning.models import PlanningTask, Timeline, Workstream
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.activity.queries import entries_on

DATES = {"offset", "unit", "counts_from", "own_date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """
    What a planner says of a task. An offset, counted in a unit from something, or a date that is
    set by hand, which wins; one of the two at least.
    """

    workstream: str
    title: str
    note: str = ""
    owner: Person | None = None
    offset: int | None = None
    unit: str = rules.Unit.WEEKS
    counts_from: str = rules.CountsFrom.BEFORE_EVENT
    takes_days: int = 5
    own_date: date | None = None

    @classmethod
    def of(cls, task: PlanningTask) -> Details:
        """What a task says now."""
        return cls(**{field.name: getattr(task, field.name) for field in fields(cls)})


@transaction.atomic
def add_task(*, kickoff: Kickoff, details: Details, by: Person, at: datetime) -> PlanningTask:
    """
    Add a task to the timeline.

    :raises PlanningRefused: it does not say when it is due; its workstream is unknown; or the
        kickoff is archived
    """
    refuse_archived(kickoff)
    plan = queries.plan_of(kickoff, to_change=True)
    task = PlanningTask(kickoff=kickoff, created_at=at, **_fields(details))
    _refuse_unknown(task, plan)
    task.workstream_owner = plan.owners.get(task.workstream)
    task.due_date = _due(task, plan)
    task.save(force_insert=True)
    record_entry(by=by, verb="task.added", at=at, object=task, note=task.title)
    return task


@transaction.atomic
def update_task(
    *, task_id: int, details: Details, by: Person, at: datetime, seen: str = ""
) -> PlanningTask:
    """
    Change what a task says; nothing happens if it says so already. Whether it is done stays.

    `seen` is the mark of what `by` saw when they made the change (`PlanningTask.seen`).

    What waits for it moves along, and is in `moved_along` of the task that is returned.

    :raises ChangedMeanwhile: somebody else changed it since
    :raises PlanningRefused: it does not say when it is due; its workstream is unknown; its date
        would change though it is done; or the kickoff is archived
    """
    plan, task = plan_and_task(task_id)
    changes = {
        field: value for field, value in _fields(details).items() if getattr(task, field) != value
    }
    if not changes:
        return task
    if seen and seen != task.seen:
        raise ChangedMeanwhile(task, meanwhile(task))
    if DATES & changes.keys():
        refuse_done(task)
    for field, value in changes.items():
        setattr(task, field, value)
    _refuse_unknown(task, plan)
    task.workstream_owner = plan.owners.get(task.workstream)
    task.due_date = _due(task, plan)
    task.save(update_fields=[*changes, "due_date"])
    record_entry(by=by, verb="task.changed", at=at, object=task, note=task.title)
    task.moved_along = [one for one in settle(plan, by, at) if one != task]
    return task


@transaction.atomic
def delete_task(*, task_id: int, by: Person, at: datetime) -> None:
    """
    Take a task off the timeline; the audit trail keeps its title. What waited for it waits no more.

    :raises PlanningRefused: the kickoff is archived
    """
    plan, task = plan_and_task(task_id)
    record_entry(by=by, verb="task.deleted", at=at, object=task, note=task.title)
    task.delete()
    settle(queries.plan_of(plan.kickoff, to_change=True), by, at)


@transaction.atomic
def complete_task(*, task_id: int, by: Person, at: datetime) -> bool:
    """
    Tick a task as done; return whether this call did. Whoever ticked it first stays on record.

    :raises PlanningRefused: the kickoff is archived
    """
    task = PlanningTask.objects.select_related("kickoff").get(pk=task_id)
    refuse_archived(task.kickoff)
    if not PlanningTask.objects.filter(pk=task_id, done_at=None).update(done_at=at, done_by=by):
        return False
    record_entry(by=by, verb="task.done", at=at, object=task, note=task.title)
    return True


@transaction.atomic
def reopen_task(*, task_id: int, by: Person, at: datetime) -> bool:
    """
    Take the tick back; return whether this call did.

    :raises PlanningRefused: the kickoff is archived, or nobody says any more when the comp plan
        takes effect from which it counts
    """
    task = PlanningTask.objects.select_related("kickoff").get(pk=task_id)
    refuse_archived(task.kickoff)
    of_plan = task.counts is not None and task.counts.counts_from.is_of_plan
    dated = Timeline.objects.filter(kickoff=task.kickoff, plan_date__isnull=False)
    if of_plan and not task.is_by_hand and not dated.exists():
        raise PlanningRefused(NO_PLAN_DATE)
    row = PlanningTask.objects.filter(pk=task_id, done_at__isnull=False)
    if not row.update(done_at=None, done_by=None):
        return False
    record_entry(by=by, verb="task.reopened", at=at, object=task, note=task.title)
    return True


def meanwhile(task: PlanningTask) -> str:
    """Who changed a task last, and how it stands now: for whoever saw it before."""
    entry = entries_on(task).first()
    name = entry.actor.full_name if entry and entry.actor else _("Somebody")
    when = f" ({moment(entry.at, task.kickoff.zone)})" if entry else ""
    return _(
        "%(name)s changed “%(task)s” meanwhile%(when)s: %(owner)s, due %(due)s."
        " Save again if you want it your way."
    ) % {
        "name": name,
        "when": when,
        "task": task.title,
        "owner": task.owner.full_name if task.owner else _("no owner of its own"),
        "due": day(task.due_date),
    }


def plan_and_task(task_id: int) -> tuple[queries.Plan, PlanningTask]:
    """
    A task within its plan, both for a change: others wait until it is made.

    :raises PlanningRefused: the kickoff is archived
    """
    kickoff = Kickoff.objects.get(planning_tasks=task_id)
    refuse_archived(kickoff)
    plan = queries.plan_of(kickoff, to_change=True)
    if task_id not in plan.tasks:
        raise PlanningRefused(_("The task was deleted meanwhile."))
    return plan, plan.tasks[task_id]


def _fields(details: Details) -> dict[str, object]:
    return {field.name: getattr(details, field.name) for field in fields(details)}


def _due(task: PlanningTask, plan: queries.Plan) -> date:
    if task.own_date is not None:
        return task.own_date
    if task.counts is None:
        raise PlanningRefused(_("Say when the task is due."))
    try:
        return rules.wanted_date(task.counts, plan.frame, plan.calendar_of(task))
    except rules.NoPlanDateError as error:
        raise PlanningRefused(NO_PLAN_DATE) from error


def _refuse_unknown(task: PlanningTask, plan: queries.Plan) -> None:
    if task.workstream not in {*Workstream.values, *plan.owners}:
        raise PlanningRefused(_("There is no such workstream."))
