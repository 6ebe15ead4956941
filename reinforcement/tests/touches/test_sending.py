from datetime import UTC, datetime, timedelta

import pytest

from events.kickoff.models import Kickoff
from events.tests.world import build_world
from people.accounts.models import Person
from people.bell.actions import send_daily
from people.mail.models import Message
from people.tests.factories import GONE, PlannerFactory, put_under
from reinforcement.campaigns.actions import (
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


def _send(at):
    """What the mail of the day sends at a moment: how many touches by state, and how many mails."""
    before = Message.objects.count()
    send_daily(at)
    return Touch.objects.filter(sent_at=at).count(), Message.objects.count() - before


def _running(**kickoff_fields):
    world = build_world(**kickoff_fields)
    return world, CampaignFactory(kickoff=world.kickoff)


def test_a_due_touch_is_one_message_and_a_second_tick_sends_nothing_more():
    touch = TouchFactory()

    mails = [_send(DAY_4)[1] for _ in range(2)]

    touch.refresh_from_db()
    message = Message.objects.get()
    assert mails == [1, 0]
    assert (touch.state, touch.sent_at, touch.message) == ("SENT", DAY_4, message)
    assert (message.person, message.subject) == (touch.person, touch.activity.title)
    assert f"/touches/{touch.pk}/" in message.body


def test_nothing_is_sent_before_half_past_eight_and_then_what_comes_later_that_day_too():
    touch = TouchFactory()
    half_past_eight = DAY_4 - timedelta(minutes=30)

    before, then = _send(half_past_eight - LATER), _send(half_past_eight)

    touch.refresh_from_db()
    assert (before, then) == ((0, 0), (1, 1))
    assert touch.due_at == half_past_eight, "What the mail leads to can be begun."


def test_two_touches_of_one_day_are_one_message_that_lists_both():
    first = TouchFactory(activity__title="Renew from day one")
    second = ActivityFactory(campaign=first.activity.campaign, title="Where you started")
    TouchFactory(activity=second, person=first.person, due_at=DAY_4 + timedelta(hours=5))

    assert _send(DAY_4) == (2, 1)
    message = Message.objects.get()
    assert message.subject == "2 things wait for you: Renew from day one"
    assert "Where you started" in message.body


def test_what_becomes_due_after_todays_message_waits_for_the_next_working_day():
    first = TouchFactory()
    _send(DAY_4)
    late = ActivityFactory(campaign=first.activity.campaign)
    touch = TouchFactory(activity=late, person=first.person)

    postponed = actions.put_off(at=DAY_4 + LATER)
    today, tomorrow = _send(DAY_4 + LATER), _send(DAY_4 + timedelta(days=1))

    touch.refresh_from_db()
    assert (postponed, today, tomorrow) == (1, (0, 0), (1, 1))
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

    _send(DAY_4 + timedelta(hours=hours_late))

    touch.refresh_from_db()
    assert touch.state == state
    assert touch.skip_reason == ("" if state == "SENT" else "STALE")
    assert touch.can_be_done


@pytest.mark.parametrize("gone", GONE)
def test_who_left_or_declined_or_whose_activity_was_withdrawn_is_sent_nothing(gone):
    left = TouchFactory()
    Person.objects.filter(pk=left.person_id).update(**gone)
    declined = TouchFactory()
    declined.person.attendances.update(rsvp="NO", answered_at=noon(5))
    withdrawn = TouchFactory()
    withdraw_activity(activity=withdrawn.activity, by=PlannerFactory(), at=noon(7))

    tasks.tick(DAY_4)
    sent = _send(DAY_4)

    reasons = dict(Touch.objects.values_list("pk", "skip_reason"))
    assert sent == (0, 0)
    assert reasons == {left.pk: "LEFT", declined.pk: "DECLINED", withdrawn.pk: "WITHDRAWN"}
    assert not Touch.objects.open().exists()


def test_a_follow_up_goes_to_the_manager_whom_the_rep_has_now():
    world, campaign = _running()
    talk = ActivityFactory(campaign=campaign, kind="MANAGER_FOLLOW_UP", segment_kind="REP")
    actions.plan_touches(campaign=campaign, at=STARTED)
    put_under(world["rep"], world["other_manager"])

    tasks.tick(DAY_4)
    _send(DAY_4)

    assert {touch.person for touch in talk.touches.all()} == {world["other_manager"]}
    assert [message.person for message in Message.objects.all()] == [world["other_manager"]]


def test_a_follow_up_about_a_rep_without_a_manager_is_skipped():
    world, campaign = _running()
    ActivityFactory(campaign=campaign, kind="MANAGER_FOLLOW_UP", segment_kind="REP")
    actions.plan_touches(campaign=campaign, at=STARTED)
    for role in ("rep", "peer"):
        put_under(world[role], None)

    tasks.tick(DAY_4)
    _send(DAY_4)

    assert set(Touch.objects.values_list("skip_reason", flat=True)) == {"NO_TEAM"}


def test_what_was_done_early_is_not_sent():
    touch = TouchFactory(done_at=noon(7))

    _send(DAY_4)

    touch.refresh_from_db()
    assert (touch.state, Message.objects.count()) == ("WAITING", 0)


def test_a_campaign_that_is_over_sends_nothing():
    TouchFactory(activity__campaign__state=Campaign.State.DONE)

    assert _send(DAY_4)[0] == 0


def test_a_worker_that_dies_between_claim_and_message_has_done_neither(monkeypatch):
    touch = TouchFactory()

    def killed(**_):
        raise SystemExit

    monkeypatch.setattr("people.bell.actions.daily.queue_messages", killed)
    with pytest.raises(SystemExit):
        _send(DAY_4)
    monkeypatch.undo()

    touch.refresh_from_db()
    assert (touch.state, Message.objects.count()) == ("WAITING", 0)
    assert _send(DAY_4) == (1, 1)


@pytest.mark.long
def test_the_whole_plan_of_the_template_is_lived_through_with_each_touch_sent_once():
    world = build_world()
    fill_plan(world.kickoff, world["planner"], STARTED)
    start_campaign(kickoff=world.kickoff, at=STARTED)
    Kickoff.objects.update(status="ENDED")

    for day in range(111):
        for hour in (12, 18):  # both after the mail's hour: the second time there is none to send
            at = STARTED + timedelta(days=day, hours=hour)
            tasks.tick(at)
            send_daily(at)

    assert set(Touch.objects.values_list("state", flat=True)) == {"SENT"}
    days = list(Message.objects.values_list("key", flat=True))
    assert len(days) == len(set(days))
    assert Campaign.objects.get().state == "DONE"
