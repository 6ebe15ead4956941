"""What pages say after a change."""

from django.utils.translation import ngettext

from events.planning.models import PlanningTask


def said_with_moved(said: str, task: PlanningTask) -> str:
    """What was done, and how many tasks moved along with it."""
    if not task.moved_along:
        return said
    count = len(task.moved_along)
    moved = ngettext("%(count)d task moves along.", "%(count)d tasks move along.", count)
    return f"{said} {moved % {'count': count}}"
