"""Two people at once at approval, embargo, receipt and recall; real row locks, so on PostgreSQL."""

from functools import partial

import pytest

from core.tests import races
from events.packets.delivery import actions
from events.packets.delivery.models import (
    EmployerSignature,
    PacketAnswer,
    PacketApproval,
    PacketRelease,
    PacketRound,
    PacketVersion,
    Receipt,
)
from events.tests.factories import (
    AttendeeFactory,
    KickoffFactory,
    PacketReleaseFactory,
    PacketVersionFactory,
)
from events.tests.packets.delivery.importing import (
    MONDAY,
    TUESDAY,
    approvers_of,
    import_one,
    release_all,
    roster_of,
    row_for,
)
from people.mail.models import Message
from people.tests.factories import PersonFactory, RevOpsFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
State = PacketVersion.State
NAME = "Aïcha Benyahia"
AGAIN = pytest.mark.parametrize("attempt", range(5))

at_once = partial(races.at_once, refusals=actions.PacketRefused)


def draft_on_roster(kickoff):
    version = PacketVersionFactory(packet__kickoff=kickoff, state="DRAFT")
    AttendeeFactory(kickoff=kickoff, person=version.packet.rep)


def rep_with(**fields):
    rep = PersonFactory(full_name=NAME)
    kickoff = KickoffFactory()
    AttendeeFactory(kickoff=kickoff, person=rep)
    return PacketVersionFactory(packet__kickoff=kickoff, packet__rep=rep, **fields)


def sign(version):
    rep = version.packet.rep
    return lambda: actions.sign_receipt(version_id=version.pk, by=rep, typed_name=NAME, at=TUESDAY)


def recall(version):
    by = RevOpsFactory()
    return lambda: actions.recall_packet(version_id=version.pk, by=by, at=TUESDAY, reason="Wrong")


@AGAIN
def test_two_approvers_at_once_complete_the_approval(attempt):
    kickoff = KickoffFactory()
    for _ in range(8):
        draft_on_roster(kickoff)
    finance, sales = approvers_of(kickoff)
    actions.submit_packets(kickoff=kickoff, by=RevOpsFactory(), at=MONDAY)

    done = at_once(
        *(
            lambda by=by: actions.approve_packets(
                kickoff=kickoff, by=by, typed_name=by.full_name, at=MONDAY
            )
            for by in (finance, sales)
        )
    )

    assert sorted(one.complete for one in done) == [0, 8]
    assert PacketVersion.objects.filter(state=State.APPROVED).count() == 8
    assert PacketApproval.objects.count() == 16


@AGAIN
def test_one_approver_twice_at_once_approves_once(attempt):
    kickoff = KickoffFactory()
    draft_on_roster(kickoff)
    finance, _sales = approvers_of(kickoff)
    actions.submit_packets(kickoff=kickoff, by=RevOpsFactory(), at=MONDAY)

    done = at_once(
        lambda: actions.approve_packets(
            kickoff=kickoff, by=finance, typed_name=finance.full_name, at=MONDAY
        ),
        times=2,
    )

    assert sorted(one.count for one in done) == [0, 1]


@AGAIN
def test_a_draft_that_changes_while_it_is_approved_is_not_approved_as_it_was(attempt):
    kickoff = KickoffFactory()
    rep = PersonFactory(full_name=NAME)
    AttendeeFactory(kickoff=kickoff, person=rep)
    import_one(kickoff, rep)
    finance, sales = approvers_of(kickoff)
    actions.submit_packets(kickoff=kickoff, by=RevOpsFactory(), at=MONDAY)
    actions.approve_packets(kickoff=kickoff, by=finance, typed_name=finance.full_name, at=MONDAY)

    at_once(
        lambda: actions.approve_packets(
            kickoff=kickoff, by=sales, typed_name=sales.full_name, at=TUESDAY
        ),
        lambda: import_one(kickoff, rep, at=TUESDAY, quota="950000"),
    )

    version = PacketVersion.objects.get()
    assert (version.state, version.submitted_at) == (State.DRAFT, None)
    assert not PacketApproval.objects.live().exists()


@AGAIN
def test_an_embargo_lifted_by_two_at_once_goes_out_once(attempt):
    held = PacketReleaseFactory(due_at=MONDAY)
    for _ in range(4):
        PacketVersionFactory(packet__kickoff=held.kickoff, state="APPROVED", release=held)
    by = RevOpsFactory()

    done = at_once(
        lambda: actions.lift_due(at=TUESDAY),
        lambda: actions.lift_due(at=TUESDAY),
        lambda: actions.lift_release(release_id=held.pk, by=by, at=TUESDAY),
    )

    by_hand = done[2].count if done[2] else 0
    assert sorted([done[0], done[1], by_hand]) == [0, 0, 4]
    assert Message.objects.filter(key__startswith="packet-released").count() == 4


@AGAIN
def test_an_embargo_lifted_and_cancelled_at_once_does_one_of_both(attempt):
    held = PacketReleaseFactory(due_at=MONDAY)
    version = PacketVersionFactory(packet__kickoff=held.kickoff, state="APPROVED", release=held)
    by = RevOpsFactory()

    at_once(
        lambda: actions.lift_release(release_id=held.pk, by=by, at=TUESDAY),
        lambda: actions.cancel_release(release_id=held.pk, by=by, at=TUESDAY),
    )

    held, version = PacketRelease.objects.get(), PacketVersion.objects.get(pk=version.pk)
    lifted = held.lifted_at is not None
    assert lifted != (held.cancelled_at is not None)
    assert (version.state == State.RELEASED) == lifted
    assert (version.release == held) == lifted


