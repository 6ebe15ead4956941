"""The timeline of the template, for a new kickoff."""

from datetime import datetime

from events.kickoff.models import Kickoff
from events.planning import queries, rules
from events.planning.actions.settling import redate
from events.planning.models import Dependency, PlanningTask, Timeline
from people.accounts.models import Person
from people.calendar.queries import calendars_at


def suggest_timeline(kickoff: Kickoff, by: Person, at: datetime) -> None:
    """
    Give a new kickoff the timeline of the template, with what waits for what. Started late, it is
    compressed to the working days that are left, and the timeline keeps how many those were.
    """
    # Nobody answers for a task yet, and the company rests on its closing days
    nowhere = queries.place_of_work(None)
    calendar = calendars_at([nowhere])[nowhere]
    left = rules.working_days_between(kickoff.local_date(at), kickoff.starts_date, calendar)
    template = rules.compressed(left)
    if template.kept != rules.suggestions():
        Timeline.objects.create(kickoff=kickoff, started_days=left)
    tasks = [
        PlanningTask(
            kickoff=kickoff,
            workstream=suggestion.workstream,
            title=suggestion.title,
            offset=suggestion.offset.number,
            unit=suggestion.offset.unit,
            counts_from=suggestion.offset.counts_from,
            takes_days=suggestion.takes_days,
            due_date=kickoff.starts_date,
            created_at=at,
        )
        for suggestion in template.kept
    ]
    PlanningTask.objects.bulk_create(tasks)
    redate(queries.plan_of(kickoff, to_change=True))
    _link(kickoff, template, tasks)


def _link(kickoff: Kickoff, template: rules.Compressed, tasks: list[PlanningTask]) -> None:
    """Let tasks wait for one another, but where too little time is left for one after the other."""
    pairs = list(zip(template.kept, tasks, strict=True))
    named = {suggestion.name: task.pk for suggestion, task in pairs if suggestion.name}
    links = [
        rules.Link(task.pk, named[suggestion.after])
        for suggestion, task in pairs
        if suggestion.after
    ]
    hasty = rules.too_early(queries.plan_of(kickoff).steps, links)
    Dependency.objects.bulk_create(
        Dependency(task_id=link.task, predecessor_id=link.predecessor)
        for link in links
        if link not in hasty
    )
