"""Drafts, approval, release, reading, receipts; what must never be in the database."""

from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from events.kickoff.models import Kickoff
from events.packets import actions, queries
from events.packets.models import Frozen, Packet, PacketVersion, Receipt
from events.packets.rules.content import Territory
from events.packets.rules.rows import PacketRow
from events.packets.rules.sealing import Unreadable, check_keys
from events.tests.factories import (
    AttendeeFactory,
    KickoffFactory,
    PacketFactory,
    PacketVersionFactory,
    packet_content,
)
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import PersonFactory, RevOpsFactory

pytestmark = pytest.mark.django_db
State = PacketVersion.State
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


@pytest.fixture
def kickoff():
    return KickoffFactory()


@pytest.fixture
def rep(kickoff):
    person = PersonFactory(full_name="Aïcha Benyahia")
    AttendeeFactory(kickoff=kickoff, person=person)
    return person


@pytest.fixture
def released(kickoff, rep):
    """Version 1, released on Monday."""
    import_one(kickoff, rep)
    revops = RevOpsFactory()
    actions.approve_packets(kickoff=kickoff, by=revops, at=MONDAY)
    actions.release_packets(kickoff=kickoff, by=revops, at=MONDAY)
    return PacketVersion.objects.get()


def test_a_new_row_becomes_a_draft_and_the_same_row_again_changes_nothing(kickoff, rep):
    first = import_one(kickoff, rep)
    again = import_one(kickoff, rep, at=TUESDAY)

    version = PacketVersion.objects.get()
    assert (first.created, again.unchanged, again.changed) == (1, 1, 0)
    assert (version.state, version.number, version.drafted_at) == (State.DRAFT, 1, MONDAY)
    assert version.read() == packet_content(identity=version.read().identity)


def test_a_changed_row_replaces_the_draft_and_takes_its_approval_back(kickoff, rep):
    import_one(kickoff, rep)
    actions.approve_packets(kickoff=kickoff, by=RevOpsFactory(), at=MONDAY)

    done = import_one(kickoff, rep, quota="950000")

    version = PacketVersion.objects.get()
    assert done.revised == 1
    assert (version.state, version.approved_at, version.number) == (State.DRAFT, None, 1)
    assert version.read().quota.amount == 950000


def test_a_change_to_what_was_released_makes_the_next_version(kickoff, rep, released):
    done = import_one(kickoff, rep, quota="950000")

    assert done.superseding == 1
    assert [(v.number, v.state) for v in PacketVersion.objects.all()] == [
        (1, State.RELEASED),
        (2, State.DRAFT),
    ]


def test_going_back_to_what_was_released_takes_the_draft_back(kickoff, rep, released):
    import_one(kickoff, rep, quota="950000")

    done = import_one(kickoff, rep)

    assert done.withdrawn == 1
    assert PacketVersion.objects.get() == released


def test_planning_an_import_counts_what_it_would_do_and_writes_nothing(kickoff, rep, released):
    row = row_for(queries.roster(kickoff), rep, quota="950000")

    plan = actions.plan_import(kickoff=kickoff, rows=[row])

    assert plan.superseding == 1
    assert PacketVersion.objects.count() == 1


def test_an_import_reads_the_database_the_same_number_of_times_for_any_number_of_rows(
    kickoff, django_assert_max_num_queries
):
    people = PersonFactory.create_batch(6)
    roster = roster_of(kickoff, *people)
    rows = [row_for(roster, person) for person in people]
    with django_assert_max_num_queries(8):
        actions.import_packets(kickoff=kickoff, rows=rows, by=None, at=MONDAY)


def test_a_draft_without_territory_is_not_approved(kickoff, rep):
    import_one(kickoff, rep, territory=Territory())

    approved = actions.approve_packets(kickoff=kickoff, by=RevOpsFactory(), at=MONDAY)

    assert (approved.count, approved.without_territory) == (0, ["Aïcha Benyahia"])


