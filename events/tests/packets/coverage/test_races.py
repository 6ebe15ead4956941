"""Two reminders at once; real row locks, so on PostgreSQL."""

from datetime import UTC, datetime

import pytest

from core.tests.races import at_once
from events.packets.coverage import actions
from events.packets.coverage.models import Reminder
from people.mail.models import Message

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LAST_MORNING = datetime(2027, 2, 4, 9, tzinfo=UTC)


@pytest.mark.parametrize("attempt", range(3))
def test_two_who_remind_at_once_mail_each_rep_once(attempt, kickoff, revops, rep_with):
    for _ in range(10):
        rep_with()

    def call():
        return actions.remind_reps(
            kickoff=kickoff, only_unopened=False, region_id=None, by=revops, at=LAST_MORNING
        )

    done = at_once(call, times=2)

    assert sorted((one.sent, one.told_today) for one in done) == [(0, 10), (10, 0)]
    assert Message.objects.count() == 10


@pytest.mark.parametrize("attempt", range(3))
def test_two_ticks_at_once_mail_each_rep_once(attempt, kickoff, rep_with):
    for _ in range(5):
        rep_with("VIEWED")

    done = at_once(lambda: actions.send_due_reminders(LAST_MORNING), times=3)

    assert sorted(one["reps"] for one in done) == [0, 0, 5]
    assert Message.objects.count() == 5
    assert Reminder.objects.filter(stage="LAST_MORNING").count() == 5
