"""Tasks that wait for one another, workstreams that were added, and the comp plan's date."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from events.planning import actions
from events.planning.actions import Details, PlanningRefused
from events.planning.models import Dependency, PlanningTask, WorkstreamOwner
from events.tests.factories import KickoffFactory, PlanningTaskFactory
from people.activity.models import Entry
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 12, 9, tzinfo=UTC)


@pytest.fixture
def kickoff():
    return KickoffFactory()  # 2 to 4 February 2027


@pytest.fixture
def planner():
    return PlannerFactory()


@pytest.fixture
def chain(kickoff):
    """Three tasks, due T−4, T−3 and T−2, five working days each."""
    return [
        PlanningTaskFactory(kickoff=kickoff, title=title, offset=weeks, due_date=due)
        for title, weeks, due in (
            ("Visit", 4, date(2027, 1, 5)),
            ("Sign", 3, date(2027, 1, 12)),
            ("Build", 2, date(2027, 1, 19)),
        )
    ]


def link(task, predecessor, planner, lag=0):
    return actions.link_tasks(
        task_id=task.pk, predecessor_id=predecessor.pk, lag_days=lag, by=planner, at=AT
    )


def due(*tasks):
    return [PlanningTask.objects.get(pk=task.pk).due_date for task in tasks]


def test_a_task_that_slips_takes_along_what_waits_for_it(chain, planner):
    visit, sign, build = chain
    link(sign, visit, planner)
    link(build, sign, planner)

    details = Details.of(visit)
    changed = actions.update_task(
        task_id=visit.pk,
        details=Details(title="Visit", workstream="LOGISTICS", own_date=date(2027, 1, 12)),
        by=planner,
        at=AT,
    )

    assert changed.moved_along == [sign, build]
    assert due(*chain) == [date(2027, 1, 12), date(2027, 1, 19), date(2027, 1, 26)]
    assert Entry.objects.filter(verb="task.moved").count() == 2

    actions.update_task(task_id=visit.pk, details=details, by=planner, at=AT)
    assert due(*chain) == [date(2027, 1, 5), date(2027, 1, 12), date(2027, 1, 19)]


def test_what_is_set_by_hand_or_done_stays(kickoff, chain, planner):
    visit, sign, build = chain
    PlanningTask.objects.filter(pk=sign.pk).update(own_date=sign.due_date)
    PlanningTask.objects.filter(pk=build.pk).update(done_at=AT)

    for task in (sign, build):
        assert link(task, visit, planner, lag=30).moved_along == []
    assert due(sign, build) == [date(2027, 1, 12), date(2027, 1, 19)]


def test_a_cycle_is_refused_with_its_path(chain, planner):
    visit, sign, build = chain
    link(sign, visit, planner)
    link(build, sign, planner)

    with pytest.raises(PlanningRefused, match="“Visit” → “Sign” → “Build” → “Visit”"):
        link(visit, build, planner)
    with pytest.raises(PlanningRefused, match="“Visit” → “Visit”"):
        link(visit, visit, planner)
    assert Dependency.objects.count() == 2


def test_a_task_of_another_kickoff_is_not_waited_for(chain, planner):
    with pytest.raises(PlanningRefused, match="no such task"):
        link(chain[0], PlanningTaskFactory(), planner)


def test_what_waits_no_longer_goes_back_to_its_day(chain, planner):
    visit, sign, _build = chain
    link(sign, visit, planner, lag=7)
    assert due(sign) == [date(2027, 1, 19)]

    actions.unlink_tasks(task_id=sign.pk, predecessor_id=visit.pk, by=planner, at=AT)
    assert due(sign) == [date(2027, 1, 12)]

    link(sign, visit, planner, lag=7)
    actions.delete_task(task_id=visit.pk, by=planner, at=AT)
    assert due(sign) == [date(2027, 1, 12)]


def test_a_new_owner_brings_the_holidays_of_their_country(kickoff, planner):
    task = PlanningTaskFactory(kickoff=kickoff, offset=8, due_date=date(2026, 12, 8))
    lisbon = PersonFactory(country="PT", time_zone="Europe/Lisbon")

    actions.give_tasks(
        kickoff=kickoff, chosen={task.pk: task.seen}, owner=lisbon, by=planner, at=AT
    )
    assert due(task) == [date(2026, 12, 7)]

    fresh = PlanningTask.objects.get(pk=task.pk)
    actions.give_tasks(kickoff=kickoff, chosen={task.pk: fresh.seen}, owner=None, by=planner, at=AT)
    assert due(task) == [date(2026, 12, 8)]
    actions.name_owner(kickoff=kickoff, workstream=task.workstream, owner=lisbon, by=planner, at=AT)
    assert due(task) == [date(2026, 12, 7)]


def test_tasks_count_from_the_plan_once_its_date_is_known(kickoff, planner):
    details = Details(
        workstream="COMP",
        title="Hand out packets",
        offset=30,
        unit="DAYS",
        counts_from="BEFORE_PLAN",
    )
    with pytest.raises(PlanningRefused, match="when the comp plan takes effect"):
        actions.add_task(kickoff=kickoff, details=details, by=planner, at=AT)

    def set_date(day):
        return actions.set_plan_date(kickoff=kickoff, plan_date=day, by=planner, at=AT)

    set_date(date(2027, 4, 1))
    task = actions.add_task(kickoff=kickoff, details=details, by=planner, at=AT)
    assert task.due_date == date(2027, 3, 2)

    assert set_date(date(2027, 4, 8)) == [task]
    assert due(task) == [date(2027, 3, 9)]
    with pytest.raises(PlanningRefused, match="when the comp plan takes effect"):
        set_date(None)


def test_a_workstream_is_added_owned_used_and_taken_away(kickoff, planner):
    known = {"kickoff": kickoff, "by": planner, "at": AT}
    actions.add_workstream(name="  Partner  day ", **known)
    for name in ("partner DAY", "Comp", "comp"):
        with pytest.raises(PlanningRefused, match="of that name already"):
            actions.add_workstream(name=name, **known)

    for owner in (planner, None):
        actions.name_owner(workstream="Partner day", owner=owner, **known)
        assert WorkstreamOwner.objects.get().person == owner
    task = actions.add_task(details=Details(workstream="Partner day", title="A", offset=1), **known)
    assert task.workstream_name == "Partner day"

    with pytest.raises(PlanningRefused, match="to another workstream first"):
        actions.remove_workstream(workstream="Partner day", **known)
    with pytest.raises(PlanningRefused, match="no such workstream"):
        actions.remove_workstream(workstream="COMP", **known)
    actions.delete_task(task_id=task.pk, by=planner, at=AT)
    actions.remove_workstream(workstream="Partner day", **known)
    assert not WorkstreamOwner.objects.exists()


@pytest.mark.parametrize("wrong", [{"lag_days": 121}, {"lag_days": -121}, {"itself": True}, {}])
def test_the_database_holds_a_pair_once_within_measure_and_never_a_task_with_itself(chain, wrong):
    visit, sign, _build = chain
    Dependency.objects.create(task=sign, predecessor=visit)
    if wrong.pop("itself", False):
        wrong["predecessor"] = sign
    elif "lag_days" in wrong:
        wrong["predecessor"] = chain[2]
    with pytest.raises(IntegrityError), transaction.atomic():
        Dependency.objects.create(**{"task": sign, "predecessor": visit} | wrong)


def test_a_task_that_counts_from_a_comp_plan_without_a_date_is_not_reopened(kickoff, planner):
    task = PlanningTaskFactory(
        kickoff=kickoff, counts_from="BEFORE_PLAN", done_at=AT, due_date=date(2027, 1, 5)
    )

    with pytest.raises(PlanningRefused, match="when the comp plan takes effect"):
        actions.reopen_task(task_id=task.pk, by=planner, at=AT)

    assert PlanningTask.objects.get(pk=task.pk).is_done
