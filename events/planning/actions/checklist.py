"""The steps of a task: added, ticked, put in order, removed. Those who do the task do this too."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from events.planning.actions.refusals import PlanningRefused, lock_task, refuse_archived
from events.planning.models import TaskItem
from people.accounts.models import Person
from people.activity.actions import record_entry

MOST_ITEMS = 50


@transaction.atomic
def add_item(*, task_id: int, text: str, by: Person, at: datetime) -> TaskItem:
    """
    Add a step to the end of a checklist.

    :raises PlanningRefused: it says nothing, there are 50 already, or the kickoff is archived
    """
    task = lock_task(task_id)
    text = " ".join(text.split())[:200]
    if not text:
        raise PlanningRefused(_("Say what the step is."))
    places = list(task.items.values_list("place", flat=True))
    if len(places) >= MOST_ITEMS:
        message = _("A task has at most %(count)d steps. Make it two tasks.")
        raise PlanningRefused(message % {"count": MOST_ITEMS})
    item = TaskItem.objects.create(task=task, text=text, place=max(places, default=-1) + 1)
    record_entry(by=by, verb="task.step_added", at=at, object=task, note=text)
    return item


@transaction.atomic
def tick_item(*, item: TaskItem, done: bool, by: Person, at: datetime) -> bool:
    """
    Tick a step, or take the tick back; return whether this call did. The first tick stays on record.

    :raises PlanningRefused: the kickoff is archived
    """
    refuse_archived(item.task.kickoff)
    changes = {"done_at": at, "done_by": by} if done else {"done_at": None, "done_by": None}
    if not TaskItem.objects.filter(pk=item.pk, done_at__isnull=done).update(**changes):
        return False
    verb = "task.step_done" if done else "task.step_reopened"
    record_entry(by=by, verb=verb, at=at, object=item.task, note=item.text)
    return True


@transaction.atomic
def move_item(*, item: TaskItem, up: bool, by: Person, at: datetime) -> None:
    """
    Let a step change places with the one above or below it; at either end nothing happens.

    :raises PlanningRefused: the kickoff is archived
    """
    task = lock_task(item.task_id)
    items = list(task.items.all())
    index = next((n for n, one in enumerate(items) if one.pk == item.pk), None)
    if index is None:
        return
    other = index + (-1 if up else 1)
    if not 0 <= other < len(items):
        return
    items[index], items[other] = items[other], items[index]
    for place, one in enumerate(items):
        one.place = place
    TaskItem.objects.bulk_update(items, ["place"])
    record_entry(by=by, verb="task.step_moved", at=at, object=task, note=item.text)


@transaction.atomic
def delete_item(*, item: TaskItem, by: Person, at: datetime) -> None:
    """
    Take a step off its checklist.

    :raises PlanningRefused: the kickoff is archived
    """
    refuse_archived(item.task.kickoff)
    if TaskItem.objects.filter(pk=item.pk).delete()[0]:
        record_entry(by=by, verb="task.step_deleted", at=at, object=item.task, note=item.text)
