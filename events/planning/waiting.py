from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext

from core.due.rules import end_of
from core.guards.watching import Watch
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from events.planning.models import PlanningTask, WorkstreamOwner
from people.accounts.models import Person
from people.waiting.rules import Act, Place, Waiting

AHEAD = timedelta(days=28)  # what is due later is a plan, and waits for nobody yet

WATCHED = (
    Watch("events_planningtask", "{row}.owner_id"),
    Watch(
        "events_planningtask",
        "SELECT person_id FROM events_workstreamowner"
        " WHERE kickoff_id = {row}.kickoff_id AND workstream = {row}.workstream",
    ),
    Watch("events_workstreamowner", "{row}.person_id"),
    Watch("events_attendee", "{row}.person_id"),
    Watch("events_kickoff", "SELECT owner_id FROM events_planningtask WHERE kickoff_id = {row}.id"),
    Watch(
        "events_kickoff",
        "SELECT person_id FROM events_workstreamowner WHERE kickoff_id = {row}.id",
    ),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    Planning tasks for whoever answers for them: the owner, else that of the workstream. They wait
    from four weeks before they are due, and are late once their day is over at the venue. One query.
    """
    known = {person.pk: person for person in people}
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
        .filter(answerable_id__in=known, due_date__lte=(at + AHEAD).date())
        .annotate(
            is_coming=Exists(
                Attendee.objects.filter(
                    kickoff=OuterRef("kickoff"), person=OuterRef("answerable_id")
                )
            )
        )
        .select_related("kickoff")
        .defer("note")
    )
    return (_item(task, known[task.answerable_id]) for task in tasks)


def _item(task: Any, person: Person) -> Waiting:
    kickoff = task.kickoff
    address = [kickoff.slug, task.pk]
    url = reverse("events:planning:task", args=address)
    sees_all = person.is_planner or person.is_revops or person.is_executive
    sees_kickoff = sees_all or (kickoff.is_shown_to_people and task.is_coming)
    due_at = end_of(task.due_date, kickoff.zone)
    return Waiting(
        person_id=person.pk,
        kind="planning.task",
        title=task.title,
        url=url,
        note=task.workstream_name,
        since=max(task.created_at, due_at - AHEAD),
        due_at=due_at.astimezone(UTC),
        day=task.due_date,
        begins_at=(due_at - AHEAD).astimezone(UTC),
        # Who sees nothing else of the kickoff is not led to a page that is not there
        place=place_of(kickoff) if sees_kickoff else Place(kickoff.slug, kickoff.name, url),
        act=Act(gettext("Done"), reverse("events:planning:tick", args=address)),
        is_private=True,
    )
