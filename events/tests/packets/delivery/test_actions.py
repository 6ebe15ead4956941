"""Drafts, approval, release, reading, receipts."""

import pytest

from core.tests.races import at_once
from events.kickoff.models import Kickoff
from events.packets.delivery import actions, queries
from events.packets.delivery.models import Packet, PacketVersion, Receipt
from events.packets.territories.rules.territory import Territory
from events.tests.factories import (
    AttendeeFactory,
    KickoffFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.packets.delivery.importing import (
    MONDAY,
    TUESDAY,
    approve_all,
    approvers_of,
    import_one,
    release_all,
    roster_of,
    row_for,
)
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import PersonFactory, RevOpsFactory

pytestmark = pytest.mark.django_db
State = PacketVersion.State


def test_a_new_row_becomes_a_draft_and_the_same_row_again_changes_nothing(kickoff, rep):
    first = import_one(kickoff, rep)
    again = import_one(kickoff, rep, at=TUESDAY)

    version = PacketVersion.objects.get()
    assert (first.created, again.unchanged, again.changed) == (1, 1, 0)
    assert (version.state, version.number, version.drafted_at) == (State.DRAFT, 1, MONDAY)
    assert version.read() == packet_content(identity=version.read().identity)


def test_a_changed_row_replaces_the_draft_and_takes_its_approval_back(kickoff, rep):
    import_one(kickoff, rep)
    approve_all(kickoff)

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


def test_a_draft_without_territory_is_not_sent_to_approvers(kickoff, rep):
    import_one(kickoff, rep, territory=Territory())

    approvers_of(kickoff)
    sent = actions.submit_packets(kickoff=kickoff, by=RevOpsFactory(), at=MONDAY)

    assert (sent.count, sent.without_territory) == (0, ["Aïcha Benyahia"])


def test_releasing_gives_each_rep_one_notice_without_figures(kickoff, rep, released):
    message = Message.objects.get(key__startswith="packet-released")

    assert (released.state, released.released_at) == (State.RELEASED, MONDAY)
    assert message.person == rep
    assert f"/k/{kickoff.slug}/packets/mine/" in message.body
    figures = ("900,000", "900000", "84,000", "84000", "56,000", "56000")
    assert not any(figure in message.body for figure in figures)


def test_releasing_twice_releases_once(kickoff, rep, released):
    again = release_all(kickoff, at=TUESDAY)

    released.refresh_from_db()
    assert again.count == 0
    assert released.released_at == MONDAY
    assert Message.objects.filter(key__startswith="packet-released").count() == 1


def test_a_draft_that_nobody_approved_is_not_released(kickoff, rep):
    import_one(kickoff, rep)

    assert release_all(kickoff).count == 0
    assert PacketVersion.objects.get().state == State.DRAFT


def test_nothing_is_released_while_the_kickoff_is_a_draft(rep):
    kickoff = KickoffFactory(status=Kickoff.Status.DRAFT)

    with pytest.raises(actions.PacketRefused, match="still a draft"):
        release_all(kickoff)


def test_a_new_version_supersedes_the_one_before_which_keeps_its_receipt(kickoff, rep, released):
    actions.sign_receipt(version_id=released.pk, by=rep, typed_name="Aicha Benyahia", at=TUESDAY)
    import_one(kickoff, rep, quota="950000")
    approve_all(kickoff, at=TUESDAY)
    release_all(kickoff, at=TUESDAY)

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

    approve_all(kickoff, packet_ids=chosen)
    release_all(kickoff, packet_ids=chosen)

    assert PacketVersion.objects.released().get().packet.rep == rep


def test_the_reps_first_look_is_recorded_once(rep, released):
    version = queries.version_in_force(released.packet)
    for at in (MONDAY, TUESDAY):
        actions.record_reading(version=version, by=rep, at=at)

    released.refresh_from_db()
    assert (released.state, released.viewed_at) == (State.VIEWED, MONDAY)
    assert Entry.objects.filter(verb="packet.viewed").count() == 1


def test_each_look_of_somebody_else_is_in_the_audit_trail_and_leaves_the_state(rep, released):
    manager = PersonFactory(full_name="Søren Lindqvist")
    version = queries.version_in_force(released.packet)
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


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_signatures_at_once_leave_one_receipt():
    rep = PersonFactory(full_name="Aïcha Benyahia")
    version = PacketVersionFactory(packet__rep=rep)

    done = at_once(
        lambda: actions.sign_receipt(
            version_id=version.pk, by=rep, typed_name="Aïcha Benyahia", at=MONDAY
        ),
        times=2,
    )

    assert done == [Receipt.objects.get()] * 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_releases_at_once_release_each_packet_once():
    by = RevOpsFactory()
    kickoff = KickoffFactory()
    for _ in range(3):
        PacketVersionFactory(packet__kickoff=kickoff, state="APPROVED")

    done = at_once(lambda: release_all(kickoff, by=by), times=2)

    assert sorted(one.count for one in done) == [0, 3]
    assert Message.objects.count() == 3
