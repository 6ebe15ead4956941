"""The week of a plan: what was done, what slipped since the baseline and why, what is next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from core.ui.figures import day
from events.kickoff.models import Kickoff
from events.planning import rules
from events.planning.models import PlanningTask
from events.planning.queries.plan import Plan, plan_of
from people.accounts.models import Person
from people.activity.models import Entry

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Slip:
    """An open task that is due later than its baseline says, by working days of its owner."""

    task: PlanningTask
    days: int
    reason: str


@dataclass(frozen=True, slots=True)
class Week:
    """The seven days up to a moment, and the seven that follow: `ahead` has what is late too."""

    kickoff: Kickoff
    today: date
    done: Sequence[PlanningTask]
    slipped: Sequence[Slip]
    ahead: Sequence[PlanningTask]
    frozen_at: datetime | None

    @property
    def is_empty(self) -> bool:
        return not (self.done or self.slipped or self.ahead)

    def of(self, person: Person) -> Week:
        """What of it is of tasks that a person answers for."""
        return replace(
            self,
            done=[task for task in self.done if task.answerable == person],
            slipped=[slip for slip in self.slipped if slip.task.answerable == person],
            ahead=[task for task in self.ahead if task.answerable == person],
        )


def week_of(kickoff: Kickoff, at: datetime) -> Week:
    """The week of a plan as it is at a moment. Seven queries at most."""
    plan = plan_of(kickoff)
    today = kickoff.local_date(at)
    done = [task for task in plan.tasks.values() if task.done_at and at - WEEK < task.done_at <= at]
    ahead = [
        task for task in plan.tasks.values() if not task.is_done and task.due_date <= today + WEEK
    ]
    return Week(
        kickoff,
        today,
        sorted(done, key=lambda task: (task.done_at, task.pk)),
        _slips(plan),
        sorted(ahead, key=lambda task: (task.due_date, task.pk)),
        plan.timeline.frozen_at,
    )


def slip_of(plan: Plan, task: PlanningTask) -> int:
    """Working days by which a task is due later than its baseline; 0 where it is not, or has none."""
    if task.baseline_date is None or task.baseline_date >= task.due_date:
        return 0
    calendar = plan.calendar_of(task)
    return rules.working_days_between(task.baseline_date, task.due_date, calendar)


def _slips(plan: Plan) -> list[Slip]:
    days = {key: slip_of(plan, task) for key, task in plan.tasks.items() if not task.is_done}
    late = {key: count for key, count in days.items() if count > 0}
    if not late:
        return []
    movers = _movers(plan, list(late))
    held_by = _held_by(plan, late)
    slips = [
        Slip(plan.tasks[key], count, _reason(plan.tasks[key], held_by.get(key), movers.get(key)))
        for key, count in late.items()
    ]
    return sorted(slips, key=lambda slip: (-slip.days, slip.task.due_date, slip.task.pk))


def _reason(task: PlanningTask, held_by: PlanningTask | None, mover: Entry | None) -> str:
    if held_by is not None:
        return _("it waits for “%(task)s”") % {"task": held_by.title}
    if mover is None and task.is_by_hand:
        return _("its date was set by hand")
    if mover is None:
        return _("the days that it counts from moved")
    name = mover.actor.full_name if mover.actor else _("Somebody")
    on = day(mover.at.astimezone(task.kickoff.zone).date())
    return _("%(name)s moved it on %(day)s") % {"name": name, "day": on}


def _movers(plan: Plan, keys: list[int]) -> Mapping[int, Entry]:
    """Who changed each of some tasks last since the baseline was frozen. One query."""
    entries = Entry.objects.filter(
        object_label=PlanningTask._meta.label_lower, object_id__in=keys, verb="task.changed"
    )
    if plan.timeline.frozen_at is not None:
        entries = entries.filter(at__gte=plan.timeline.frozen_at)
    found = {}
    for entry in entries.select_related("actor").order_by("at", "pk"):
        if entry.object_id is not None:
            found[entry.object_id] = entry
    return found


def _held_by(plan: Plan, keys: Collection[int]) -> Mapping[int, PlanningTask]:
    """What holds up each of some tasks that is due later than its offset says."""
    found = {}
    for link in plan.links:
        if link.task not in keys:
            continue
        task, before = plan.tasks[link.task], plan.tasks[link.predecessor]
        step = rules.Step(
            task.pk,
            task.due_date,
            task.takes_days,
            plan.wanted_date_of(task),
            plan.calendar_of(task),
        )
        if step.wanted is None or step.due <= step.wanted:
            continue
        if rules.earliest_due(step, before.due_date, link.lag_days) >= step.due:
            found[link.task] = before
    return found
