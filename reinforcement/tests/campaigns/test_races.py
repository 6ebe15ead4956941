"""The end of a kickoff found twice at once; real row locks, so on PostgreSQL."""

from datetime import UTC, datetime

import pytest

from core.tests.races import at_once
from events.kickoff.actions import end_kickoff
from events.tests.factories import KickoffFactory
from people.activity.models import Entry
from reinforcement.campaigns.models import Campaign

AFTER = datetime(2027, 2, 5, 0, 5, tzinfo=UTC)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("attempt", range(3))
def test_a_kickoff_that_ends_twice_at_once_starts_one_campaign(attempt):
    kickoff = KickoffFactory()

    done = at_once(lambda: end_kickoff(kickoff_id=kickoff.pk, by=None, at=AFTER), times=2)

    assert sorted(done) == [False, True]
    assert Campaign.objects.get().state == Campaign.State.RUNNING
    assert Entry.objects.filter(verb="campaign.started").count() == 1
