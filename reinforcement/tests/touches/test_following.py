"""What is waiting follows the person, whatever changed them: each change is a bare UPDATE here."""

from datetime import UTC, date, datetime, timedelta

import pytest

from events.attendance.models import Attendee
from events.tests.factories import AttendeeFactory
from events.tests.world import build_world
from people.accounts.models import Person
from people.activity.models import Entry
from people.bell.actions import send_daily
from people.calendar.models import ClosingDay, Leave
from people.mail.models import Message
from people.tests.factories import GONE, PersonFactory
from reinforcement.coaching.queries import team_overview
from reinforcement.tests.factories import STARTED, ActivityFactory, CampaignFactory, noon
from reinforcement.touches import actions, tasks
from reinforcement.touches.models import Touch
from reinforcement.touches.queries import follow_ups, mine

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=1)
FOLLOW_UP = {"kind": "MANAGER_FOLLOW_UP", "segment_kind": "REP"}


@pytest.fixture
def world():
    """A campaign with a lesson for everybody on day 12: Tuesday 16 February, 9:00."""
    world = build_world()
    world.campaign = CampaignFactory(kickoff=world.kickoff)
    world.lesson = ActivityFactory(campaign=world.campaign, day_offset=12, local_hour=9)
    return world


def _tick(at):
    """A tick of the touches, and the mail of the day that sends them."""
    said = tasks.tick(at)
    send_daily(at)
    return said


def _talk(world, **fields):
    return ActivityFactory(
        campaign=world.campaign, day_offset=12, local_hour=8, **FOLLOW_UP | fields
    )


def _set(person, **fields):
    Person.objects.filter(pk=person.pk).update(**fields)


def _due(activity, person):
    return activity.touches.get(person=person).due_at


def _lesson_of(world, person):
    return world.lesson.touches.filter(person=person, about=None).first()


def test_a_new_time_zone_moves_what_waits_to_the_same_hour_there(world):
    _tick(STARTED)
    _set(world["rep"], time_zone="Asia/Tokyo")

    said = [_tick(STARTED + n * LATER) for n in (1, 2)]

    touch = _lesson_of(world, world["rep"])
    assert touch.due_at == datetime(2027, 2, 16, 0, tzinfo=UTC)
    assert touch.overdue_at == datetime(2027, 2, 19, 15, tzinfo=UTC)
    assert [one["moved"] for one in said] == [1, 0]


def test_a_new_country_or_part_of_it_moves_what_waits_off_its_holidays(world):
    family_day = ActivityFactory(campaign=world.campaign, day_offset=11)
    _tick(STARTED)
    _set(world["rep"], country="CA", time_zone="Europe/Lisbon", subdivision="ON")

    _tick(STARTED + LATER)
    moved = _due(family_day, world["rep"])
    _set(world["rep"], subdivision="QC")
    _tick(STARTED + 2 * LATER)

    assert moved == datetime(2027, 2, 16, 9, tzinfo=UTC)
    assert _due(family_day, world["rep"]) == datetime(2027, 2, 15, 9, tzinfo=UTC)


def test_a_closing_day_and_leave_move_what_waits_and_taking_them_back_moves_it_back(world):
    _tick(STARTED)
    closing = ClosingDay.objects.create(date=date(2027, 2, 16))
    leave = Leave.objects.create(
        person=world["rep"], starts_date=date(2027, 2, 15), ends_date=date(2027, 2, 19)
    )

    _tick(STARTED + LATER)
    away, closed = _due(world.lesson, world["rep"]), _due(world.lesson, world["peer"])
    closing.delete()
    leave.delete()
    _tick(STARTED + 2 * LATER)

    assert (away.date(), closed.date()) == (date(2027, 2, 22), date(2027, 2, 17))
    assert {touch.due_at.date() for touch in world.lesson.touches.all()} == {date(2027, 2, 16)}


def test_a_one_to_one_waits_until_rep_and_manager_are_both_there(world):
    talk = _talk(world)
    Leave.objects.create(
        person=world["rep"], starts_date=date(2027, 2, 15), ends_date=date(2027, 2, 17)
    )

    _tick(STARTED)

    assert talk.touches.get(about=world["rep"]).due_at.date() == date(2027, 2, 18)
    assert _due(world.lesson, world["manager"]).date() == date(2027, 2, 16)


def test_a_one_to_one_moves_to_the_new_manager_at_the_new_managers_own_hour(world):
    talk = _talk(world)
    _tick(STARTED)
    _set(world["other_manager"], time_zone="America/New_York")
    _set(world["rep"], manager=world["other_manager"])

    said = _tick(STARTED + LATER)

    touch = talk.touches.get(about=world["rep"])
    assert touch.person == world["other_manager"]
    assert touch.due_at == datetime(2027, 2, 16, 13, tzinfo=UTC)
    assert said["handed"] == 1


