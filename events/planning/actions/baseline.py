"""What a timeline promised: frozen, so that slips are seen against it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from events.kickoff.models import Kickoff
from events.planning import queries
from events.planning.actions.refusals import refuse_archived
from events.planning.models import PlanningTask, Timeline
from people.accounts.models import Person
from people.activity.actions import record_entry


@transaction.atomic
def freeze_baseline(*, kickoff: Kickoff, by: Person, at: datetime) -> int:
    """
    Keep the dates of all tasks as the baseline, in the place of the one before; return how many.

    :raises PlanningRefused: the kickoff is archived
    """
    refuse_archived(kickoff)
    queries.plan_of(kickoff, to_change=True)
    count = PlanningTask.objects.filter(kickoff=kickoff).update(
        baseline_date=F("due_date"), baseline_days=F("takes_days")
    )
    Timeline.objects.update_or_create(kickoff=kickoff, defaults={"frozen_at": at, "frozen_by": by})
    record_entry(by=by, verb="timeline.frozen", at=at, object=kickoff, note=str(count))
    return count
