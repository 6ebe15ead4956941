from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from events.tests.factories import KickoffFactory, TopicFactory
from people.tests.factories import PlannerFactory
from reinforcement.campaigns import actions
from reinforcement.campaigns.models import Activity, Campaign
from reinforcement.tests.factories import (
    DAY_0,
    STARTED,
    ActivityFactory,
    CampaignFactory,
    TouchFactory,
    noon,
)

pytestmark = pytest.mark.django_db
PLANNED = {"state": Campaign.State.PLANNED, "starts_date": None, "started_at": None}
LESSON = {"kind": "MICROLEARNING", "title": "Renew from day one", "day_offset": 4}


def test_starting_a_campaign_twice_changes_nothing():
    kickoff = KickoffFactory()

    first = actions.start_campaign(kickoff=kickoff, at=STARTED)
    second = actions.start_campaign(kickoff=kickoff, at=noon(9))

    assert first == second
    assert (second.state, second.starts_date, second.started_at) == ("RUNNING", DAY_0, STARTED)


def test_the_template_fills_an_empty_plan_and_leaves_one_that_a_planner_began():
    kickoff, planner = KickoffFactory(), PlannerFactory()
    actions.fill_plan(kickoff, planner, STARTED)
    planned = Activity.objects.count()

    actions.fill_plan(kickoff, planner, STARTED)

    assert planned == Activity.objects.count() == 15


def test_a_second_check_on_one_day_is_refused():
    check = ActivityFactory(kind="RETENTION_CHECK", day_offset=30)
    values = {"kind": "RETENTION_CHECK", "title": "Again", "day_offset": 30}

    with pytest.raises(actions.CampaignRefused, match="Day 30 has a check already"):
        actions.add_activity(
            kickoff=check.campaign.kickoff,
            values=values,
            topics=[],
            by=PlannerFactory(),
            at=noon(1),
        )


def test_a_check_off_the_checkpoint_days_is_refused():
    values = {"kind": "RETENTION_CHECK", "title": "Early", "day_offset": 12}

    with pytest.raises(actions.CampaignRefused, match="day 0, 30, 60 or 90"):
        actions.add_activity(
            kickoff=KickoffFactory(), values=values, topics=[], by=PlannerFactory(), at=noon(1)
        )


def test_a_certification_takes_three_topics_with_a_behaviour():
    kickoff = KickoffFactory()
    values = {"kind": "CERTIFICATION", "title": "Certification", "day_offset": 70}
    topics = [TopicFactory(kickoff=kickoff) for _ in range(2)]

    with pytest.raises(actions.CampaignRefused, match="three topics"):
        actions.add_activity(
            kickoff=kickoff, values=values, topics=topics, by=PlannerFactory(), at=noon(1)
        )


def test_the_kind_of_an_activity_stays_once_the_campaign_runs():
    activity = ActivityFactory()

    with pytest.raises(actions.CampaignRefused, match="kind cannot change"):
        actions.change_activity(
            activity=activity,
            values={"kind": "RETENTION_CHECK", "day_offset": 30},
            topics=[],
            by=PlannerFactory(),
            at=noon(9),
        )


def test_a_plan_that_is_over_no_longer_changes():
    campaign = CampaignFactory(state=Campaign.State.DONE)

    with pytest.raises(actions.CampaignRefused, match="over"):
        actions.add_activity(
            kickoff=campaign.kickoff, values=LESSON, topics=[], by=PlannerFactory(), at=noon(9)
        )


def test_before_the_start_an_activity_is_deleted_and_later_it_is_withdrawn():
    early = ActivityFactory(campaign=CampaignFactory(**PLANNED))
    touch = TouchFactory()

    assert actions.withdraw_activity(activity=early, by=PlannerFactory(), at=noon(1)) is True
    assert (
        actions.withdraw_activity(activity=touch.activity, by=PlannerFactory(), at=noon(9)) is False
    )

    kept = Activity.objects.get()
    assert (kept, kept.withdrawn_at) == (touch.activity, noon(9))


def test_a_campaign_is_done_two_weeks_after_its_last_activity():
    ActivityFactory(day_offset=90)

    assert actions.finish_campaigns(at=datetime(2027, 5, 19, 12, tzinfo=UTC)) == 0
    assert actions.finish_campaigns(at=datetime(2027, 5, 20, 12, tzinfo=UTC)) == 1
    assert Campaign.objects.get().state == "DONE"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"day_offset": 121}, "within_120_days"),
        ({"local_hour": 5}, "by_day"),
        ({"days_to_do": 0}, "days_to_do"),
        ({"kind": "RETENTION_CHECK", "day_offset": 31}, "check_on_checkpoint_day"),
        ({"kind": "MANAGER_FOLLOW_UP", "setting": ""}, "setting_of_follow_up"),
        ({"kind": "MICROLEARNING", "setting": "ONE_TO_ONE"}, "setting_of_follow_up"),
    ],
)
def test_an_impossible_activity_is_never_stored(fields, constraint):
    with pytest.raises(IntegrityError, match=f"reinforcement_activity_{constraint}"):
        ActivityFactory(**fields)


def test_two_checks_on_one_day_are_never_stored():
    check = ActivityFactory(kind="RETENTION_CHECK", day_offset=30)

    with pytest.raises(IntegrityError):
        ActivityFactory(campaign=check.campaign, kind="RETENTION_CHECK", day_offset=30)


def test_a_running_campaign_without_day_zero_is_never_stored():
    with pytest.raises(IntegrityError, match="started_has_day_zero"):
        CampaignFactory(starts_date=None)
