"""A timeline of 400 tasks, for what the bench measures of it."""

import random
from datetime import datetime

from django.db import transaction

from events.kickoff.models import Kickoff
from events.planning.actions import freeze_baseline
from events.planning.actions.settling import redate
from events.planning.models import Dependency, PlanningTask, Workstream
from events.planning.queries import plan_of
from people.accounts.models import Person

TASKS, OWNERS = 400, 12


@transaction.atomic
def seed(kickoff: Kickoff, now: datetime, rng: random.Random) -> None:
    """Tasks over 26 weeks, each fourth waiting for the one before, with a baseline."""
    owners = list(Person.objects.order_by("pk")[:OWNERS])
    tasks = PlanningTask.objects.bulk_create(
        PlanningTask(
            kickoff=kickoff,
            workstream=Workstream.values[number % 4],
            title=f"Task {number}",
            owner=rng.choice(owners),
            offset=rng.randint(0, 26),
            takes_days=rng.randint(0, 10),
            due_date=kickoff.starts_date,
            created_at=now,
        )
        for number in range(TASKS)
    )
    Dependency.objects.bulk_create(
        Dependency(task=task, predecessor=before)
        for before, task in zip(tasks[::4], tasks[1::4], strict=True)
    )
    freeze_baseline(kickoff=kickoff, by=kickoff.owner, at=now)
    redate(plan_of(kickoff, to_change=True))
