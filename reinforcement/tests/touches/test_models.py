from datetime import timedelta

import pytest
from django.db import IntegrityError

from events.tests.world import build_world
from people.tests.factories import PersonFactory
from reinforcement.tests.factories import (
    DAY_4,
    CampaignFactory,
    TouchFactory,
)

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=1)


def _running(**kickoff_fields):
    world = build_world(**kickoff_fields)
    return world, CampaignFactory(kickoff=world.kickoff)


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
