"""Accepting, declining, receipts recorded by somebody else."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from events.packets.delivery import actions, queries
from events.packets.delivery.models import PacketAnswer, PacketVersion, Receipt
from events.tests.factories import PacketVersionFactory
from events.tests.packets.delivery.answering import NAME, WHY, accept, decline, record, second, sign
from events.tests.packets.delivery.importing import MONDAY, TUESDAY
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import ExecutiveFactory, PersonFactory, RevOpsFactory, put_under

pytestmark = pytest.mark.django_db
State = PacketVersion.State

# Yes and no


def test_accepting_binds_hash_version_name_and_time(released):
    sign(released)

    answer = accept(released, typed_name=" aicha  benyahia ")

    released.refresh_from_db()
    assert released.state == State.ACCEPTED
    assert (answer.version, answer.content_hash) == (released, released.content_hash)
    assert (answer.typed_name, answer.at, answer.sealed_reason) == ("aicha benyahia", TUESDAY, "")
    assert Message.objects.filter(key=f"packet-accepted:{released.pk}").count() == 1


def test_accepting_twice_leaves_one_acceptance(released):
    sign(released)

    assert accept(released) == accept(released) == PacketAnswer.objects.get()


def test_nothing_is_answered_before_its_receipt(released):
    for answer in (accept, decline):
        with pytest.raises(actions.PacketRefused, match="Sign the receipt first"):
            answer(released)


def test_declining_keeps_the_reason_sealed_and_tells_revops_and_the_manager(released, rep):
    put_under(rep, PersonFactory())
    revops = RevOpsFactory()
    sign(released)

    answer = decline(released)

    released.refresh_from_db()
    assert released.state == State.DECLINED
    assert answer.reason() == WHY
    assert "900" not in answer.sealed_reason
    mails = Message.objects.filter(key__startswith="packet-declined")
    assert {rep.manager, revops} <= {mail.person for mail in mails}
    assert not any("900" in mail.body or "countries" in mail.body for mail in mails)
    assert not Entry.objects.filter(note__contains="countries").exists()


def test_a_manager_who_opens_no_packet_is_not_sent_to_one(released, rep):
    put_under(rep, ExecutiveFactory())
    sign(released)

    decline(released)

    assert not Message.objects.filter(person=rep.manager).exists()


def test_whoever_declined_may_accept_and_both_stay(released):
    sign(released)
    decline(released)

    accept(released, at=TUESDAY)

    released.refresh_from_db()
    assert released.state == State.ACCEPTED
    assert [answer.kind for answer in queries.answers_to(released)] == ["ACCEPTED", "DECLINED"]
    with pytest.raises(actions.PacketRefused, match="accepted this version already"):
        decline(released)


def test_declining_twice_is_refused(released):
    sign(released)
    decline(released)

    with pytest.raises(actions.PacketRefused, match="declined this version already"):
        decline(released)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"typed_name": "Somebody"}, NAME),
        ({"reason": " "}, "Say why"),
    ],
)
def test_a_decline_needs_the_name_and_a_reason(released, changes, says):
    sign(released)

    with pytest.raises(actions.PacketRefused, match=says):
        decline(released, **changes)

    assert not PacketAnswer.objects.exists()


def test_nobody_answers_for_somebody_else(released):
    sign(released)
    for answer in (accept, decline):
        with pytest.raises(actions.PacketRefused, match="Only the rep"):
            answer(released, by=RevOpsFactory())


def test_a_replaced_version_is_not_answered(kickoff, rep, released):
    sign(released)
    second(kickoff, rep)

    with pytest.raises(actions.PacketRefused, match="was replaced"):
        accept(released)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("has_a_name", {"typed_name": ""}),
        ("decline_has_reason", {"kind": "DECLINED"}),
        ("decline_has_reason", {"sealed_reason": "x"}),
        ("accepted_once", {}),
    ],
)
def test_what_must_never_be_stored_of_answers_is_not(released, rep, name, fields):
    given = {
        "version": released, "person": rep, "kind": "ACCEPTED", "typed_name": "A",
        "content_hash": "x", "at": MONDAY,
    }  # fmt: skip
    PacketAnswer.objects.create(**given)

    # SQLite names a CHECK, and of a UNIQUE only its columns
    said = name if name != "accepted_once" else "version_id|accepted_once"
    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        PacketAnswer.objects.create(**{**given, **fields})


# Receipts that were given otherwise


def test_a_recorded_receipt_counts_and_says_who_recorded_it(kickoff, released):
    receipt = record(released)

    released.refresh_from_db()
    assert released.state == State.RECEIVED
    assert receipt.is_recorded
    assert receipt.signed_at == datetime(2027, 1, 12, tzinfo=UTC)
    assert receipt.reason().startswith("No phone")
    assert receipt.evidence() == "Folder 12 in Lisbon"
    assert "900" not in receipt.sealed_reason
    entry = Entry.objects.get(verb="packet.receipt_recorded")
    assert (entry.subject, entry.actor) == (released.packet.rep, receipt.recorded_by)
    mail = Message.objects.get(key=f"packet-recorded:{released.pk}")
    assert mail.person == released.packet.rep
    assert "phone" not in mail.body
    assert accept(released).kind == "ACCEPTED"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reason": " "}, "Say why"),
        ({"evidence": ""}, "Say why"),
        ({"typed_name": ""}, "Say why"),
        ({"means": "MAGIC"}, "how the receipt was given"),
        ({"given_date": date(2027, 1, 10)}, "from the release"),
        ({"given_date": date(2027, 1, 13)}, "from the release"),
    ],
)
def test_a_record_is_refused_with_a_reason(released, changes, says):
    with pytest.raises(actions.PacketRefused, match=says):
        record(released, **changes)

    assert not Receipt.objects.exists()


def test_nobody_records_a_receipt_of_their_own(released, rep):
    with pytest.raises(actions.PacketRefused, match="of their own"):
        record(released, by=rep)


def test_what_was_signed_is_not_recorded_again(released):
    sign(released)

    with pytest.raises(actions.PacketRefused, match="given already"):
        record(released)


def test_a_draft_has_no_receipt_to_record(rep):
    with pytest.raises(actions.PacketRefused, match="cannot be signed"):
        record(PacketVersionFactory(packet__rep=rep, state="DRAFT"))


def test_a_recorded_receipt_is_stored_with_reason_and_evidence(released, rep):
    given = {"version": released, "person": rep, "typed_name": "A", "content_hash": "x"}
    for wrong in ({"recorded_by": rep}, {"sealed_reason": "x"}, {"means": "PAPER"}):
        with pytest.raises(IntegrityError, match="recorded_with_reason"), transaction.atomic():
            Receipt.objects.create(**given, signed_at=MONDAY, **wrong)
