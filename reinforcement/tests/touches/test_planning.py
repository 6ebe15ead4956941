from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from events.tests.factories import AttendeeFactory
from events.tests.world import build_world
from people.tests.factories import PersonFactory
from reinforcement.campaigns.actions import (
    change_activity,
)
from reinforcement.tests.factories import (
    DAY_4,
    STARTED,
    ActivityFactory,
    CampaignFactory,
    noon,
)
from reinforcement.touches import actions
from reinforcement.touches.models import Touch

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=1)


def _running(**kickoff_fields):
    world = build_world(**kickoff_fields)
    return world, CampaignFactory(kickoff=world.kickoff)


def test_each_person_on_the_roster_gets_one_touch_of_an_activity():
    world, campaign = _running()
    activity = ActivityFactory(campaign=campaign)
    AttendeeFactory(
        kickoff=world.kickoff, person=PersonFactory(), rsvp="NO", answered_at=timezone.now()
    )

    planned = [actions.plan_touches(campaign=campaign, at=STARTED) for _ in range(2)]

    assert [one.planned for one in planned] == [4, 0]
    assert {touch.person.full_name for touch in activity.touches.all()} == {
        world[role].full_name for role in ("rep", "peer", "manager", "other_manager")
    }


def test_a_segment_narrows_whom_an_activity_is_for():
    world, campaign = _running()
    activity = ActivityFactory(campaign=campaign, segment_kind="REP")

    actions.plan_touches(campaign=campaign, at=STARTED)

    assert {touch.person for touch in activity.touches.all()} == {world["rep"], world["peer"]}


def test_a_one_to_one_is_the_managers_for_each_rep_and_a_meeting_is_one_a_team():
    world, campaign = _running()
    AttendeeFactory(
        kickoff=world.kickoff, person=PersonFactory(manager=world["manager"], full_name="Ida Berg")
    )
    follow_up = {"campaign": campaign, "kind": "MANAGER_FOLLOW_UP", "segment_kind": "REP"}
    talk = ActivityFactory(setting="ONE_TO_ONE", **follow_up)
    meeting = ActivityFactory(setting="TEAM_MEETING", **follow_up)

    actions.plan_touches(campaign=campaign, at=STARTED)

    assert sorted((t.person.full_name, t.about.full_name) for t in talk.touches.all()) == [
        ("Søren Lindqvist", "Aïcha Benyahia"),
        ("Søren Lindqvist", "Ida Berg"),
        ("佐藤 美咲", "Thabo Nkosi"),
    ]
    assert sorted(t.person.full_name for t in meeting.touches.all()) == [
        "Søren Lindqvist",
        "佐藤 美咲",
    ]


def test_a_certification_is_a_check_for_the_rep_and_marks_for_the_manager_to_give():
    world, campaign = _running()
    activity = ActivityFactory(campaign=campaign, kind="CERTIFICATION", segment_kind="REP")

    actions.plan_touches(campaign=campaign, at=STARTED)

    mine = {(t.person, t.about) for t in activity.touches.filter(person__in=world.people.values())}
    assert {(world["rep"], None), (world["manager"], world["rep"])} <= mine
    assert len(mine) == 4


def test_a_touch_is_due_at_the_hour_of_the_persons_own_zone_and_country():
    world, campaign = _running()
    tokyo = PersonFactory(time_zone="Asia/Tokyo", country="JP")
    AttendeeFactory(kickoff=world.kickoff, person=tokyo)
    ActivityFactory(campaign=campaign, day_offset=7)

    actions.plan_touches(campaign=campaign, at=STARTED)

    assert tokyo.touches.get().due_at == datetime(2027, 2, 12, 0, tzinfo=UTC)
    assert world["rep"].touches.get().due_at == datetime(2027, 2, 11, 9, tzinfo=UTC)


def test_a_new_hire_gets_the_same_path_counted_from_the_hire_date():
    world, campaign = _running()
    ActivityFactory(campaign=campaign, day_offset=4)
    actions.plan_due_campaigns(at=STARTED)
    hired = PersonFactory(hire_date=date(2027, 3, 1))
    AttendeeFactory(kickoff=world.kickoff, person=hired, added_at=noon(2, 3))

    planned = [actions.plan_due_campaigns(at=noon(2, 3) + n * LATER) for n in range(2)]

    assert [one.planned for one in planned] == [1, 0]
    assert hired.touches.get().due_at == datetime(2027, 3, 5, 9, tzinfo=UTC)


def test_an_activity_moved_later_takes_along_the_touches_that_were_not_sent():
    world, campaign = _running()
    activity = ActivityFactory(campaign=campaign, day_offset=4)
    actions.plan_due_campaigns(at=STARTED)
    world["peer"].touches.update(state="SENT", sent_at=DAY_4)
    activity.refresh_from_db()

    change_activity(
        activity=activity, values={"day_offset": 8}, topics=[], by=world["planner"], at=noon(8)
    )
    actions.plan_due_campaigns(at=noon(8) + LATER)

    assert world["rep"].touches.get().due_at == datetime(2027, 2, 12, 9, tzinfo=UTC)
    assert world["peer"].touches.get().due_at == DAY_4


def test_narrowing_an_activity_takes_back_the_touches_of_whom_it_no_longer_names():
    world, campaign = _running()
    activity = ActivityFactory(campaign=campaign)
    actions.plan_due_campaigns(at=STARTED)
    activity.refresh_from_db()

    change_activity(
        activity=activity,
        values={"segment_kind": "REP"},
        topics=[],
        by=world["planner"],
        at=STARTED,
    )
    actions.plan_due_campaigns(at=STARTED + LATER)

    assert {touch.person for touch in Touch.objects.open()} == {world["rep"], world["peer"]}
    assert set(Touch.objects.filter(state="SKIPPED").values_list("skip_reason", flat=True)) == {
        "NOT_MEANT"
    }
