"""Two planners drop the same card at once; real row locks, so on PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.tests.races import at_once
from events.planning import actions
from events.planning.models import PlanningTask
from events.tests.factories import PlanningTaskFactory
from people.activity.models import Entry
from people.tests.factories import PlannerFactory

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("attempt", range(3)),
]
AT = datetime(2026, 11, 5, 9, tzinfo=UTC)


def test_dropped_on_two_columns_at_once_one_planner_is_told_of_the_other(attempt):
    task, planners = PlanningTaskFactory(), PlannerFactory.create_batch(2)
    wanted, seen = actions.Details.of(task), task.seen

    def drop(stream, planner):
        return actions.update_task(
            task_id=task.pk,
            details=replace(wanted, workstream=stream),
            seen=seen,
            by=planner,
            at=AT,
        )

    done = at_once(
        lambda: drop("CONTENT", planners[0]),
        lambda: drop("COMP", planners[1]),
        refusals=actions.PlanningRefused,
    )

    refused = [one for one in done if isinstance(one, actions.PlanningRefused)]
    kept = next(one for one in done if isinstance(one, PlanningTask))
    assert len(refused) == 1
    assert PlanningTask.objects.get().workstream == kept.workstream
    assert Entry.objects.filter(verb="task.changed").count() == 1


def test_dropped_on_done_by_two_at_once_it_is_done_once(attempt):
    task, planners = PlanningTaskFactory(), PlannerFactory.create_batch(2)

    at_once(
        *(
            lambda planner=planner: actions.complete_task(task_id=task.pk, by=planner, at=AT)
            for planner in planners
        ),
        refusals=actions.PlanningRefused,
    )

    assert PlanningTask.objects.get().done_at == AT
    assert Entry.objects.filter(verb="task.done").count() == 1
