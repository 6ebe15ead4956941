"""The timeline of a kickoff: tasks added, changed, done, taken back, moved with the event."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.ui.figures import day, moment
from events.kickoff.models import Kickoff
from events.planning import rules
from events.planning.models import (
    PlanningTask,
    PlanningTaskQuerySet,
    Workstream,
    WorkstreamOwner,
)
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.activity.queries import entries_on


class PlanningRefused(Exception):
    """Nothing changed. The message is fit to show to the planner."""


class ChangedMeanwhile(PlanningRefused):
    """Somebody else changed the task since it was looked at. `task` is as it stands now."""

    def __init__(self, task: PlanningTask, message: str) -> None:
        super().__init__(message)
        self.task = task


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

    @classmethod
    def of(cls, task: PlanningTask) -> Details:
        """What a task says now."""
        return cls(**{field.name: getattr(task, field.name) for field in fields(cls)})


@transaction.atomic
def add_task(*, kickoff: Kickoff, details: Details, by: Person, at: datetime) -> PlanningTask:
    """
    Add a task to the timeline.

    :raises PlanningRefused: it says in no way, or in two ways, when it is due; or the kickoff is
        archived
    """
    refuse_archived(kickoff)
    task = PlanningTask(kickoff=kickoff, created_at=at, **_fields(details))
    task.due_date = _due(task)
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

    :raises ChangedMeanwhile: somebody else changed it since
    :raises PlanningRefused: it says in no way, or in two ways, when it is due; or the kickoff is
        archived
    """
    task = to_change().get(pk=task_id)
    refuse_archived(task.kickoff)
    changes = {
        field: value for field, value in _fields(details).items() if getattr(task, field) != value
    }
    if not changes:
        return task
    if seen and seen != task.seen:
        raise ChangedMeanwhile(task, meanwhile(task))
    for field, value in changes.items():
        setattr(task, field, value)
    task.due_date = _due(task)
    task.save(update_fields=[*changes, "due_date"])
    record_entry(by=by, verb="task.changed", at=at, object=task, note=task.title)
    return task


def note_task(*, task_id: int, note: str, seen: str, by: Person, at: datetime) -> PlanningTask:
    """
    Change what is noted on a task, and nothing else of it.

    :raises ChangedMeanwhile: somebody else changed it since `by` saw `seen`
    :raises PlanningRefused: the kickoff is archived
    """
    task = PlanningTask.objects.select_related("owner").get(pk=task_id)
    details = replace(Details.of(task), note=note)
    return update_task(task_id=task_id, details=details, seen=seen, by=by, at=at)


@transaction.atomic
def delete_task(*, task_id: int, by: Person, at: datetime) -> None:
    """
    Take a task off the timeline; the audit trail keeps its title.

    :raises PlanningRefused: the kickoff is archived
    """
    task = PlanningTask.objects.select_related("kickoff").get(pk=task_id)
    refuse_archived(task.kickoff)
    record_entry(by=by, verb="task.deleted", at=at, object=task, note=task.title)
    task.delete()


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

    :raises PlanningRefused: the kickoff is archived
    """
    task = PlanningTask.objects.select_related("kickoff").get(pk=task_id)
    refuse_archived(task.kickoff)
    row = PlanningTask.objects.filter(pk=task_id, done_at__isnull=False)
    if not row.update(done_at=None, done_by=None):
        return False
    record_entry(by=by, verb="task.reopened", at=at, object=task, note=task.title)
    return True


@transaction.atomic
def name_owner(
    *,
    kickoff: Kickoff,
    workstream: str,
    owner: Person | None,
    by: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """
    Name who answers for a workstream, or nobody; nothing happens if they do already.

    `seen` is the id of whom `by` saw there, 0 for nobody.

    :raises PlanningRefused: there is no such workstream; somebody else named another since; or the
        kickoff is archived
    """
    refuse_archived(kickoff)
    if workstream not in Workstream:
        raise PlanningRefused(_("There is no such workstream."))
    named = WorkstreamOwner.objects.filter(kickoff=kickoff, workstream=workstream)
    there = named.select_for_update(of=("self",)).select_related("person").first()
    held = there.person if there else None
    if held == owner:
        return
    if seen is not None and seen != (held.pk if held else 0):
        raise PlanningRefused(
            _("%(workstream)s was given to %(name)s meanwhile. Look at it, and save again.")
            % {
                "workstream": Workstream(workstream).label,
                "name": held.full_name if held else _("nobody"),
            }
        )
    if owner is None:
        named.delete()
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


def to_change() -> PlanningTaskQuerySet:
    """Tasks for a change: others wait until it is made."""
    return PlanningTask.objects.select_related("kickoff", "owner").select_for_update(of=("self",))


def _fields(details: Details) -> dict[str, object]:
    return {field.name: getattr(details, field.name) for field in fields(details)}


def _due(task: PlanningTask) -> date:
    if task.weeks_before is not None and task.days_after is not None:
        raise PlanningRefused(_("Count from the first day or from the last one, not from both."))
    try:
        return task.derive_due_date()
    except ValueError as error:
        raise PlanningRefused(_("Say when the task is due.")) from error


def refuse_archived(kickoff: Kickoff) -> None:
    """:raises PlanningRefused: the kickoff is archived"""
    if kickoff.status == Kickoff.Status.ARCHIVED:
        raise PlanningRefused(_("This kickoff is archived, so its timeline no longer changes."))
