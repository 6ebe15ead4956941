from datetime import UTC, date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from events.kickoff import actions as kickoff_actions
from events.planning import actions
from events.planning.actions import Details, PlanningRefused
from events.planning.models import PlanningTask, Timeline, WorkstreamOwner
from events.tests.factories import KickoffFactory, PlanningTaskFactory
from people.activity.models import Entry
from people.calendar.models import ClosingDay
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 12, 9, tzinfo=UTC)


@pytest.fixture
def planner():
    return PlannerFactory()


@pytest.fixture
def kickoff():
    return KickoffFactory()


def details(**changes):
    fields = {"workstream": "CONTENT", "title": "Confirm every speaker", "offset": 8}
    return Details(**(fields | changes))


def test_a_task_is_due_so_many_weeks_before_the_first_day(kickoff, planner):
    task = actions.add_task(kickoff=kickoff, details=details(), by=planner, at=AT)

    assert (task.due_date, task.mark) == (date(2026, 12, 8), "T−8")
    assert Entry.objects.get().verb == "task.added"


def test_a_date_of_its_own_overrides_the_weeks_and_keeps_them(kickoff, planner):
    task = actions.add_task(
        kickoff=kickoff, details=details(own_date=date(2026, 12, 10)), by=planner, at=AT
    )
    assert (task.due_date, task.offset, task.mark) == (date(2026, 12, 10), 8, "")

    task = actions.update_task(task_id=task.pk, details=details(), by=planner, at=AT)
    assert (task.due_date, task.own_date) == (date(2026, 12, 8), None)


def test_a_task_says_when_it_is_due(kickoff, planner):
    with pytest.raises(PlanningRefused, match="when the task is due"):
        actions.add_task(kickoff=kickoff, details=details(offset=None), by=planner, at=AT)
    assert not PlanningTask.objects.exists()


def test_ticking_twice_keeps_who_did_it_first(planner):
    task = PlanningTaskFactory()

    first = actions.complete_task(task_id=task.pk, by=planner, at=AT)
    second = actions.complete_task(task_id=task.pk, by=PlannerFactory(), at=AT)

    task.refresh_from_db()
    assert (first, second, task.done_by, task.done_at) == (True, False, planner, AT)


def test_a_tick_can_be_taken_back(planner):
    task = PlanningTaskFactory(done_at=AT, done_by=planner)

    taken = [actions.reopen_task(task_id=task.pk, by=planner, at=AT) for _ in range(2)]

    task.refresh_from_db()
    assert (taken, task.done_at, task.done_by) == ([True, False], None, None)


def test_a_deleted_task_leaves_its_title_in_the_audit_trail(planner):
    task = PlanningTaskFactory(title="Sign the venue")

    actions.delete_task(task_id=task.pk, by=planner, at=AT)

    assert not PlanningTask.objects.exists()
    assert Entry.objects.get().note == "Sign the venue"


def test_an_archived_kickoff_keeps_its_timeline_as_it_was(planner):
    task = PlanningTaskFactory(kickoff__status="ARCHIVED")

    for call in (actions.complete_task, actions.reopen_task, actions.delete_task):
        with pytest.raises(PlanningRefused, match="archived"):
            call(task_id=task.pk, by=planner, at=AT)


def test_a_workstream_has_one_owner_who_can_be_replaced(kickoff, planner):
    for person in (PersonFactory(), planner):
        actions.name_owner(kickoff=kickoff, workstream="CONTENT", owner=person, by=planner, at=AT)
    assert WorkstreamOwner.objects.get().person == planner

    actions.name_owner(kickoff=kickoff, workstream="CONTENT", owner=None, by=planner, at=AT)
    assert not WorkstreamOwner.objects.exists()


def test_an_unknown_workstream_is_refused(kickoff, planner):
    with pytest.raises(PlanningRefused, match="no such workstream"):
        actions.name_owner(kickoff=kickoff, workstream="FUN", owner=planner, by=planner, at=AT)


def test_the_template_gives_a_timeline_whose_tasks_wait_for_one_another(planner):
    kickoff = KickoffFactory()

    actions.suggest_timeline(kickoff, planner, datetime(2026, 7, 28, 9, tzinfo=UTC))

    tasks = PlanningTask.objects.filter(kickoff=kickoff)
    assert (tasks.first().due_date, tasks.last().due_date) == (date(2026, 8, 4), date(2027, 5, 5))
    assert tasks.filter(waits_for__isnull=False).count() > 15
    assert not Timeline.objects.exists()


@pytest.mark.parametrize("day", [date(2026, 11, 10), date(2027, 1, 12), date(2027, 1, 29)])
def test_started_late_it_is_compressed_so_that_nothing_is_late_or_past_the_event(planner, day):
    kickoff = KickoffFactory()
    ClosingDay.objects.create(date=date(2027, 2, 1), name="Stocktaking")

    actions.suggest_timeline(kickoff, planner, datetime.combine(day, time(9), UTC))

    tasks = PlanningTask.objects.filter(kickoff=kickoff)
    assert not tasks.late(day).exists()
    before = tasks.exclude(counts_from="AFTER_EVENT")
    assert before.count() == 23  # four of 27 are dropped
    assert not before.filter(due_date__gt=kickoff.starts_date).exists()
    assert Timeline.objects.get().started_days > 0


def test_tasks_move_with_the_event_unless_they_have_a_date_of_their_own(planner):
    kickoff = KickoffFactory(status="DRAFT")
    counted = PlanningTaskFactory(kickoff=kickoff, offset=1, due_date=date(2027, 1, 26))
    after = PlanningTaskFactory(
        kickoff=kickoff, offset=1, unit="DAYS", counts_from="AFTER_EVENT", due_date=date(2027, 2, 5)
    )
    fixed = PlanningTaskFactory(kickoff=kickoff, own_date=date(2027, 1, 26))

    kickoff_actions.update_kickoff(
        kickoff_id=kickoff.pk,
        details=kickoff_actions.Details(
            name="Later",
            theme="",
            fiscal_year="FY28",
            starts_date=date(2027, 2, 9),
            ends_date=date(2027, 2, 10),
            venue="",
            city="",
            time_zone="UTC",
            format="VIRTUAL",
            currency="USD",
        ),
        by=planner,
        at=AT,
    )

    for task in (counted, after, fixed):
        task.refresh_from_db()
    assert counted.due_date == date(2027, 2, 2)
    assert after.due_date == date(2027, 2, 11)
    assert fixed.due_date == date(2027, 1, 26)


@pytest.mark.parametrize(
    "wrong",
    [
        {"offset": None},
        {"baseline_date": date(2027, 1, 5)},
        {"own_date": date(2027, 1, 1), "due_date": date(2027, 1, 2)},
    ],
)
def test_the_database_holds_no_task_with_contradicting_dates(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanningTaskFactory(**wrong)


def test_the_database_holds_no_task_done_by_somebody_at_no_time(planner):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanningTaskFactory(done_by=planner)


def test_the_database_holds_one_owner_a_workstream(kickoff, planner):
    WorkstreamOwner.objects.create(kickoff=kickoff, workstream="CONTENT", person=planner)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkstreamOwner.objects.create(kickoff=kickoff, workstream="CONTENT", person=planner)
