from datetime import UTC, date, datetime, time, timedelta

import pytest

from agenda.door.actions import make_badges, name_keeper
from agenda.door.queries import check_door
from agenda.tests.factories import RoomFactory, SessionFactory
from events.kickoff.actions import set_doors
from events.tests.factories import AttendeeFactory, KickoffFactory

pytestmark = pytest.mark.django_db
FIRST = date(2027, 2, 2)
AT = datetime(2027, 1, 25, 9, tzinfo=UTC)
EARLIER = AT - timedelta(days=30)


@pytest.fixture
def kickoff():
    return KickoffFactory(starts_date=FIRST, ends_date=FIRST, time_zone="UTC")


def said(kickoff, at=AT):
    return {one.check.key: (str(one.severity), one.share) for one in check_door(kickoff, at)}


def begin(kickoff, hour, minute=0):
    starts_at = datetime.combine(FIRST, time(hour, minute), UTC)
    SessionFactory(kickoff=kickoff, room=RoomFactory(kickoff=kickoff), starts_at=starts_at)


def test_weeks_before_and_without_an_agenda_nothing_is_judged(kickoff):
    AttendeeFactory(kickoff=kickoff)

    assert {severity for severity, _share in said(kickoff, EARLIER).values()} == {"later"}


def test_near_the_day_it_asks_for_badges_and_for_hands_beside_planners(kickoff):
    AttendeeFactory.create_batch(3, kickoff=kickoff)
    make_badges(kickoff=kickoff, at=AT)
    late = AttendeeFactory(kickoff=kickoff)

    found = said(kickoff)
    assert (found["door.badges"], found["door.crew"][0]) == (("improve", 0.75), "improve")

    make_badges(kickoff=kickoff, at=AT)
    name_keeper(kickoff=kickoff, person=late.person, by=kickoff.owner, at=AT)
    found = said(kickoff)
    assert (found["door.badges"][0], found["door.crew"][0]) == ("met", "met")


def test_the_door_opens_half_an_hour_before_the_first_session_as_its_planner_says(kickoff):
    begin(kickoff, 8, 20)
    assert said(kickoff, EARLIER)["door.opens"][0] == "improve"

    set_doors(kickoff=kickoff, opens=time(7, 45), by=kickoff.owner, at=AT)

    assert said(kickoff, EARLIER)["door.opens"][0] == "met"


def test_it_asks_as_often_whatever_is_there(kickoff, django_assert_num_queries):
    begin(kickoff, 9)
    AttendeeFactory.create_batch(3, kickoff=kickoff)

    with django_assert_num_queries(2):
        check_door(kickoff, AT)
