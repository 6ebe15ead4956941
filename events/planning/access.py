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
from events.planning.models import PlanningTask, TaskComment, TaskFile, TaskItem
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


def task_to_do_or_404(person: Person, slug: str, task_id: int) -> PlanningTask:
    """
    A task for whoever works on it: planners, and whoever answers for it, who need not see the
    kickoff otherwise.

    :raises Http404: it is somebody else's or nobody's, or not of this kickoff
    """
    task = _task(slug, task_id)
    if not works_on(person, task):
        raise Http404
    return task


def task_to_read_or_404(person: Person, slug: str, task_id: int) -> PlanningTask:
    """
    A task for whoever works on it, and for those whom a comment on it mentions while they answer
    for something else of the plan.

    :raises Http404: they are none of these, or it is not of this kickoff
    """
    task = _task(slug, task_id)
    if not works_on(person, task):
        mentioned = task.comments.filter(mentioned=person).exists()
        if not mentioned or not queries.answers_for_some(task.kickoff, person):
            raise Http404
    return task


def digest_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for whoever reads the week of its plan: planners and sponsors, and whoever answers
    for something of it.

    :raises Http404: they are none of these, or there is none
    """
    kickoff = get_object_or_404(Kickoff, slug=slug)
    if not queries.reads_whole_plan(person) and not queries.answers_for_some(kickoff, person):
        raise Http404
    return kickoff


def own_comment_or_404(person: Person, slug: str, task_id: int, comment_id: int) -> TaskComment:
    """
    A comment of the person's own, on a task that they may still read.

    :raises Http404: it is somebody else's, or they may read the task no more
    """
    task = task_to_read_or_404(person, slug, task_id)
    comment = get_object_or_404(TaskComment, task=task, pk=comment_id, author=person)
    comment.task = task
    return comment


def item_or_404(person: Person, slug: str, task_id: int, item_id: int) -> TaskItem:
    """
    A step of a task, for whoever works on that.

    :raises Http404: the task is not theirs to do, or the step is of another one
    """
    task = task_to_do_or_404(person, slug, task_id)
    item = get_object_or_404(TaskItem, task=task, pk=item_id)
    item.task = task
    return item


def file_or_404(person: Person, slug: str, task_id: int, file_id: int) -> TaskFile:
    """
    A file of a task, for whoever may read that.

    :raises Http404: the task is not theirs to read, or the file is of another one
    """
    task = task_to_read_or_404(person, slug, task_id)
    held = get_object_or_404(TaskFile.objects.select_related("file"), task=task, pk=file_id)
    held.task = task
    return held


def works_on(person: Person, task: PlanningTask) -> bool:
    """Whether somebody who reads a task may change it too: its steps, and that it is done."""
    return person.is_planner or task.answerable == person


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
                "events:planning:task", kwargs={"slug": task.kickoff.slug, "task_id": task.pk}
            ),
            icon="list-check",
        )


def _task(slug: str, task_id: int) -> PlanningTask:
    task = queries.task_of(get_object_or_404(Kickoff, slug=slug), task_id)
    if task is None:
        raise Http404
    return task


def _state(task: PlanningTask) -> str:
    said = gettext("done") if task.is_done else gettext("due %(day)s")
    return said % {"day": day(task.due_date)}
