"""What a timeline taught: which workstreams slipped against the baseline, and by how much."""

from collections import Counter, defaultdict
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.due.rules import Calendar
from events.kickoff.hooks import Learned
from events.kickoff.models import Kickoff
from events.planning import rules
from events.planning.models import PlanningTask, workstream_name
from events.planning.queries.plan import place_of_work
from events.planning.queries.tasks import tasks_of
from people.calendar.queries import calendars_at


def slips_learned(kickoff: Kickoff, at: datetime) -> Learned | None:
    """
    By workstream how many tasks were over later than the baseline said, by how many working days,
    and which one most; what is open counts to its day. Workstreams that slipped most come first. Three queries.
    """
    tasks = [task for task in tasks_of(kickoff) if task.baseline_date is not None]
    places = {task.pk: place_of_work(task.answerable) for task in tasks}
    calendars = calendars_at(set(places.values()))
    slips: dict[str, list[tuple[int, PlanningTask]]] = defaultdict(list)
    frozen = Counter(task.workstream for task in tasks)
    for task in tasks:
        if days := _slip(task, calendars[places[task.pk]]):
            slips[task.workstream].append((days, task))
    if not frozen:
        return None
    order = sorted(slips, key=lambda stream: -sum(days for days, _task in slips[stream]))
    says = [_said(stream, slips[stream], frozen[stream]) for stream in order]
    url = reverse("events:planning:gantt", args=[kickoff.slug])
    return Learned(_("Timeline"), says or [_("Every task kept its baseline.")], url)


def _slip(task: PlanningTask, calendar: Calendar) -> int:
    over = task.kickoff.local_date(task.done_at) if task.done_at else task.due_date
    if task.baseline_date is None or over <= task.baseline_date:
        return 0
    return rules.working_days_between(task.baseline_date, over, calendar)


def _said(stream: str, slips: list[tuple[int, PlanningTask]], total: int) -> str:
    most, worst = max(slips, key=lambda slip: slip[0])
    words = {
        "stream": workstream_name(stream),
        "count": len(slips),
        "total": total,
        "days": sum(days for days, _task in slips),
        "task": worst.title,
        "most": most,
    }
    return (
        ngettext(
            "%(stream)s: %(count)d of %(total)d tasks slipped, by %(days)d working days:"
            " “%(task)s”.",
            "%(stream)s: %(count)d of %(total)d tasks slipped, by %(days)d working days in all;"
            " most “%(task)s”, by %(most)d.",
            len(slips),
        )
        % words
    )
