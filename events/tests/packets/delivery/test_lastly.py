"""One state and one last thing of a packet, the same wherever it is shown."""

from datetime import datetime, timedelta

import pytest

from events.packets.delivery.models import PacketAnswer, PacketApproval, PacketReturn, seal_text
from events.packets.delivery.queries import desk_rows, last_things
from events.tests.factories import PacketReleaseFactory, PacketVersionFactory
from events.tests.packets.delivery.pages import at, draft_of, signed_in, text_of

pytestmark = pytest.mark.django_db
DRAFTED = datetime.fromisoformat("2027-01-04T09:00Z")


def later(hours):
    return DRAFTED + timedelta(hours=hours)


def last_of(version):
    """What happened last, and whether the list is sorted by the same moment."""
    version.refresh_from_db()
    happened = last_things({version.pk: version})[version.pk]
    row = desk_rows(version.packet.kickoff).get(person=version.packet.rep)
    assert row.last_at == happened.at
    return happened.what


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": "DRAFT"}, "Draft"),
        ({"state": "DRAFT", "submitted_at": later(1)}, "With approvers"),
        ({"state": "APPROVED"}, "Approved"),
        ({"state": "APPROVED", "embargo": True}, "Under embargo"),
        ({"state": "RELEASED"}, "Not opened"),
    ],
)
def test_the_page_of_a_packet_says_the_state_that_the_desk_says(client, world, fields, said):
    if fields.pop("embargo", False):
        fields["release"] = PacketReleaseFactory(kickoff=world.kickoff)
    version = draft_of(world, **fields)
    signed_in(client, world, "revops")

    for page in (
        client.get(at(world, "desk"), {"q": version.packet.rep.email}),
        client.get(f"{at(world, 'desk')}{version.packet_id}/"),
    ):
        shown = text_of(page)
        assert f"{said}</span>" in shown or f"{said}\n" in shown


def test_an_answer_comes_after_the_receipt(world):
    version = draft_of(world, state="ACCEPTED", received_at=later(48))
    PacketAnswer.objects.create(
        version=version,
        person=version.packet.rep,
        kind="ACCEPTED",
        typed_name="Aïcha",
        content_hash=version.content_hash,
        at=later(50),
    )

    assert last_of(version) == "Accepted"


def test_a_draft_that_came_back_and_changed_was_drafted_last(world):
    version = draft_of(world, drafted_at=DRAFTED)
    back = PacketReturn.objects.create(
        kind="SALES", by=world["executive"], at=later(2), sealed_reason=seal_text("Too low.")
    )
    back.versions.set([version])
    assert last_of(version) == "Sent back: Sales leadership"

    type(version).objects.filter(pk=version.pk).update(drafted_at=later(3))

    assert last_of(version) == "Drafted"


def test_one_side_approves_after_it_was_sent(world):
    version = draft_of(world, drafted_at=DRAFTED, submitted_at=later(1))
    assert last_of(version) == "Sent for approval"
    PacketApproval.objects.create(
        version=version,
        kind="FINANCE",
        by=world["executive"],
        at=later(2),
        content_hash=version.content_hash,
    )

    assert last_of(version) == "Approved: Finance"


def test_a_receipt_given_elsewhere_does_not_hide_that_the_packet_was_opened_later(world):
    version = draft_of(world, state="RECEIVED", received_at=later(30), viewed_at=later(60))

    assert last_of(version) == "Opened"


def test_the_last_things_of_many_take_as_many_queries_as_of_one(world, django_assert_num_queries):
    versions = {one.pk: one for one in PacketVersionFactory.create_batch(7)}

    with django_assert_num_queries(1):
        last_things(versions)
