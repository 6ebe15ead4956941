from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from events.planning import queries
from events.planning.models import WorkstreamOwner
from events.readiness.models import OwnThreshold
from events.tests.factories import KickoffFactory, PlanningTaskFactory
from people.tests.factories import GONE, PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 12, 9, tzinfo=UTC)
TODAY = date(2027, 1, 12)


def test_the_next_tasks_are_the_open_ones_due_first():
    kickoff = KickoffFactory()
    late = PlanningTaskFactory(kickoff=kickoff, own_date=date(2027, 1, 4))
    soon = PlanningTaskFactory(kickoff=kickoff, own_date=date(2027, 1, 14))
    PlanningTaskFactory(kickoff=kickoff, own_date=date(2027, 1, 20))
    PlanningTaskFactory(kickoff=kickoff, own_date=date(2027, 1, 1), done_at=AT)
    PlanningTaskFactory()

    assert queries.next_tasks(kickoff, limit=2) == [late, soon]


def test_a_task_without_an_owner_falls_to_the_owner_of_its_workstream():
    kickoff = KickoffFactory()
    lead, helper = PlannerFactory(), PersonFactory()
    WorkstreamOwner.objects.create(kickoff=kickoff, workstream="LOGISTICS", person=lead)
    PlanningTaskFactory(kickoff=kickoff)
    PlanningTaskFactory(kickoff=kickoff, owner=helper)
    PlanningTaskFactory(kickoff=kickoff, workstream="CONTENT")

    assert [task.answerable for task in queries.tasks_of(kickoff)] == [lead, helper, None]


def test_counts_tell_late_from_open_and_done():
    kickoff = KickoffFactory()
    PlanningTaskFactory(kickoff=kickoff, own_date=date(2027, 1, 4))
    PlanningTaskFactory(kickoff=kickoff, own_date=TODAY)
    PlanningTaskFactory(kickoff=kickoff, own_date=date(2027, 1, 1), done_at=AT)

    counts = queries.task_counts(kickoff, TODAY)

    assert (counts.total, counts.open, counts.late, counts.done) == (3, 2, 1, 1)


def test_each_workstream_is_told_even_when_nobody_owns_it():
    kickoff = KickoffFactory()
    owner = PlannerFactory()
    WorkstreamOwner.objects.create(kickoff=kickoff, workstream="CONTENT", person=owner)
    PlanningTaskFactory(kickoff=kickoff, workstream="CONTENT", own_date=date(2027, 1, 4))

    found = {strand.workstream: strand for strand in queries.strands(kickoff, TODAY)}

    assert list(found) == ["LOGISTICS", "CONTENT", "COMMUNICATIONS", "COMP"]
    assert (found["CONTENT"].owner, found["CONTENT"].counts.late) == (owner, 1)
    assert (found["LOGISTICS"].owner, found["LOGISTICS"].counts.total) == (None, 0)


@pytest.mark.parametrize("gone", GONE)
def test_owners_are_those_who_do_not_sell_or_who_own_a_task_already(gone):
    kickoff = KickoffFactory()
    planner, rep, helper = PlannerFactory(), PersonFactory(), PersonFactory()
    marketer = PersonFactory(function="MARKETING")
    PersonFactory(function="MARKETING", **gone)
    PlanningTaskFactory.create_batch(2, kickoff=kickoff, owner=helper)

    found = set(queries.possible_owners(kickoff, timezone.now()))

    assert found == {planner, marketer, helper, kickoff.owner}
    assert rep not in found


def texts(kickoff):
    return [finding.text for finding in queries.check_readiness(kickoff, AT) if finding.text]


def test_readiness_names_late_tasks_and_workstreams_without_an_owner():
    kickoff = KickoffFactory()
    PlanningTaskFactory(kickoff=kickoff, own_date=date(2027, 1, 4))

    assert texts(kickoff) == ["1 task is late.", "4 workstreams have no owner."]


@pytest.mark.parametrize(
    ("allowed", "said"),
    [
        (1, "1 task is late by more than 1 day."),
        (2, "No planning task is late by more than 2 days."),
    ],
)
def test_readiness_lets_a_task_be_late_by_the_days_that_a_planner_allows(allowed, said):
    kickoff = KickoffFactory()
    PlanningTaskFactory(kickoff=kickoff, own_date=TODAY - timedelta(days=2))
    OwnThreshold.objects.create(
        kickoff=kickoff,
        check_key="planning.late",
        value=allowed,
        reason="Suppliers answer on Mondays",
        made_at=AT,
        by=kickoff.owner,
    )

    assert texts(kickoff)[0] == said


def test_readiness_is_met_when_nothing_is_late_and_all_are_owned():
    kickoff = KickoffFactory()
    PlanningTaskFactory(kickoff=kickoff, own_date=TODAY)
    for workstream in ("LOGISTICS", "CONTENT", "COMMUNICATIONS", "COMP"):
        WorkstreamOwner.objects.create(kickoff=kickoff, workstream=workstream, person=kickoff.owner)

    findings = list(queries.check_readiness(kickoff, AT))

    assert {finding.severity for finding in findings} == {"met"}


def test_an_empty_timeline_is_a_finding_of_its_own():
    assert texts(KickoffFactory()) == ["The timeline is empty."]


def test_the_reads_of_a_home_cost_the_same_at_any_size(django_assert_num_queries):
    kickoff = KickoffFactory()
    for _ in range(3):
        PlanningTaskFactory.create_batch(2, kickoff=kickoff, owner=PlannerFactory())
        with django_assert_num_queries(5):
            [task.answerable.full_name for task in queries.next_tasks(kickoff)]
            queries.task_counts(kickoff, TODAY)
            queries.strands(kickoff, TODAY)
