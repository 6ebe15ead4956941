from datetime import UTC, datetime

import pytest
from django.db.models import F

from events.planning.models import PlanningTask
from events.planning.queries import task_counts
from events.prework.models import PreworkItem
from events.prework.queries import prework_for, prework_summary

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_a_kickoff_that_was_held_has_its_pre_work_done_and_one_ahead_is_under_way(demo):
    _company, kickoffs = demo

    held, ahead = (prework_summary(k, NOON).progress for k in (kickoffs.ended, kickoffs.ahead))
    assert held.percent > 85
    assert 10 < ahead.percent < 40
    assert 590 < ahead.total < 700
    assert ahead.late == 0


def test_aicha_has_one_thing_left_to_do(demo):
    company, kickoffs = demo

    items = prework_for(company["aicha"], kickoffs.today)

    assert [item.is_done for item in items] == [False, True, True, True, True]


def test_nothing_is_done_before_it_was_assigned_nor_after_now(demo):
    done = PreworkItem.objects.exclude(done_at=None)
    assert done.exists()
    assert not done.exclude(done_at__gte=F("assigned_at"), done_at__lte=NOON).exists()
    assert not PlanningTask.objects.filter(done_at__gt=NOON).exists()


def test_two_tasks_slipped_in_the_kickoff_that_is_ahead_and_none_before(demo):
    _company, kickoffs = demo

    late = [task_counts(k, k.local_date(NOON)).late for k in kickoffs.all]
    assert late == [0, 0, 2]
