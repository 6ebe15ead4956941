"""Packets on their way in, for the tests: Monday they are imported, Tuesday something follows."""

from datetime import UTC, datetime

from events.packets import actions, queries
from events.packets.rules.rows import PacketRow
from events.tests.factories import AttendeeFactory, packet_content

MONDAY = datetime(2027, 1, 11, 9, tzinfo=UTC)
TUESDAY = datetime(2027, 1, 12, 9, tzinfo=UTC)


def roster_of(kickoff, *people):
    for person in people:
        AttendeeFactory(kickoff=kickoff, person=person)
    return queries.roster(kickoff)


def row_for(roster, person, **changes):
    rep = roster.find(person.email)
    return PacketRow(rep, packet_content(identity=rep.identity, **changes))


def import_one(kickoff, rep, at=MONDAY, **changes):
    row = row_for(queries.roster(kickoff), rep, **changes)
    return actions.import_packets(kickoff=kickoff, rows=[row], by=None, at=at)
