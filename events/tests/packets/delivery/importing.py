"""Packets on their way in, for the tests: Monday they are imported, Tuesday something follows."""

from datetime import UTC, datetime

from events.packets.delivery import actions, queries
from events.packets.delivery.models import ApproverKind, PacketApprover
from events.packets.delivery.rules.rows import PacketRow
from events.tests.factories import AttendeeFactory, packet_content
from people.tests.factories import PersonFactory, RevOpsFactory

MONDAY = datetime(2027, 1, 11, 9, tzinfo=UTC)
TUESDAY = datetime(2027, 1, 12, 9, tzinfo=UTC)


def roster_of(kickoff, *people):
    for person in people:
        AttendeeFactory(kickoff=kickoff, person=person)
    return queries.roster(kickoff)


def row_for(roster, person, **changes):
    rep = roster.only(person.email)
    return PacketRow(rep, packet_content(identity=rep.identity, **changes))


def import_one(kickoff, rep, at=MONDAY, **changes):
    row = row_for(queries.roster(kickoff), rep, **changes)
    return actions.import_packets(kickoff=kickoff, rows=[row], by=None, at=at)


def approvers_of(kickoff):
    """Somebody for finance and somebody for sales leadership, named by RevOps."""
    people = []
    for kind in ApproverKind.values:
        held = PacketApprover.objects.filter(kickoff=kickoff, kind=kind).first()
        if held is None:
            held = PacketApprover.objects.create(
                kickoff=kickoff,
                person=PersonFactory(),
                kind=kind,
                named_by=RevOpsFactory(),
                named_at=MONDAY,
            )
        people.append(held.person)
    return people


def approve_all(kickoff, at=MONDAY, packet_ids=None):
    """Every draft goes to finance and sales leadership, and both approve it; their last answer."""
    finance, sales = approvers_of(kickoff)
    only = {"packet_ids": packet_ids}
    actions.submit_packets(kickoff=kickoff, by=RevOpsFactory(), at=at, **only)
    actions.approve_packets(
        kickoff=kickoff, by=finance, typed_name=finance.full_name, at=at, **only
    )
    return actions.approve_packets(
        kickoff=kickoff, by=sales, typed_name=sales.full_name, at=at, **only
    )


def release_all(kickoff, at=MONDAY, by=None, **options):
    """RevOps signs for the company and releases what is approved."""
    by = by or RevOpsFactory()
    signed_as = actions.SignedAs(by.full_name, "Head of revenue operations")
    return actions.release_packets(kickoff=kickoff, by=by, at=at, signed_as=signed_as, **options)
