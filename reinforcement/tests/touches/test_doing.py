from datetime import UTC, datetime, timedelta

import pytest

from events.tests.world import build_world
from people.tests.factories import PersonFactory
from reinforcement.tests.factories import (
    CampaignFactory,
    TouchFactory,
    noon,
)
from reinforcement.touches import actions

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=1)


def _running(**kickoff_fields):
    world = build_world(**kickoff_fields)
    return world, CampaignFactory(kickoff=world.kickoff)


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
