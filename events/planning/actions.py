"""The timeline of a kickoff: tasks added, changed, done, taken back, moved with the event."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.kickoff.hooks import Before, Follows
from events.kickoff.models import Kickoff
from events.planning import rules
from events.planning.models import PlanningTask, Workstream, WorkstreamOwner
from people.accounts.models import Person
from people.activity.actions import record_entry


class PlanningRefused(Exception):
    """Nothing changed. The message is fit to show to the planner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """
    What a planner says of a task. One of the last three at least: weeks before the first day,
    days after the last day, or a date of its own, which wins.
    """

    workstream: str
    title: str
    note: str = ""
    owner: Person | None = None
    weeks_before: int | None = None
    days_after: int | None = None
    own_date: date | None = None


@transaction.atomic
def add_task(*, kickoff: Kickoff, details: Details, by: Person, at: datetime) -> PlanningTask:
    """
    Add a task to the timeline.

    :raises PlanningRefused: it says in no way, or in two ways, when it is due; or the kickoff is
        archived
    """
    _refuse_archived(kickoff)
    task = PlanningTask(kickoff=kickoff, created_at=at, **_fields(details))
    task.due_date = _due(task)
    task.save(force_insert=True)
    record_entry(by=by, verb="task.added", at=at, object=task, note=task.title)
    return task


@transaction.atomic
def update_task(*, task_id: int, details: Details, by: Person, at: datetime) -> PlanningTask:
    """
    Change what a task says. Whether it is done stays.

    :raises PlanningRefused: it says in no way, or in two ways, when it is due; or the kickoff is
        archived
    """
    task = PlanningTask.objects.select_related("kickoff").get(pk=task_id)
    _refuse_archived(task.kickoff)
    changes = _fields(details)
    for field, value in changes.items():
        setattr(task, field, value)
    task.due_date = _due(task)
    task.save(update_fields=[*changes, "due_date"])
    record_entry(by=by, verb="task.changed", at=at, object=task, note=task.title)
    return task


@transaction.atomic
def delete_task(*, task_id: int, by: Person, at: datetime) -> None:
    """
    Take a task off the timeline; the audit trail keeps its title.

    :raises PlanningRefused: the kickoff is archived
    """
    task = PlanningTask.objects.select_related("kickoff").get(pk=task_id)
    _refuse_archived(task.kickoff)
    record_entry(by=by, verb="task.deleted", at=at, object=task, note=task.title)
    task.delete()


@transaction.atomic
def complete_task(*, task_id: int, by: Person, at: datetime) -> bool:
    """
    Tick a task as done; return whether this call did. Whoever ticked it first stays on record.

    :raises PlanningRefused: the kickoff is archived
    """
    task = PlanningTask.objects.select_related("kickoff").get(pk=task_id)
    _refuse_archived(task.kickoff)
    if not PlanningTask.objects.filter(pk=task_id, done_at=None).update(done_at=at, done_by=by):
        return False
    record_entry(by=by, verb="task.done", at=at, object=task, note=task.title)
    return True


@transaction.atomic
def reopen_task(*, task_id: int, by: Person, at: datetime) -> bool:
    """
    Take the tick back; return whether this call did.

    :raises PlanningRefused: the kickoff is archived
    """
    task = PlanningTask.objects.select_related("kickoff").get(pk=task_id)
    _refuse_archived(task.kickoff)
    row = PlanningTask.objects.filter(pk=task_id, done_at__isnull=False)
    if not row.update(done_at=None, done_by=None):
        return False
    record_entry(by=by, verb="task.reopened", at=at, object=task, note=task.title)
    return True


@transaction.atomic
def name_owner(
    *, kickoff: Kickoff, workstream: str, owner: Person | None, by: Person, at: datetime
) -> None:
    """
    Name who answers for a workstream, or nobody.

    :raises PlanningRefused: there is no such workstream; or the kickoff is archived
    """
    _refuse_archived(kickoff)
    if workstream not in Workstream:
        raise PlanningRefused(_("There is no such workstream."))
    if owner is None:
        WorkstreamOwner.objects.filter(kickoff=kickoff, workstream=workstream).delete()
    else:
        WorkstreamOwner.objects.update_or_create(
            kickoff=kickoff, workstream=workstream, defaults={"person": owner}
        )
    record_entry(by=by, verb="workstream.owner", at=at, subject=owner, note=workstream)


def suggest_timeline(kickoff: Kickoff, by: Person, at: datetime) -> None:
    """
    Give a new kickoff the timeline of the template.

    Tasks whose week has passed are kept: somebody ticks what is done, and sees what is late.
    """
    tasks = [
        PlanningTask(
            kickoff=kickoff,
            workstream=suggestion.workstream,
            title=suggestion.title,
            weeks_before=suggestion.weeks_before,
            days_after=suggestion.days_after,
            created_at=at,
        )
        for suggestion in rules.suggestions()
    ]
    for task in tasks:
        task.due_date = task.derive_due_date()
    PlanningTask.objects.bulk_create(tasks)


def move_tasks(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """Move every task that counts from the event's days; dates of their own stay."""
    tasks = list(PlanningTask.objects.filter(kickoff=kickoff))
    counted = [task for task in tasks if task.own_date is None]
    moved = []
    for task in counted:
        task.kickoff = kickoff
        was, task.due_date = task.due_date, task.derive_due_date()
        if task.due_date != was:
            moved.append(task)
    PlanningTask.objects.bulk_update(moved, ["due_date"], batch_size=500)
    says = []
    if moved:
        said = ngettext(
            "%(count)d task moves: it counts from the days of the event.",
            "%(count)d tasks move: they count from the days of the event.",
            len(moved),
        )
        says.append(said % {"count": len(moved)})
    if late := sum(not one.is_done and one.due_date < kickoff.local_date(at) for one in moved):
        said = ngettext("%(count)d of them is late then.", "%(count)d of them are late then.", late)
        says.append(said % {"count": late})
    if own := sum(not task.is_done for task in tasks) - sum(not task.is_done for task in counted):
        said = ngettext(
            "%(count)d open task has a date of its own and keeps it.",
            "%(count)d open tasks have a date of their own and keep it.",
            own,
        )
        says.append(said % {"count": own})
    return Follows(_("Timeline"), says) if says else None


def _fields(details: Details) -> dict[str, object]:
    return {field.name: getattr(details, field.name) for field in fields(details)}


def _due(task: PlanningTask) -> date:
    if task.weeks_before is not None and task.days_after is not None:
        raise PlanningRefused(_("Count from the first day or from the last one, not from both."))
    try:
        return task.derive_due_date()
    except ValueError as error:
        raise PlanningRefused(_("Say when the task is due.")) from error


def _refuse_archived(kickoff: Kickoff) -> None:
    if kickoff.status == Kickoff.Status.ARCHIVED:
        raise PlanningRefused(_("This kickoff is archived, so its timeline no longer changes."))