def test_what_was_sent_keeps_its_times_and_goes_to_the_new_manager_while_it_is_open(world):
    talk = _talk(world)
    _tick(STARTED)
    at = datetime(2027, 2, 16, 10, tzinfo=UTC)
    _tick(at)
    before = {touch.pk: (touch.due_at, touch.sent_at) for touch in Touch.objects.all()}
    done = talk.touches.get(about=world["peer"])
    Touch.objects.filter(pk=done.pk).update(done_at=at)
    for role in ("rep", "peer"):
        _set(world[role], manager=PersonFactory(time_zone="Asia/Tokyo"), time_zone="Asia/Tokyo")

    _tick(at + LATER)

    kept = {touch.pk: (touch.due_at, touch.sent_at) for touch in Touch.objects.all()}
    assert kept == before
    assert talk.touches.get(about=world["peer"]).person == done.person
    assert talk.touches.get(about=world["rep"]).person == Person.objects.get(
        pk=world["rep"].pk
    ).manager or Person.objects.get(reports=world["rep"])


def test_somebody_who_leaves_gets_nothing_and_on_coming_back_what_is_still_ahead(world):
    past = ActivityFactory(campaign=world.campaign, day_offset=5, local_hour=9)
    talk = _talk(world)
    _tick(STARTED)
    _set(world["rep"], leave_date=date(2027, 2, 8))

    still_there = _tick(datetime(2027, 2, 8, 23, 59, tzinfo=UTC))["withdrawn"]
    gone = _tick(datetime(2027, 2, 9, 0, 0, tzinfo=UTC))["withdrawn"]
    reasons = set(Touch.objects.filter(person=world["rep"]).values_list("skip_reason", flat=True))
    about = talk.touches.get(about=world["rep"]).skip_reason
    _tick(datetime(2027, 2, 9, 10, tzinfo=UTC))
    _set(world["rep"], leave_date=None)
    back = _tick(datetime(2027, 2, 12, 10, tzinfo=UTC))
    _tick(datetime(2027, 2, 16, 10, tzinfo=UTC))

    assert (still_there, gone) == (0, 3)
    assert reasons == {"LEFT"} == {about}
    assert back["returned"] == 2
    assert past.touches.get(person=world["rep"]).skip_reason == "LEFT"
    assert _lesson_of(world, world["rep"]).state == "SENT"
    assert talk.touches.get(about=world["rep"]).state == "SENT"
    assert Message.objects.filter(person=world["rep"]).count() == 1


def test_somebody_hired_again_after_the_start_gets_what_is_ahead(world):
    past = ActivityFactory(campaign=world.campaign, day_offset=4, local_hour=9)
    _set(world["rep"], is_active=False)
    _tick(STARTED)
    _set(world["rep"], is_active=True)

    said = _tick(noon(12))

    assert said["planned"] == 1
    assert _lesson_of(world, world["rep"]).due_at == datetime(2027, 2, 16, 9, tzinfo=UTC)
    assert not past.touches.filter(person=world["rep"]).exists()


def test_what_somebody_missed_within_its_grace_comes_at_a_working_hour_not_at_night(world):
    check = ActivityFactory(
        campaign=world.campaign, kind="RETENTION_CHECK", day_offset=30, local_hour=10
    )
    _set(world["rep"], is_active=False)
    _tick(STARTED)
    _set(world["rep"], is_active=True)

    _tick(datetime(2027, 3, 10, 2, 0, tzinfo=UTC))  # the check was on Monday the 8th

    assert _due(check, world["rep"]) == datetime(2027, 3, 10, 10, tzinfo=UTC)


def test_a_rep_who_gets_a_manager_later_is_talked_to_and_the_manager_leads_a_team(world):
    meeting, talk = _talk(world, setting="TEAM_MEETING"), _talk(world)
    _set(world["rep"], manager=None)
    _tick(STARTED)
    leader = PersonFactory(time_zone="Europe/Lisbon", country="PT")
    _set(world["rep"], manager=leader)

    said = _tick(STARTED + LATER)

    assert said["planned"] == 2
    assert talk.touches.get(about=world["rep"]).person == leader
    assert _due(meeting, leader) == datetime(2027, 2, 16, 8, tzinfo=UTC)


def test_staff_who_become_reps_get_what_reps_get_and_back_again_not(world):
    for_reps = ActivityFactory(campaign=world.campaign, day_offset=12, segment_kind="REP")
    staff = AttendeeFactory(kickoff=world.kickoff, person=PersonFactory(), kind="STAFF").person
    _tick(STARTED)
    row = Attendee.objects.filter(person=staff)

    row.update(kind="REP")
    now_rep = _tick(STARTED + LATER)["planned"]
    row.update(kind="STAFF")
    said = _tick(STARTED + 2 * LATER)

    assert (now_rep, said["withdrawn"]) == (1, 1)
    assert for_reps.touches.get(person=staff).skip_reason == "NOT_MEANT"
    assert _lesson_of(world, staff).state == "WAITING"


def test_a_reorganisation_gives_the_new_leader_the_meeting_and_takes_it_from_the_old_one(world):
    meeting = _talk(world, setting="TEAM_MEETING")
    _tick(STARTED)
    leader = PersonFactory()
    Person.objects.filter(manager=world["manager"]).update(manager=leader)

    _tick(STARTED + LATER)

    assert meeting.touches.get(person=leader).state == "WAITING"
    assert meeting.touches.get(person=world["manager"]).skip_reason == "NO_TEAM"


