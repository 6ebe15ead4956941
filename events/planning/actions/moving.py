"""What follows for a timeline when its kickoff moves."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.kickoff.hooks import Before, Follows
from events.kickoff.models import Kickoff
from events.planning.models import PlanningTask
from people.accounts.models import Person


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
