from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from events.kickoff.models import Kickoff
from events.tests.factories import AttendeeFactory
from events.tests.world import build_world
from people.mail.models import Message
from people.tests.factories import PersonFactory, PlannerFactory
from reinforcement.campaigns.actions import (
    change_activity,
    fill_plan,
    start_campaign,
    withdraw_activity,
)
from reinforcement.campaigns.models import Campaign
from reinforcement.tests.factories import (
    DAY_4,
    STARTED,
    ActivityFactory,
    CampaignFactory,
    TouchFactory,
    noon,
)
from reinforcement.touches import actions, tasks
from reinforcement.touches.models import Touch

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=1)


def _running(**kickoff_fields):
    world = build_world(**kickoff_fields)
    return world, CampaignFactory(kickoff=world.kickoff)


# Planning


def test_each_person_on_the_roster_gets_one_touch_of_an_activity():
    world, campaign = _running()
    activity = ActivityFactory(campaign=campaign)
    AttendeeFactory(
        kickoff=world.kickoff, person=PersonFactory(), rsvp="NO", answered_at=timezone.now()
    )

    planned = [actions.plan_touches(campaign=campaign, at=STARTED) for _ in range(2)]

    assert planned == [4, 0]
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

    assert planned == [1, 0]
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


def test_narrowing_an_activity_deletes_the_touches_of_whom_it_no_longer_names():
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

    assert {touch.person for touch in Touch.objects.all()} == {world["rep"], world["peer"]}


# Sending


def test_a_due_touch_is_one_message_and_a_second_tick_sends_nothing_more():
    touch = TouchFactory()

    sent = [actions.send_due_touches(at=DAY_4).sent for _ in range(2)]

    touch.refresh_from_db()
    message = Message.objects.get()
    assert sent == [1, 0]
    assert (touch.state, touch.sent_at, touch.message) == ("SENT", DAY_4, message)
    assert (message.person, message.subject) == (touch.person, touch.activity.title)
    assert f"/touches/{touch.pk}/" in message.body


def test_nothing_is_sent_before_its_hour():
    TouchFactory()

    assert actions.send_due_touches(at=DAY_4 - LATER).sent == 0


def test_two_touches_of_one_day_are_one_message_that_lists_both():
    first = TouchFactory(activity__title="Renew from day one")
    second = ActivityFactory(campaign=first.activity.campaign, title="Where you started")
    TouchFactory(activity=second, person=first.person, due_at=DAY_4 + timedelta(hours=5))

    result = actions.send_due_touches(at=DAY_4)

    message = Message.objects.get()
    assert (result.sent, result.messages) == (2, 1)
    assert message.subject == "2 things to do: Renew from day one"
    assert "Where you started" in message.body


def test_what_becomes_due_after_todays_message_waits_for_the_next_working_day():
    first = TouchFactory()
    actions.send_due_touches(at=DAY_4)
    late = ActivityFactory(campaign=first.activity.campaign)
    touch = TouchFactory(activity=late, person=first.person)

    result = actions.send_due_touches(at=DAY_4 + LATER)
    tomorrow = actions.send_due_touches(at=DAY_4 + timedelta(days=1))

    touch.refresh_from_db()
    assert (result.sent, result.postponed) == (0, 1)
    assert (tomorrow.sent, Message.objects.count()) == (1, 2)
    assert touch.due_at == DAY_4 + timedelta(days=1)
    assert touch.overdue_at == datetime(2027, 2, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "day", "hours_late", "state"),
    [
        ("MICROLEARNING", 4, 24, "SENT"),
        ("MICROLEARNING", 4, 25, "SKIPPED"),
        ("RETENTION_CHECK", 30, 24 * 7, "SENT"),
        ("RETENTION_CHECK", 30, 24 * 7 + 1, "SKIPPED"),
    ],
)
def test_after_downtime_a_nudge_is_caught_up_within_a_day_and_a_check_within_a_week(
    kind, day, hours_late, state
):
    touch = TouchFactory(activity__kind=kind, activity__day_offset=day)

    actions.send_due_touches(at=DAY_4 + timedelta(hours=hours_late))

    touch.refresh_from_db()
    assert touch.state == state
    assert touch.skip_reason == ("" if state == "SENT" else "STALE")
    assert touch.can_be_done


def test_who_left_or_declined_or_whose_activity_was_withdrawn_is_sent_nothing():
    left = TouchFactory()
    left.person.is_active = False
    left.person.save(update_fields=["is_active"])
    declined = TouchFactory()
    declined.person.attendances.update(rsvp="NO", answered_at=noon(5))
    withdrawn = TouchFactory()
    withdraw_activity(activity=withdrawn.activity, by=PlannerFactory(), at=noon(7))

    result = actions.send_due_touches(at=DAY_4)

    reasons = dict(Touch.objects.values_list("pk", "skip_reason"))
    assert (result.sent, result.skipped, Message.objects.count()) == (0, 3, 0)
    assert reasons == {left.pk: "LEFT", declined.pk: "DECLINED", withdrawn.pk: "WITHDRAWN"}
    assert not Touch.objects.open().exists()


