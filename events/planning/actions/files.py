"""Files of a task."""

from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from events.planning.actions.refusals import PlanningRefused, lock_task, refuse_archived
from events.planning.models import TaskFile
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.files.actions import FileUnwanted, keep_file
from people.files.rules import DOCUMENTS, PICTURES

KINDS = (*DOCUMENTS, *PICTURES)
MOST_FILES = 30


@transaction.atomic
def add_file(*, task_id: int, upload: File[bytes], by: Person, at: datetime) -> TaskFile:
    """
    Keep a file on a task.

    :raises PlanningRefused: it is none that is taken, there are 30 already, or the kickoff is archived
    """
    task = lock_task(task_id)
    if task.files.count() >= MOST_FILES:
        message = _("A task has at most %(count)d files. Remove one first.")
        raise PlanningRefused(message % {"count": MOST_FILES})
    try:
        file = keep_file(upload=upload, kinds=KINDS, by=by, at=at)
    except FileUnwanted as error:
        raise PlanningRefused(str(error)) from error
    record_entry(by=by, verb="task.file_added", at=at, object=task, note=file.name)
    return TaskFile.objects.create(task=task, file=file)


@transaction.atomic
def remove_file(*, held: TaskFile, by: Person, at: datetime) -> None:
    """
    Take a file off its task; its content goes within a day.

    :raises PlanningRefused: the kickoff is archived
    """
    refuse_archived(held.task.kickoff)
    if TaskFile.objects.filter(pk=held.pk).delete()[0]:
        note = held.file.name
        record_entry(by=by, verb="task.file_removed", at=at, object=held.task, note=note)
