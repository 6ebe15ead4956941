"""What must never be in the database, and what a release freezes; keys."""

from dataclasses import replace

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from events.packets.delivery import actions
from events.packets.delivery.models import Frozen, PacketRound, PacketVersion, Receipt
from events.sealing.checks import check_keys
from events.sealing.rules import Unreadable
from events.tests.factories import (
    PacketFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.packets.delivery.importing import MONDAY, import_one
from people.tests.passages import behind_our_back

pytestmark = pytest.mark.django_db
State = PacketVersion.State


def test_a_released_version_refuses_every_change_of_what_it_says(released):
    version = PacketVersion.objects.get(pk=released.pk)

    with pytest.raises(Frozen):
        version.write(packet_content(quota="1"))
    version.currency = "USD"
    with pytest.raises(Frozen):
        version.save()
    with pytest.raises(Frozen):
        version.delete()
    with pytest.raises(Frozen):
        PacketVersion.objects.all().delete()
    for field in ("currency", "content_hash", "number", "packet"):
        with pytest.raises(Frozen):
            PacketVersion.objects.update(**{field: 1})
    with pytest.raises(Frozen):
        PacketVersion.objects.bulk_update([version], ["currency"])
    assert PacketVersion.objects.get().read().quota.amount == 900000


@pytest.mark.parametrize(
    "change",
    [
        "number = 7",
        "currency = 'USD'",
        "content_hash = 'x'",
        "effective_to = '2030-01-01'",
        "released_at = '2027-01-01 00:00:00+00'",
        "packet_id = packet_id + 1",
    ],
)
def test_the_database_itself_refuses_to_change_a_released_version(released, change):
    with (
        pytest.raises(IntegrityError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE events_packetversion SET {change}")  # noqa: S608


def test_the_database_lets_a_released_version_move_on(released):
    PacketVersion.objects.update(state=State.EXPIRED)

    assert PacketVersion.objects.get().state == State.EXPIRED


def test_content_that_was_exchanged_behind_our_back_is_not_read(released):
    forged = PacketVersion(packet=released.packet, number=9)
    forged.write(packet_content(quota="5000000"))
    with behind_our_back():
        PacketVersion.objects.update(sealed=forged.sealed)

    with pytest.raises(Unreadable, match="not what was sealed"):
        PacketVersion.objects.get().read()


def test_a_signed_receipt_never_changes(rep, released):
    receipt = actions.sign_receipt(
        version_id=released.pk, by=rep, typed_name="Aïcha Benyahia", at=MONDAY
    )
    receipt.typed_name = "Somebody else"

    for attack in (
        receipt.save,
        receipt.delete,
        lambda: Receipt.objects.update(typed_name="Somebody else"),
        lambda: Receipt.objects.bulk_update([receipt], ["typed_name"]),
        Receipt.objects.all().delete,
    ):
        with pytest.raises(Frozen):
            attack()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("one_draft", lambda v: PacketVersionFactory(packet=v.packet, number=2, state="DRAFT")),
        ("one_draft", lambda v: PacketVersionFactory(packet=v.packet, number=2, state="APPROVED")),
        ("one_per_number", lambda v: PacketVersionFactory(packet=v.packet, state="SUPERSEDED")),
        ("numbers_from_one", lambda v: PacketVersionFactory(number=0)),
        ("release_has_time", lambda v: PacketVersionFactory(released_at=None)),
        ("view_has_time", lambda v: PacketVersionFactory(state="VIEWED", viewed_at=None)),
        ("receipt_has_time", lambda v: PacketVersionFactory(state="RECEIVED", received_at=None)),
        ("one_per_rep", lambda v: PacketFactory(kickoff=v.packet.kickoff, rep=v.packet.rep)),
    ],
)
def test_what_must_never_be_stored_is_not(name, make):
    draft = PacketVersionFactory(state="DRAFT")

    with pytest.raises(IntegrityError), transaction.atomic():
        make(draft)


def test_a_packet_has_one_version_that_stands():
    in_force = PacketVersionFactory(state="RECEIVED")

    with pytest.raises(IntegrityError), transaction.atomic():
        PacketVersionFactory(packet=in_force.packet, number=2, state="RELEASED")


def test_a_plan_ends_after_it_starts():
    content = packet_content()
    backwards = replace(content, effective_to=content.effective_from.replace(year=2020))

    with pytest.raises(IntegrityError), transaction.atomic():
        PacketVersionFactory(content=backwards)


def test_a_receipt_has_one_version_and_a_name(rep, released):
    fields = {"person": rep, "content_hash": "x", "signed_at": MONDAY}
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.create(version=released, typed_name="", **fields)
    Receipt.objects.create(version=released, typed_name="A", **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.create(version=released, typed_name="B", **fields)


def test_rotating_the_key_seals_everything_anew_and_changes_nothing(
    settings, rep, released, capsys
):
    old = settings.PACKET_KEYS
    new = Fernet.generate_key().decode()
    before = PacketVersion.objects.get()
    settings.PACKET_KEYS = [new, *old]

    call_command("rotate_packet_key")

    settings.PACKET_KEYS = [new]
    after = PacketVersion.objects.get()
    # The version, and the round that it was approved in
    assert capsys.readouterr().out == "2 sealed values are sealed with the first key.\n"
    assert after.sealed != before.sealed
    assert PacketRound.objects.get().read().rows[0].quota == 900000
    assert after.content_hash == before.content_hash
    assert after.read().quota.amount == 900000


def test_rotating_without_the_old_key_is_refused_and_changes_nothing(settings, released):
    settings.PACKET_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(CommandError, match="Keep every old key"):
        call_command("rotate_packet_key")

    assert PacketVersion.objects.get().sealed == released.sealed


def test_one_value_that_no_key_opens_holds_up_no_other(settings, kickoff, released):
    broken = PacketVersionFactory(packet__kickoff=kickoff, state="DRAFT")
    PacketVersion.objects.filter(pk=broken.pk).update(sealed="nonsense")
    later = PacketVersionFactory(packet__kickoff=kickoff, state="DRAFT")
    new = Fernet.generate_key().decode()
    settings.PACKET_KEYS = [new, *settings.PACKET_KEYS]

    with pytest.raises(CommandError, match=rf"1 values \(events.PacketVersion #{broken.pk} sealed"):
        call_command("rotate_packet_key")

    settings.PACKET_KEYS = [new]
    for version in (released, later):
        version.refresh_from_db()
        version.read()


def test_nothing_starts_without_keys(settings):
    settings.PACKET_KEYS = []

    assert [problem.id for problem in check_keys(None)] == ["packets.E001"]


def test_no_figure_lies_open_in_the_tables(kickoff, rep):
    import_one(kickoff, rep, quota="917342")

    row = PacketVersion.objects.values().get()
    assert not any("917342" in str(value) for value in row.values())