def test_a_follow_up_goes_to_the_manager_whom_the_rep_has_now():
    world, campaign = _running()
    talk = ActivityFactory(campaign=campaign, kind="MANAGER_FOLLOW_UP", segment_kind="REP")
    actions.plan_touches(campaign=campaign, at=STARTED)
    world["rep"].manager = world["other_manager"]
    world["rep"].save(update_fields=["manager"])

    tasks.tick(DAY_4)

    assert {touch.person for touch in talk.touches.all()} == {world["other_manager"]}
    assert [message.person for message in Message.objects.all()] == [world["other_manager"]]


def test_a_follow_up_about_a_rep_without_a_manager_is_skipped():
    world, campaign = _running()
    ActivityFactory(campaign=campaign, kind="MANAGER_FOLLOW_UP", segment_kind="REP")
    actions.plan_touches(campaign=campaign, at=STARTED)
    for role in ("rep", "peer"):
        world[role].manager = None
        world[role].save(update_fields=["manager"])

    tasks.tick(DAY_4)

    assert set(Touch.objects.values_list("skip_reason", flat=True)) == {"NO_TEAM"}


def test_what_was_done_early_is_not_sent():
    touch = TouchFactory(done_at=noon(7))

    actions.send_due_touches(at=DAY_4)

    touch.refresh_from_db()
    assert (touch.state, Message.objects.count()) == ("WAITING", 0)


def test_a_campaign_that_is_over_sends_nothing():
    TouchFactory(activity__campaign__state=Campaign.State.DONE)

    assert actions.send_due_touches(at=DAY_4).sent == 0


def test_a_worker_that_dies_between_claim_and_message_has_done_neither(monkeypatch):
    touch = TouchFactory()

    def killed(**_):
        raise SystemExit

    monkeypatch.setattr("reinforcement.touches.actions.sending.queue_messages", killed)
    with pytest.raises(SystemExit):
        actions.send_due_touches(at=DAY_4)
    monkeypatch.undo()

    touch.refresh_from_db()
    assert (touch.state, Message.objects.count()) == ("WAITING", 0)
    assert actions.send_due_touches(at=DAY_4).sent == 1


def test_the_whole_plan_of_the_template_is_lived_through_with_each_touch_sent_once():
    world = build_world()
    fill_plan(world.kickoff, world["planner"], STARTED)
    start_campaign(kickoff=world.kickoff, at=STARTED)
    Kickoff.objects.update(status="ENDED")

    for hour in range(24 * 111):
        if hour % 6 == 0:
            tasks.tick(STARTED + timedelta(hours=hour))

    assert set(Touch.objects.values_list("state", flat=True)) == {"SENT"}
    days = list(Message.objects.values_list("key", flat=True))
    assert len(days) == len(set(days))
    assert Campaign.objects.get().state == "DONE"


# Doing


def test_done_is_recorded_once():
    touch = TouchFactory()

    done = [
        actions.complete_touch(touch=touch, by=touch.person, at=noon(9)),
        actions.complete_touch(touch=touch, by=touch.person, at=noon(10)),
    ]

    touch.refresh_from_db()
    assert (done, touch.done_at) == ([True, False], noon(9))


def test_a_meeting_is_held_when_it_is_due_and_nothing_else_is_ticked_off():
    lesson = TouchFactory()
    meeting = TouchFactory(activity__kind="MANAGER_FOLLOW_UP", activity__setting="TEAM_MEETING")

    with pytest.raises(actions.TouchRefused, match="open it"):
        actions.complete_meeting(touch=lesson, by=lesson.person, at=noon(9))
    with pytest.raises(actions.TouchRefused, match="not due"):
        actions.complete_meeting(touch=meeting, by=meeting.person, at=noon(7))
    assert actions.complete_meeting(touch=meeting, by=meeting.person, at=noon(9)) is True


def test_a_manager_gives_more_time_but_never_less():
    touch = TouchFactory()
    manager = PersonFactory()

    actions.extend_touch(touch=touch, days=3, by=manager, at=noon(16))

    touch.refresh_from_db()
    assert touch.overdue_at == datetime(2027, 2, 20, tzinfo=UTC)
    with pytest.raises(actions.TouchRefused, match="at least that much"):
        actions.extend_touch(touch=touch, days=1, by=manager, at=noon(16))


def test_what_is_done_cannot_be_extended():
    touch = TouchFactory(done_at=noon(9))

    with pytest.raises(actions.TouchRefused, match="nothing to extend"):
        actions.extend_touch(touch=touch, days=3, by=PersonFactory(), at=noon(16))


# What is never stored


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "SENT"}, "sent_has_time"),
        ({"state": "SKIPPED"}, "skipped_has_reason"),
        ({"skip_reason": "LEFT"}, "skipped_has_reason"),
        ({"overdue_at": DAY_4}, "overdue_after_due"),
    ],
)
def test_an_impossible_touch_is_never_stored(fields, constraint):
    with pytest.raises(IntegrityError, match=f"reinforcement_touch_{constraint}"):
        TouchFactory(**fields)


def test_a_second_touch_of_one_activity_is_never_stored():
    touch = TouchFactory()

    with pytest.raises(IntegrityError):
        TouchFactory(activity=touch.activity, person=touch.person)


def test_a_second_touch_about_one_rep_is_never_stored():
    rep = PersonFactory()
    touch = TouchFactory(about=rep)

    with pytest.raises(IntegrityError):
        TouchFactory(activity=touch.activity, about=rep)


def test_a_touch_about_oneself_is_never_stored():
    person = PersonFactory()

    with pytest.raises(IntegrityError, match="not_about_oneself"):
        TouchFactory(person=person, about=person)