def test_who_declines_is_left_alone_and_who_comes_after_all_is_not(world):
    _tick(STARTED)
    row = Attendee.objects.filter(person=world["rep"])

    row.update(rsvp="NO", answered_at=STARTED)
    _tick(STARTED + LATER)
    declined = _lesson_of(world, world["rep"]).skip_reason
    row.update(rsvp="YES")
    _tick(STARTED + 2 * LATER)

    assert declined == "DECLINED"
    assert _lesson_of(world, world["rep"]).state == "WAITING"


def test_who_is_taken_off_the_roster_is_left_alone(world):
    _tick(STARTED)
    Attendee.objects.filter(person=world["rep"]).delete()

    _tick(STARTED + LATER)

    assert _lesson_of(world, world["rep"]).skip_reason == "DECLINED"


def test_what_was_put_off_to_tomorrow_is_not_lost_when_its_person_moves(world):
    second = ActivityFactory(campaign=world.campaign, day_offset=8, local_hour=9)
    friday = datetime(2027, 2, 12, 9, tzinfo=UTC)
    _tick(STARTED)
    touch = second.touches.get(person=world["rep"])
    Touch.objects.filter(pk=touch.pk).update(  # as a second message of one day would be
        due_at=friday + timedelta(days=3), overdue_at=friday + timedelta(days=6)
    )
    _set(world["rep"], time_zone="Europe/Berlin")

    _tick(datetime(2027, 2, 14, 12, tzinfo=UTC))

    assert _due(second, world["rep"]) == datetime(2027, 2, 15, 8, tzinfo=UTC)


def test_more_time_that_a_manager_gave_moves_with_its_person_to_the_same_day_there(world):
    _tick(STARTED)
    touch = _lesson_of(world, world["rep"])  # due on Tuesday the 16th, until Friday the 19th
    actions.extend_touch(touch=touch, days=14, by=world["manager"], at=noon(9))
    _set(world["rep"], time_zone="Asia/Tokyo")

    said = [_tick(noon(9) + n * LATER)["moved"] for n in (1, 2)]

    touch = _lesson_of(world, world["rep"])
    assert touch.due_at == datetime(2027, 2, 16, 0, tzinfo=UTC)
    assert touch.overdue_at == datetime(2027, 2, 23, 15, tzinfo=UTC)
    assert (touch.last_date, said) == (date(2027, 2, 23), [1, 0])


def test_each_batch_of_changes_is_one_line_of_the_trail(world):
    _tick(STARTED)
    assert not Entry.objects.filter(verb="touches.followed").exists()
    _set(world["rep"], time_zone="Asia/Tokyo")
    _set(world["peer"], is_active=False)

    for n in (1, 2):
        _tick(STARTED + n * LATER)

    entry = Entry.objects.get(verb="touches.followed")  # the manager of who left leads nobody now
    assert (entry.actor, entry.object_id) == (None, world.campaign.pk)
    assert (
        entry.note == "3 people changed: 0 planned, 1 moved, 0 handed on, 1 withdrawn, 0 returned"
    )


@pytest.mark.parametrize("people", [1, 3, 60])
def test_a_tick_that_finds_nothing_changed_reads_a_few_tables_however_many_people(
    world, people, django_assert_max_num_queries
):
    for _ in range(people):
        manager = PersonFactory()
        AttendeeFactory(kickoff=world.kickoff, person=PersonFactory(manager=manager))
    _talk(world)
    tasks.tick(STARTED)

    with django_assert_max_num_queries(14):
        said = tasks.tick(STARTED + LATER)

    assert {name: n for name, n in said.items() if n} == {}


def test_a_tick_that_finds_one_changed_looks_at_their_touches_alone(
    world, django_assert_max_num_queries
):
    for _ in range(60):
        AttendeeFactory(kickoff=world.kickoff, person=PersonFactory())
    tasks.tick(STARTED)
    _set(world["rep"], time_zone="Asia/Tokyo")

    with django_assert_max_num_queries(23):
        tasks.tick(STARTED + LATER)


@pytest.mark.parametrize("gone", GONE)
def test_a_manager_has_nothing_to_do_with_or_about_a_rep_who_left(world, gone):
    _talk(world)
    at = datetime(2027, 2, 16, 10, tzinfo=UTC)
    _tick(STARTED)
    _tick(at)  # sent already, and not done
    _set(world["rep"], **gone)

    _tick(at + LATER)

    seen = follow_ups(world["manager"], world.kickoff, at + LATER)
    assert {touch.person for touch in seen} == {world["manager"]}
    assert [touch.about for touch in seen] == [None]
    assert all(
        touch.about is None for touch in mine(world["manager"], world.kickoff, at + LATER).due
    )
    team = team_overview(world["manager"], world.kickoff, at + LATER)
    assert team.rows == []
