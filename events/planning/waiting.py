from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from events.planning.models import PlanningTask, WorkstreamOwner
from people.accounts.models import Person
from people.waiting.rules import Waiting

AHEAD = timedelta(days=28)  # what is due later is a plan, and waits for nobody yet


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    Planning tasks for the planners who answer for them: the owner, else that of the workstream.
    They wait from four weeks before they are due, and are late once their day is over at the
    venue. One query.
    """
    planners = [person.pk for person in people if person.is_planner]
    if not planners:
        return iter(())
    owner_of_stream = WorkstreamOwner.objects.filter(
        kickoff=OuterRef("kickoff"), workstream=OuterRef("workstream")
    )
    # Any, since the annotation is no field of the model
    tasks: Any = (
        PlanningTask.objects.open()
        .exclude(kickoff__status=Kickoff.Status.ARCHIVED)
        .annotate(
            answerable_id=Coalesce(
                F("owner_id"),
                Subquery(owner_of_stream.values("person_id")),
                output_field=BigIntegerField(),
            )
        )
        .filter(answerable_id__in=planners, due_date__lte=(at + AHEAD).date())
        .select_related("kickoff")
        .defer("note")
    )
    return (_item(task, task.answerable_id) for task in tasks)


def _item(task: PlanningTask, person_id: int) -> Waiting:
    kickoff = task.kickoff
    due_at = datetime.combine(task.due_date + timedelta(days=1), time(0), tzinfo=kickoff.zone)
    return Waiting(
        person_id=person_id,
        kind="planning.task",
        title=task.title,
        url=reverse("events:planning:edit", args=[kickoff.slug, task.pk]),
        note=task.get_workstream_display(),
        since=max(task.created_at, due_at - AHEAD),
        due_at=due_at.astimezone(UTC),
        day=task.due_date,
        place=place_of(kickoff),
        is_private=True,
    )
