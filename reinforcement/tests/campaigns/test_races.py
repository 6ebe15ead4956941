"""The end of a kickoff found twice at once; real row locks, so on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from events.kickoff.actions import end_kickoff
from events.tests.factories import KickoffFactory
from people.activity.models import Entry
from reinforcement.campaigns.models import Campaign

AFTER = datetime(2027, 2, 5, 0, 5, tzinfo=UTC)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("attempt", range(3))
def test_a_kickoff_that_ends_twice_at_once_starts_one_campaign(attempt):
    kickoff = KickoffFactory()
    start = Barrier(2)

    def run(_):
        try:
            start.wait(timeout=10)
            return end_kickoff(kickoff_id=kickoff.pk, by=None, at=AFTER)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(run, range(2)))

    assert outcomes == [False, True]
    assert Campaign.objects.get().state == Campaign.State.RUNNING
    assert Entry.objects.filter(verb="campaign.started").count() == 1
