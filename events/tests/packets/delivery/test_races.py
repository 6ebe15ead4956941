"""Two of RevOps at once; real row locks, so on PostgreSQL."""

from datetime import UTC, datetime

import pytest

from core.tests.races import at_once
from events.packets.delivery import actions, queries
from events.packets.delivery.models import PacketVersion
from events.packets.delivery.rules.rows import PacketRow
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
            roster.only(email)
            for email in kickoff.attendees.values_list("person__email", flat=True)
        )
    ]

    done = at_once(
        lambda: actions.import_packets(kickoff=kickoff, rows=rows, by=None, at=MONDAY), times=2
    )

    assert sorted((one.created, one.unchanged) for one in done) == [(0, 20), (20, 0)]
    assert PacketVersion.objects.count() == 20
