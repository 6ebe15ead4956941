"""Questions, wishes and review times for the tests, made by the actions. The kickoff is in Lisbon."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from events.packets.inquiries import actions
from events.packets.inquiries.models import ReviewSlot
from events.packets.inquiries.rules.slots import Span
from events.tests.factories import PacketFactory, PacketVersionFactory, packet_content

MONDAY = datetime(2027, 1, 11, 9, tzinfo=UTC)  # three weeks before the event
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
THURSDAY = MONDAY + timedelta(days=3)
FIRST_DAY = datetime(2027, 2, 2, 13, tzinfo=UTC)  # of the event
SECRET = "My commission of 48,211 on Zanzibar Freight is missing"
ANSWER = "Zanzibar Freight was split, so 19,377 went to your colleague"


def released(world, role, **changes):
    """A released version of a packet; the version."""
    packet = PacketFactory(kickoff=world.kickoff, rep=world[role])
    fields = {name: changes.pop(name) for name in ("number", "state") if name in changes}
    return PacketVersionFactory(
        packet=packet, released_by=world["revops"], content=packet_content(**changes), **fields
    )


def asked(world, role="rep", kind="CALCULATION", text=SECRET, at=MONDAY):
    """A question of somebody who has a packet."""
    return actions.ask_question(
        version_id=world.things[role].pk, kind=kind, text=text, by=world[role], at=at
    )


def answered(world, inquiry, by="revops", text=ANSWER, at=TUESDAY):
    """The answer to a question."""
    return actions.answer_inquiry(inquiry_id=inquiry.pk, text=text, by=world[by], at=at)


def wished(world, role="rep", amount="777123", at=MONDAY):
    return actions.make_wish(
        version_id=world.things[role].pk,
        amount=Decimal(amount),
        reason="Zanzibar Freight has left",
        by=world[role],
        at=at,
    )


def offered(world, role="manager", count=2, at=MONDAY, starts_at=FIRST_DAY, minutes=20):
    """Times that a manager offers, one after the other."""
    length = timedelta(minutes=minutes)
    spans = [Span(starts_at + length * n, starts_at + length * (n + 1)) for n in range(count)]
    return actions.offer_slots(
        kickoff=world.kickoff, spans=spans, place="Table 4", by=world[role], at=at
    )


def slots_of(world):
    return list(ReviewSlot.objects.filter(kickoff=world.kickoff).order_by("starts_at"))
