import pytest
from django.utils import timezone

from core.tests.races import at_once
from people.imports import actions
from people.imports.models import ImportRun
from people.org.models import Region
from people.tests.factories import PlannerFactory
from people.tests.imports.test_actions import _flow, begin

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
__all__ = ["_flow"]


@pytest.mark.parametrize("attempt", range(3))
def test_a_run_that_two_workers_are_given_is_done_by_one(attempt):
    run = begin(PlannerFactory())

    done = at_once(lambda: actions.work_run(run_id=run.pk, clock=timezone.now), times=3)

    assert sorted(done) == [False, False, True]
    assert Region.objects.count() == 2


@pytest.mark.parametrize("attempt", range(3))
def test_a_button_pressed_twice_at_once_makes_one_run(attempt):
    planner = PlannerFactory()
    token = begin(planner, "CHECK").token

    runs = at_once(lambda: begin(planner, token=token), times=3)

    assert len(set(runs)) == 1
    assert ImportRun.objects.filter(kind="COMMIT").count() == 1