def test_releasing_gives_each_rep_one_notice_without_figures(kickoff, rep, released):
    message = Message.objects.get()

    assert (released.state, released.released_at) == (State.RELEASED, MONDAY)
    assert message.person == rep
    assert f"/k/{kickoff.slug}/packets/mine/" in message.body
    assert not any(figure in message.body for figure in ("900", "84", "56"))


def test_releasing_twice_releases_once(kickoff, rep, released):
    again = actions.release_packets(kickoff=kickoff, by=RevOpsFactory(), at=TUESDAY)

    released.refresh_from_db()
    assert again == 0
    assert released.released_at == MONDAY
    assert Message.objects.count() == 1


def test_a_draft_that_nobody_approved_is_not_released(kickoff, rep):
    import_one(kickoff, rep)

    assert actions.release_packets(kickoff=kickoff, by=RevOpsFactory(), at=MONDAY) == 0
    assert PacketVersion.objects.get().state == State.DRAFT


def test_nothing_is_released_while_the_kickoff_is_a_draft(rep):
    kickoff = KickoffFactory(status=Kickoff.Status.DRAFT)

    with pytest.raises(actions.PacketRefused, match="still a draft"):
        actions.release_packets(kickoff=kickoff, by=RevOpsFactory(), at=MONDAY)


def test_a_new_version_supersedes_the_one_before_which_keeps_its_receipt(kickoff, rep, released):
    actions.sign_receipt(version_id=released.pk, by=rep, typed_name="Aicha Benyahia", at=TUESDAY)
    import_one(kickoff, rep, quota="950000")
    revops = RevOpsFactory()
    actions.approve_packets(kickoff=kickoff, by=revops, at=TUESDAY)
    actions.release_packets(kickoff=kickoff, by=revops, at=TUESDAY)

    old, new = PacketVersion.objects.order_by("number")
    assert (old.state, old.superseded_at, old.is_signed) == (State.SUPERSEDED, TUESDAY, True)
    assert (new.state, new.is_signed) == (State.RELEASED, False)
    assert Receipt.objects.get().version == old
    assert queries.my_packet_state(rep, kickoff).number == 2
    assert Message.objects.filter(subject="Your FY28 packet has changed").count() == 1


def test_only_chosen_packets_are_approved_and_released(kickoff, rep):
    other = PersonFactory()
    AttendeeFactory(kickoff=kickoff, person=other)
    for person in (rep, other):
        import_one(kickoff, person)
    chosen = [Packet.objects.get(rep=rep).pk]
    revops = RevOpsFactory()

    actions.approve_packets(kickoff=kickoff, by=revops, at=MONDAY, packet_ids=chosen)
    actions.release_packets(kickoff=kickoff, by=revops, at=MONDAY, packet_ids=chosen)

    assert PacketVersion.objects.released().get().packet.rep == rep


def test_the_reps_first_look_is_recorded_once(rep, released):
    version = queries.standing_version(released.packet)
    for at in (MONDAY, TUESDAY):
        actions.record_reading(version=version, by=rep, at=at)

    released.refresh_from_db()
    assert (released.state, released.viewed_at) == (State.VIEWED, MONDAY)
    assert Entry.objects.filter(verb="packet.viewed").count() == 1


def test_each_look_of_somebody_else_is_in_the_audit_trail_and_leaves_the_state(rep, released):
    manager = PersonFactory(full_name="Søren Lindqvist")
    version = queries.standing_version(released.packet)
    for at in (MONDAY, TUESDAY):
        actions.record_reading(version=version, by=manager, at=at)

    released.refresh_from_db()
    (opening,) = queries.openings(released.packet)
    assert released.state == State.RELEASED
    assert (opening.person, opening.times, opening.last_at) == (manager, 2, TUESDAY)


