"""What follows for a timeline when its kickoff moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.folding import alphabetical
from core.ui.figures import day
from events.kickoff.hooks import Before, Detail, Follows
from events.kickoff.models import Kickoff
from events.planning import queries, rules
from events.planning.actions.settling import redate
from events.planning.models import PlanningTask
from people.accounts.models import Person

MAILED = 10  # tasks that a mail names


def move_tasks(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """
    Move every open task that counts from the event, and what waits for it; leave what is done or
    by hand. Says of each task from when to when, and why; owners are told of theirs.
    """
    plan = queries.plan_of(kickoff, to_change=True)
    was = {key: task.due_date for key, task in plan.tasks.items()}
    moved = redate(plan)
    says = _says(plan, moved, kickoff.local_date(at))
    if not says:
        return None
    owned = _by_owner(plan, was, before)
    told = {one.owner.pk: [one.mail] for one in owned if one.owner is not None and one.mail}
    details = [
        Detail(
            one.owner.full_name if one.owner else _("Nobody yet"),
            one.lines,
            one.mail if kickoff.is_shown_to_people and one.owner is not None else "",
        )
        for one in owned
    ]
    return Follows(_("Timeline"), says, told, details)


@dataclass
class _Owned:
    """What follows for the tasks of one person, or of nobody."""

    owner: Person | None
    moved: list[str] = field(default_factory=list)
    stay: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    mailed: list[str] = field(default_factory=list)

    @property
    def lines(self) -> Sequence[str]:
        return (*self.moved, *self.stay, *self.done)

    @property
    def mail(self) -> str:
        """The line of their mail; empty where nothing of theirs moves."""
        if not self.mailed:
            return ""
        said = "; ".join(self.mailed[:MAILED])
        if (more := len(self.mailed) - MAILED) > 0:
            said += "; " + ngettext("%(count)d more", "%(count)d more", more) % {"count": more}
        return _("Your tasks on the timeline: %(tasks)s.") % {"tasks": said}


def _by_owner(plan: queries.Plan, was: Mapping[int, date], before: Before) -> list[_Owned]:
    """Every task of a plan that has moved, or stays where one would not think so, by owner."""
    found: dict[int | None, _Owned] = {}
    for key, task in plan.tasks.items():
        owner = task.answerable
        of = found.setdefault(owner.pk if owner else None, _Owned(owner))
        facts = {"task": task.title, "was": day(was[key]), "now": day(task.due_date)}
        if was[key] != task.due_date:
            facts["why"] = _why(plan, task)
            of.moved.append(_("“%(task)s”: %(was)s → %(now)s. %(why)s") % facts)
            of.mailed.append(_("“%(task)s” is due %(now)s (was %(was)s)") % facts)
        elif task.is_done:
            of.done.append(_("“%(task)s” is done, and stays on %(was)s.") % facts)
        elif task.is_by_hand:
            of.stay.append(_by_hand(plan.kickoff, task, before))
    owned = [one for one in found.values() if one.lines]
    return sorted(
        owned,
        key=lambda one: (one.owner is None, alphabetical(one.owner.full_name if one.owner else "")),
    )


def _by_hand(kickoff: Kickoff, task: PlanningTask, before: Before) -> str:
    now = (kickoff.starts_date - task.due_date).days
    then = (before.starts_date - task.due_date).days
    return _("“%(task)s” stays on %(day)s, set by hand: %(now)s, and %(then)s until now.") % {
        "task": task.title,
        "day": day(task.due_date),
        "now": _distance(now),
        "then": _distance(then),
    }


def _distance(days: int) -> str:
    if not days:
        return _("on the first day of the event")
    said = (
        ngettext("%(count)d day before the event", "%(count)d days before the event", days)
        if days > 0
        else ngettext("%(count)d day after it begins", "%(count)d days after it begins", -days)
    )
    return said % {"count": abs(days)}


def _why(plan: queries.Plan, task: PlanningTask) -> str:
    """Why a task is due when it is: its offset, who rests on that day, what it waits for."""
    if task.counts is None:
        return ""
    calendar = plan.calendar_of(task)
    why = rules.why(task.counts, plan.frame, calendar)
    if task.due_date > why.due and (holding := _holding(plan, task)):
        return holding
    said = _("%(mark)s is %(day)s.") % {"mark": task.counts.mark, "day": day(why.counted)}
    rest = why.rest(calendar)
    if rest is None:
        return said
    facts = {"name": rest.name, "country": calendar.country}
    if rest.name:
        return f"{said} " + _("That is %(name)s in %(country)s.") % facts
    if rest.is_closed:
        return f"{said} " + _("The company is closed then.")
    return f"{said} " + _("That is no working day.")


def _holding(plan: queries.Plan, task: PlanningTask) -> str:
    """Which task it waits for, where that is what decides its day."""
    step = rules.Step(task.pk, task.due_date, task.takes_days, calendar=plan.calendar_of(task))
    for one in plan.dependencies:
        if one.task_id != task.pk:
            continue
        other = plan.tasks[one.predecessor_id]
        if rules.earliest_due(step, other.due_date, one.lag_days) == task.due_date:
            said = _("It waits for “%(task)s”, over on %(day)s.") % {
                "task": other.title,
                "day": day(other.due_date),
            }
            if not one.lag_days:
                return said
            between = ngettext(
                "%(count)d day lies in between.", "%(count)d days lie in between.", one.lag_days
            )
            if one.lag_days < 0:
                between = ngettext(
                    "It may begin %(count)d day before that.",
                    "It may begin %(count)d days before that.",
                    -one.lag_days,
                )
            return f"{said} {between % {'count': abs(one.lag_days)}}"
    return ""


def _says(plan: queries.Plan, moved: Sequence[PlanningTask], today: date) -> list[str]:
    held = [task for task in moved if task.due_date != plan.wanted_date_of(task)]
    open_tasks = [task for task in plan.tasks.values() if not task.is_done]
    by_hand = [task for task in open_tasks if task.is_by_hand]
    says = []
    if moved:
        said = ngettext(
            "%(count)d task moves: it counts from the days of the event.",
            "%(count)d tasks move: they count from the days of the event.",
            len(moved),
        )
        says.append(said % {"count": len(moved)})
    if held:
        said = ngettext(
            "%(count)d of them comes later than its weeks say, since it waits for another task.",
            "%(count)d of them come later than their weeks say, since they wait for other tasks.",
            len(held),
        )
        says.append(said % {"count": len(held)})
    if late := sum(rules.is_late(task, today) for task in moved):
        said = ngettext("%(count)d of them is late then.", "%(count)d of them are late then.", late)
        says.append(said % {"count": late})
    if by_hand:
        said = ngettext(
            "%(count)d open task has a date that was set by hand and keeps it.",
            "%(count)d open tasks have a date that was set by hand and keep it.",
            len(by_hand),
        )
        says.append(said % {"count": len(by_hand)})
    early = {link.task for link in rules.too_early(plan.steps, plan.links)}
    if crossed := sum(task.pk in early for task in by_hand):
        said = ngettext(
            "%(count)d of these is due before what it waits for is over.",
            "%(count)d of these are due before what they wait for is over.",
            crossed,
        )
        says.append(said % {"count": crossed})
    return says
