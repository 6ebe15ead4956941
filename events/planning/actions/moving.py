"""What follows for a timeline when its kickoff moves."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.kickoff.hooks import Before, Follows
from events.kickoff.models import Kickoff
from events.planning import queries, rules
from events.planning.actions.settling import redate
from people.accounts.models import Person


def move_tasks(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """Move every open task that counts from the event, and what waits for it; leave what is by hand."""
    plan = queries.plan_of(kickoff, to_change=True)
    moved = redate(plan)
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
    if late := sum(rules.is_late(task, kickoff.local_date(at)) for task in moved):
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
    return Follows(_("Timeline"), says) if says else None
