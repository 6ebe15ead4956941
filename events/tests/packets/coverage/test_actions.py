"""Reminders by hand and by themselves: once a day, in hours, once a stage, merged after downtime."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from events.kickoff.models import Kickoff
from events.packets.coverage import actions
from events.packets.coverage.models import Reminder, ReminderPlan
from events.packets.coverage.queries import reminders as queries
from events.packets.coverage.rules.reminders import Plan
from events.packets.delivery.models import PacketVersion
from people.activity.models import Entry
from people.mail.models import Message
from people.notices.models import Choice, Notice
from people.tests.factories import GONE, PersonFactory, RegionFactory

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2027, 1, 12, 10, tzinfo=UTC)
LAST_MORNING = datetime(2027, 2, 4, 9, tzinfo=UTC)


def remind(kickoff, by, at=TUESDAY, **changes):
    fields = {"only_unopened": False, "region_id": None, **changes}
    return actions.remind_reps(kickoff=kickoff, by=by, at=at, **fields)


def to(person):
    return list(Message.objects.filter(person=person).order_by("pk"))


def test_who_has_not_signed_gets_one_mail_without_figures(kickoff, revops, rep_with):
    opened, unopened, signed = rep_with("VIEWED"), rep_with(), rep_with("RECEIVED")

    reminded = remind(kickoff, revops)

    assert (reminded.sent, reminded.told_today) == (2, 0)
    assert to(signed) == []
    (mail,) = to(opened)
    assert "its receipt is not signed yet" in mail.body
    assert "You have not opened it yet" in to(unopened)[0].body
    assert not any(figure in mail.body for figure in ("900,000", "900000", "84000", "56000"))
    assert Entry.objects.get(verb="packet.reminded", subject=opened).actor == revops


def test_reminding_again_that_day_mails_nobody_twice(kickoff, revops, rep_with):
    rep = rep_with()
    remind(kickoff, revops)

    again = remind(kickoff, revops, TUESDAY + timedelta(hours=3))
    next_day = remind(kickoff, revops, TUESDAY + timedelta(days=1))

    assert (again.sent, again.told_today) == (0, 1)
    assert next_day.sent == 1
    assert len(to(rep)) == 2


def test_in_the_last_24_hours_a_reminder_by_hand_does_not_wait_for_the_mail_of_a_day(
    kickoff, revops, rep_with
):
    rep = rep_with()
    Choice.objects.filter(person=rep).delete()

    remind(kickoff, revops, kickoff.closes_at - timedelta(hours=25))
    remind(kickoff, revops, kickoff.closes_at - timedelta(hours=1))

    waits = (
        Notice.objects.filter(person=rep).order_by("pk").values_list("waits_for_mail", flat=True)
    )
    assert list(waits) == [True, False]


def test_only_the_unopened_of_one_region(kickoff, revops, rep_with):
    emea, apac = RegionFactory(name="EMEA"), RegionFactory(name="APAC")
    wanted = rep_with(region=emea)
    others = [rep_with(region=apac), rep_with("VIEWED", region=emea)]

    remind(kickoff, revops, only_unopened=True, region_id=emea.pk)

    assert len(to(wanted)) == 1
    assert [to(other) for other in others] == [[], []]


def test_by_hand_at_night_it_waits_for_the_reps_morning_and_counts_for_that_day(
    kickoff, revops, rep_with
):
    rep = rep_with(time_zone="Asia/Tokyo")
    night = datetime(2027, 1, 12, 14, tzinfo=UTC)  # 23:00 in Tokyo

    remind(kickoff, revops, night)
    again = remind(kickoff, revops, night + timedelta(hours=11))

    (mail,) = to(rep)
    assert mail.due_at == datetime(2027, 1, 12, 23, tzinfo=UTC)
    assert again.told_today == 1


@pytest.mark.parametrize("status", [Kickoff.Status.DRAFT, Kickoff.Status.ARCHIVED])
def test_a_kickoff_that_is_not_open_reminds_nobody(kickoff, revops, rep_with, status):
    rep = rep_with()
    kickoff.status = status
    kickoff.save()

    with pytest.raises(actions.ReminderRefused, match="not open"):
        remind(kickoff, revops)
    actions.send_due_reminders(LAST_MORNING)

    assert to(rep) == []


def test_unopened_for_three_days_a_rep_is_reminded_once(kickoff, rep_with):
    rep, opened = rep_with(), rep_with("VIEWED")

    early = actions.send_due_reminders(datetime(2027, 1, 7, 10, tzinfo=UTC))
    due = actions.send_due_reminders(datetime(2027, 1, 8, 10, tzinfo=UTC))
    again = actions.send_due_reminders(datetime(2027, 1, 9, 10, tzinfo=UTC))

    assert [one["reps"] for one in (early, due, again)] == [0, 1, 0]
    assert to(opened) == []
    assert len(to(rep)) == 1


def test_nothing_leaves_by_itself_out_of_hours(kickoff, rep_with):
    rep_with()

    night = actions.send_due_reminders(datetime(2027, 1, 8, 20, tzinfo=UTC))

    assert night == {"reps": 0, "managers": 0}


def test_on_the_last_morning_the_venues_clock_counts_for_who_is_there(kickoff, rep_with):
    there = rep_with("VIEWED", time_zone="America/Los_Angeles")
    at_home = rep_with("VIEWED", rsvp="NO", time_zone="America/Los_Angeles")

    actions.send_due_reminders(LAST_MORNING)

    assert len(to(there)) == 1
    assert to(at_home) == []


def test_the_manager_gets_one_list_on_the_last_morning(kickoff, rep_with):
    manager = PersonFactory(time_zone="Europe/Lisbon")
    names = [rep_with(manager=manager, full_name=name).full_name for name in ("Ana", "Bo")]
    rep_with("RECEIVED", manager=manager, full_name="Signed Already")

    actions.send_due_reminders(LAST_MORNING)
    actions.send_due_reminders(LAST_MORNING + timedelta(minutes=1))

    (mail,) = to(manager)
    assert all(name in mail.body for name in names)
    assert "Signed Already" not in mail.body
    assert mail.subject == "2 reps of yours have not signed for the packet"


def test_after_the_event_the_manager_hears_and_then_one_level_up_once_each(kickoff, rep_with):
    director = PersonFactory(time_zone="Europe/Lisbon")
    manager = PersonFactory(time_zone="Europe/Lisbon", manager=director)
    rep_with("VIEWED", manager=manager)

    for days in range(10):
        actions.send_due_reminders(LAST_MORNING + timedelta(days=days))

    assert len(to(manager)) == 2  # the list, then the escalation
    assert len(to(director)) == 1
    stages = Reminder.objects.values_list("stage", flat=True)
    assert sorted(stages) == ["ABOVE", "LAST_MORNING", "LIST", "MANAGER"]


def test_after_downtime_each_gets_one_mail_for_all_that_was_missed(kickoff, rep_with):
    manager = PersonFactory(time_zone="Europe/Lisbon")
    rep = rep_with(manager=manager)

    actions.send_due_reminders(LAST_MORNING + timedelta(days=3))

    assert len(to(rep)) == 1
    assert len(to(manager)) == 1


@pytest.mark.parametrize("gone", GONE)
def test_a_manager_who_left_is_passed_over(kickoff, rep_with, gone):
    director = PersonFactory(time_zone="Europe/Lisbon")
    gone = PersonFactory(**gone, manager=director)
    rep_with("VIEWED", manager=gone)

    actions.send_due_reminders(LAST_MORNING)

    assert to(gone) == []
    assert len(to(director)) == 1


def test_who_signs_in_the_meantime_is_left_alone(kickoff, rep_with):
    rep = rep_with("VIEWED")
    PacketVersion.objects.update(state="RECEIVED", received_at=LAST_MORNING)

    actions.send_due_reminders(LAST_MORNING)

    assert to(rep) == []


def test_a_reminder_by_hand_that_day_stands_for_the_one_by_itself(kickoff, revops, rep_with):
    rep = rep_with("VIEWED")
    remind(kickoff, revops, LAST_MORNING - timedelta(minutes=30))

    actions.send_due_reminders(LAST_MORNING)

    assert len(to(rep)) == 1


def test_a_kickoff_long_past_is_left_in_peace(kickoff, rep_with):
    rep = rep_with()

    actions.send_due_reminders(LAST_MORNING + timedelta(days=60))

    assert to(rep) == []


def test_it_can_be_turned_off_and_planned_otherwise(kickoff, revops, rep_with):
    rep = rep_with()
    eighth = datetime(2027, 1, 8, 10, tzinfo=UTC)
    plan = Plan(unopened_days=5, manager_days=1, above_days=2)

    actions.save_plan(kickoff=kickoff, plan=plan, is_on=True, by=revops, at=TUESDAY)
    actions.send_due_reminders(eighth)
    actions.save_plan(kickoff=kickoff, plan=plan, is_on=False, by=revops, at=TUESDAY)
    actions.send_due_reminders(eighth + timedelta(days=2))
    assert to(rep) == []

    actions.save_plan(kickoff=kickoff, plan=plan, is_on=True, by=revops, at=TUESDAY)
    actions.send_due_reminders(eighth + timedelta(days=2))
    assert len(to(rep)) == 1


def test_the_manager_hears_before_the_next_level(kickoff, revops):
    with pytest.raises(actions.ReminderRefused, match="hears of it first"):
        actions.save_plan(kickoff=kickoff, plan=Plan(3, 5, 5), is_on=True, by=revops, at=TUESDAY)
    for changes in (
        {"above_days": 2},
        {"unopened_days": 0},
        {"manager_days": 40, "above_days": 50},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReminderPlan.objects.create(kickoff=kickoff, **changes)


def test_a_stage_is_recorded_once_and_by_hand_by_somebody(kickoff, revops, rep_with):
    rep_with()
    fields = {
        "version": PacketVersion.objects.get(),
        "local_date": TUESDAY.date(),
        "at": TUESDAY,
    }
    Reminder.objects.create(stage="LIST", **fields)
    Reminder.objects.create(stage="BY_HAND", by=revops, **fields)

    for stage, by in (("LIST", None), ("BY_HAND", revops), ("BY_HAND", None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reminder.objects.create(stage=stage, by=by, **fields)


def test_the_tick_asks_the_same_number_of_times_for_any_number_of_reps(
    kickoff, rep_with, django_assert_max_num_queries
):
    manager = PersonFactory(time_zone="Europe/Lisbon")
    counts, at = [], LAST_MORNING
    for more in (1, 2, 9):
        for _ in range(more):
            rep_with("VIEWED", manager=manager)
        with django_assert_max_num_queries(40) as captured:
            actions.send_due_reminders(at)
        counts.append(len(captured))
        at += timedelta(minutes=1)

    assert len(set(counts)) == 1, counts


def test_the_board_says_how_many_wait(kickoff, revops, rep_with, django_assert_max_num_queries):
    rep_with(region=RegionFactory(name="EMEA"))
    rep_with("VIEWED")
    remind(kickoff, revops)

    with django_assert_max_num_queries(4):
        found = queries.to_remind(kickoff, LAST_MORNING)

    assert (found.unopened, found.unsigned, found.last_count) == (1, 2, 2)
    assert found.last_at == TUESDAY
    assert [region.name for region in found.regions] == ["EMEA"]


@pytest.mark.parametrize("gone", GONE)
def test_a_rep_who_has_left_is_not_reminded_and_nobody_hears_of_them(
    kickoff, revops, rep_with, gone
):
    manager = PersonFactory(time_zone="Europe/Lisbon")
    rep = rep_with("VIEWED", manager=manager, **gone)

    remind(kickoff, revops)
    actions.send_due_reminders(LAST_MORNING)

    assert to(rep) == to(manager) == []
    assert queries.to_remind(kickoff, LAST_MORNING).unsigned == 0
