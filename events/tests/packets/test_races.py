"""Two of RevOps at once; real row locks, so on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from events.packets import actions, queries
from events.packets.models import PacketVersion
from events.packets.rules.rows import PacketRow
from events.tests.factories import AttendeeFactory, KickoffFactory, packet_content

MONDAY = datetime(2027, 1, 11, 9, tzinfo=UTC)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("attempt", range(3))
def test_one_file_imported_twice_at_once_makes_one_draft_each(attempt):
    kickoff = KickoffFactory()
    for _ in range(20):
        AttendeeFactory(kickoff=kickoff)
    roster = queries.roster(kickoff)
    rows = [
        PacketRow(rep, packet_content(identity=rep.identity))
        for rep in (
            roster.find(email)
            for email in kickoff.attendees.values_list("person__email", flat=True)
        )
    ]
    start = Barrier(2)

    def run(_):
        try:
            start.wait(timeout=10)
            return actions.import_packets(kickoff=kickoff, rows=rows, by=None, at=MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(run, range(2)))

    assert sorted((one.created, one.unchanged) for one in done) == [(0, 20), (20, 0)]
    assert PacketVersion.objects.count() == 20