def test_a_receipt_binds_hash_version_name_and_time(rep, released):
    receipt = actions.sign_receipt(
        version_id=released.pk, by=rep, typed_name="  aicha   BENYAHIA ", at=TUESDAY
    )

    released.refresh_from_db()
    assert (receipt.content_hash, receipt.signed_at) == (released.content_hash, TUESDAY)
    assert (receipt.version, receipt.person) == (released, rep)
    assert receipt.typed_name == "aicha BENYAHIA"
    assert (released.state, released.received_at) == (State.RECEIVED, TUESDAY)
    assert released.viewed_at == TUESDAY
    assert Message.objects.filter(key=f"packet-received:{released.pk}").count() == 1


def test_signing_twice_leaves_one_receipt(rep, released):
    receipts = [
        actions.sign_receipt(version_id=released.pk, by=rep, typed_name="Aïcha Benyahia", at=at)
        for at in (MONDAY, TUESDAY)
    ]

    assert receipts[0] == receipts[1] == Receipt.objects.get()
    assert receipts[0].signed_at == MONDAY


def test_another_name_is_refused(rep, released):
    with pytest.raises(actions.PacketRefused, match="Aïcha Benyahia"):
        actions.sign_receipt(version_id=released.pk, by=rep, typed_name="Thabo", at=MONDAY)

    assert not Receipt.objects.exists()


def test_nobody_signs_for_somebody_else(released):
    with pytest.raises(actions.PacketRefused, match="Only the rep"):
        actions.sign_receipt(
            version_id=released.pk, by=RevOpsFactory(), typed_name="Aïcha Benyahia", at=MONDAY
        )


@pytest.mark.parametrize(
    ("state", "says"), [("SUPERSEDED", "replaced"), ("DRAFT", "cannot be signed")]
)
def test_what_does_not_stand_is_not_signed(rep, state, says):
    version = PacketVersionFactory(packet__rep=rep, state=state)

    with pytest.raises(actions.PacketRefused, match=says):
        actions.sign_receipt(version_id=version.pk, by=rep, typed_name="Aïcha Benyahia", at=MONDAY)


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
    PacketVersion.objects.update(sealed=forged.sealed)

    with pytest.raises(Unreadable, match="not what was sealed"):
        PacketVersion.objects.get().read()


def test_a_signed_receipt_never_changes(rep, released):
    receipt = actions.sign_receipt(
        version_id=released.pk, by=rep, typed_name="Aïcha Benyahia", at=MONDAY
    )
    receipt.typed_name = "Somebody else"

    with pytest.raises(Frozen):
        receipt.save()


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
    standing = PacketVersionFactory(state="RECEIVED")

    with pytest.raises(IntegrityError), transaction.atomic():
        PacketVersionFactory(packet=standing.packet, number=2, state="RELEASED")


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
    assert capsys.readouterr().out == "1 versions are sealed with the first key.\n"
    assert after.sealed != before.sealed
    assert after.content_hash == before.content_hash
    assert after.read().quota.amount == 900000


def test_rotating_without_the_old_key_is_refused_and_changes_nothing(settings, released):
    settings.PACKET_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(CommandError, match="Keep every old key"):
        call_command("rotate_packet_key")

    assert PacketVersion.objects.get().sealed == released.sealed


def test_nothing_starts_without_keys(settings):
    settings.PACKET_KEYS = []

    assert [problem.id for problem in check_keys(None)] == ["packets.E001"]


def test_no_figure_lies_open_in_the_tables(kickoff, rep):
    import_one(kickoff, rep, quota="917342")

    row = PacketVersion.objects.values().get()
    assert not any("917342" in str(value) for value in row.values())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_signatures_at_once_leave_one_receipt():
    rep = PersonFactory(full_name="Aïcha Benyahia")
    version = PacketVersionFactory(packet__rep=rep)
    start, found = Barrier(2), []

    def sign():
        try:
            start.wait()
            found.append(
                actions.sign_receipt(
                    version_id=version.pk, by=rep, typed_name="Aïcha Benyahia", at=MONDAY
                )
            )
        finally:
            connection.close()

    threads = [Thread(target=sign) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [Receipt.objects.get()] * 2
