"""The timeline of the template, for a new kickoff."""

from datetime import datetime

from events.kickoff.models import Kickoff
from events.planning import queries, rules
from events.planning.actions.settling import redate
from events.planning.models import Dependency, PlanningTask
from people.accounts.models import Person


def suggest_timeline(kickoff: Kickoff, by: Person, at: datetime) -> None:
    """
    Give a new kickoff the timeline of the template, with what waits for what.

    Tasks whose week has passed are kept: somebody ticks what is done, and sees what is late.
    """
    suggestions = rules.suggestions()
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
        for suggestion in suggestions
    ]
    PlanningTask.objects.bulk_create(tasks)
    named = {
        suggestion.name: task
        for suggestion, task in zip(suggestions, tasks, strict=True)
        if suggestion.name
    }
    Dependency.objects.bulk_create(
        Dependency(task=task, predecessor=named[suggestion.after])
        for suggestion, task in zip(suggestions, tasks, strict=True)
        if suggestion.after
    )
    redate(queries.plan_of(kickoff, to_change=True))