@AGAIN
def test_two_who_release_at_once_sign_each_packet_once(attempt):
    kickoff = KickoffFactory()
    for _ in range(4):
        PacketVersionFactory(packet__kickoff=kickoff, state="APPROVED")
    people = [RevOpsFactory(), RevOpsFactory()]

    done = at_once(*(lambda by=by: release_all(kickoff, by=by) for by in people))

    assert sorted(one.count for one in done) == [0, 4]
    assert EmployerSignature.objects.count() == 4


@AGAIN
def test_a_receipt_signed_while_the_version_is_replaced_is_kept_or_refused(attempt):
    version = rep_with()
    PacketVersionFactory(packet=version.packet, number=2, state="APPROVED")

    signed, _released = at_once(sign(version), lambda: release_all(version.packet.kickoff))

    version.refresh_from_db()
    assert version.state == State.SUPERSEDED
    assert isinstance(signed, Receipt) == Receipt.objects.filter(version=version).exists()
    assert (version.received_at is not None) == isinstance(signed, Receipt)


@AGAIN
def test_a_receipt_signed_while_the_version_is_taken_back_is_kept_or_refused(attempt):
    version = rep_with()

    signed, _recall = at_once(sign(version), recall(version))

    version.refresh_from_db()
    assert version.state == State.RECALLED
    assert isinstance(signed, Receipt) == Receipt.objects.exists()
    assert (version.received_at is not None) == isinstance(signed, Receipt)


@AGAIN
def test_a_version_accepted_while_it_is_taken_back_stays_taken_back(attempt):
    version = rep_with(state="RECEIVED")
    rep = version.packet.rep

    accepted, _recall = at_once(
        lambda: actions.accept_packet(version_id=version.pk, by=rep, typed_name=NAME, at=TUESDAY),
        recall(version),
    )

    version.refresh_from_db()
    assert version.state == State.RECALLED
    assert isinstance(accepted, PacketAnswer) == PacketAnswer.objects.exists()


@AGAIN
def test_accepting_twice_at_once_leaves_one_acceptance(attempt):
    version = rep_with(state="RECEIVED")
    rep = version.packet.rep

    done = at_once(
        lambda: actions.accept_packet(version_id=version.pk, by=rep, typed_name=NAME, at=TUESDAY),
        times=2,
    )

    assert done == [PacketAnswer.objects.get()] * 2


@AGAIN
def test_accepting_and_declining_at_once_leaves_the_state_of_the_last(attempt):
    version = rep_with(state="RECEIVED")
    given = {"version_id": version.pk, "by": version.packet.rep, "typed_name": NAME}

    at_once(
        lambda: actions.accept_packet(**given, at=TUESDAY),
        lambda: actions.decline_packet(**given, reason="Too high", at=MONDAY),
    )

    version.refresh_from_db()
    assert version.state == State.ACCEPTED
    assert PacketAnswer.objects.filter(kind="ACCEPTED").count() == 1


@AGAIN
def test_a_recall_and_the_next_release_at_once_leave_one_version_in_force(attempt):
    version = rep_with(state="SUPERSEDED")
    packet = version.packet
    second = PacketVersionFactory(packet=packet, number=2)
    PacketVersionFactory(packet=packet, number=3, state="APPROVED")

    at_once(recall(second), lambda: release_all(packet.kickoff))

    in_force = PacketVersion.objects.in_force().get(packet=packet)
    assert in_force.number == 3


@AGAIN
def test_a_receipt_signed_and_recorded_at_once_is_one(attempt):
    version = rep_with()
    by = RevOpsFactory()

    at_once(
        sign(version),
        lambda: actions.record_receipt(
            version_id=version.pk, by=by, at=TUESDAY, means="PAPER",
            given_date=MONDAY.date(), typed_name=NAME, reason="x", evidence="y",
        ),
    )  # fmt: skip

    assert Receipt.objects.filter(version=version).count() == 1


def team_of(count):
    kickoff = KickoffFactory()
    approvers_of(kickoff)
    people = [PersonFactory() for _ in range(count)]
    roster = roster_of(kickoff, *people)
    rows = [row_for(roster, person) for person in people]
    actions.import_packets(kickoff=kickoff, rows=rows, by=None, at=MONDAY)
    return kickoff


@AGAIN
def test_drafts_sent_by_two_at_once_are_one_round(attempt):
    kickoff = team_of(5)
    by = [RevOpsFactory(), RevOpsFactory()]

    at_once(*(partial(actions.submit_packets, kickoff=kickoff, by=one, at=MONDAY) for one in by))

    assert PacketRound.objects.get().versions.count() == 5


@AGAIN
def test_a_look_while_a_round_is_exchanged_is_shown_one_of_the_two_at_most(attempt):
    kickoff, by = team_of(6), RevOpsFactory()
    ids = list(PacketVersion.objects.order_by("pk").values_list("packet_id", flat=True))
    actions.submit_packets(kickoff=kickoff, by=by, at=MONDAY, packet_ids=ids[:5])
    first = PacketRound.objects.select_related("kickoff").get()

    def exchange():
        actions.take_back_round(kickoff=kickoff, by=by, at=TUESDAY)
        actions.submit_packets(kickoff=kickoff, by=by, at=TUESDAY)

    at_once(lambda: actions.show_round(sent=first, at=TUESDAY), exchange)

    first.refresh_from_db()
    second = PacketRound.objects.get(number=2)
    assert bool(second.read().shown) == (first.shown_at is None)
