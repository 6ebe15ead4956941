"""The timeline of a past kickoff, for one that is ahead."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.due.rules import Calendar
from events.kickoff.hooks import Before, Copied
from events.kickoff.models import Kickoff
from events.planning import queries, rules
from events.planning.actions.settling import redate
from events.planning.models import Dependency, PlanningTask, TaskItem, Timeline, WorkstreamOwner
from people.accounts.models import Person
from people.org.queries import is_here


def copy_timeline(source: Kickoff, target: Kickoff, by: Person, at: datetime) -> Copied | None:
    """
    Copy tasks with workstreams, offsets, what waits for what and steps, all of them open. Owners who
    are still here stay; a date that was set by hand moves by as many days as the event.
    """
    plan = queries.plan_of(source)
    if not plan.tasks:
        return None
    if target.planning_tasks.exists():
        return Copied(_("Timeline"), is_held=True)
    copies = _tasks(plan, target, at)
    count = len(copies)
    says = [ngettext("%(count)d task", "%(count)d tasks", count) % {"count": count}]
    links = Dependency.objects.bulk_create(
        Dependency(
            task=copies[one.task_id],
            predecessor=copies[one.predecessor_id],
            lag_days=one.lag_days,
        )
        for one in plan.dependencies
    )
    if links:
        said = ngettext("%(count)d link between them", "%(count)d links between them", len(links))
        says.append(said % {"count": len(links)})
    items = TaskItem.objects.bulk_create(
        TaskItem(task=copies[one.task_id], text=one.text, place=one.place)
        for one in TaskItem.objects.filter(task__kickoff=source)
    )
    if items:
        said = ngettext("%(count)d step of checklists", "%(count)d steps of checklists", len(items))
        says.append(said % {"count": len(items)})
    _owners(plan, target, at)
    made = queries.plan_of(target, to_change=True)
    redate(made)
    today = target.local_date(at)
    if late := sum(rules.is_late(task, today) for task in made.tasks.values()):
        said = ngettext("%(count)d of them is late today", "%(count)d of them are late today", late)
        says.append(said % {"count": late})
    return Copied(_("Timeline"), says)


def _tasks(plan: queries.Plan, target: Kickoff, at: datetime) -> dict[int, PlanningTask]:
    """The copies of all tasks, by the id of what they are copied from."""
    source = plan.kickoff
    shift = Before(source.starts_date, source.ends_date, source.time_zone).shift(target)
    timeline, _made = Timeline.objects.get_or_create(kickoff=target)
    if timeline.plan_date is None and plan.timeline.plan_date is not None:
        timeline.plan_date = plan.timeline.plan_date + shift
        timeline.save(update_fields=["plan_date"])
    copies = {}
    for key, task in plan.tasks.items():
        counts = task.counts
        if counts is not None and counts.counts_from.is_of_plan and timeline.plan_date is None:
            counts = None  # nobody says any more when that plan takes effect
        own = rules.settle(task.due_date + shift, Calendar()) if counts is None else None
        copies[key] = PlanningTask(
            kickoff=target,
            workstream=task.workstream,
            title=task.title,
            note=task.note,
            owner=_still_here(task.owner, at),
            offset=task.offset,
            unit=task.unit,
            counts_from=task.counts_from,
            takes_days=task.takes_days,
            own_date=own,
            due_date=own or target.starts_date,
            created_at=at,
        )
    PlanningTask.objects.bulk_create(copies.values())
    return copies


def _owners(plan: queries.Plan, target: Kickoff, at: datetime) -> None:
    known = set(target.workstream_owners.values_list("workstream", flat=True))
    WorkstreamOwner.objects.bulk_create(
        WorkstreamOwner(kickoff=target, workstream=stream, person=_still_here(person, at))
        for stream, person in plan.owners.items()
        if stream not in known
    )


def _still_here(person: Person | None, at: datetime) -> Person | None:
    return person if person is not None and is_here(person, at) else None
