"""Versions that RevOps took back, or that have ended."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from events.packets.coverage.queries.counts import coverage_of
from events.packets.delivery import actions, queries
from events.packets.delivery.models import Frozen, PacketRecall, PacketVersion, Receipt
from events.tests.factories import PacketVersionFactory, packet_content
from events.tests.packets.delivery.answering import accept, decline, recall, record, second, sign
from events.tests.packets.delivery.importing import (
    MONDAY,
    TUESDAY,
    approve_all,
    import_one,
    release_all,
)
from people.mail.models import Message
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
State = PacketVersion.State


# Taken back


def test_a_recalled_version_gives_way_to_the_one_before_as_it_stood(kickoff, rep, released):
    sign(released)
    accept(released)
    version = second(kickoff, rep)
    sign(version, at=TUESDAY)

    done = recall(version)

    released.refresh_from_db()
    version.refresh_from_db()
    assert done.in_force == released
    assert (released.state, released.superseded_at) == (State.ACCEPTED, None)
    assert (version.state, version.recalled_at) == (State.RECALLED, TUESDAY)
    assert Receipt.objects.filter(version=version).exists()
    assert queries.my_packet_state(rep, kickoff).number == 1
    mail = Message.objects.get(key=f"packet-recalled:{version.pk}")
    assert "Version 1 is in force again" in mail.body
    assert "940" not in mail.body
    assert done.reason() == "It had 940,000 of somebody else"


@pytest.mark.parametrize("reached", ["RELEASED", "VIEWED", "RECEIVED", "DECLINED"])
def test_each_stand_of_the_version_before_comes_back(kickoff, rep, released, reached):
    if reached != "RELEASED":
        actions.record_reading(version=released, by=rep, at=MONDAY)
    if reached in ("RECEIVED", "DECLINED"):
        sign(released)
    if reached == "DECLINED":
        decline(released)

    recall(second(kickoff, rep))

    released.refresh_from_db()
    assert released.state == reached


def test_without_a_version_before_nothing_is_in_force(kickoff, rep, released):
    done = recall(released)

    assert done.in_force is None
    assert queries.my_packet_state(rep, kickoff) is None
    assert (
        "No version is in force" in Message.objects.get(key=f"packet-recalled:{released.pk}").body
    )
    assert queries.counts_by_state(kickoff, TUESDAY)[0] == {"RECALLED": 1}


def test_one_that_was_taken_back_is_passed_over(kickoff, rep, released):
    recall(second(kickoff, rep))
    import_one(kickoff, rep, quota="980000")
    approve_all(kickoff, at=TUESDAY)
    release_all(kickoff, at=TUESDAY)
    third = PacketVersion.objects.get(number=3)
    assert queries.version_before(third) == released

    assert recall(third).in_force == released


def test_what_does_not_stand_is_not_taken_back(kickoff, rep, released):
    second(kickoff, rep)

    with pytest.raises(actions.PacketRefused, match="that a rep holds"):
        recall(released)


def test_a_recall_needs_a_reason(released):
    with pytest.raises(actions.PacketRefused, match="Say why"):
        recall(released, reason=" ")

    assert not PacketRecall.objects.exists()


def test_what_was_taken_back_is_neither_signed_nor_answered(released):
    sign(released)
    recall(released)
    with pytest.raises(actions.PacketRefused, match="taken back"):
        accept(released)
    with pytest.raises(actions.PacketRefused, match="taken back"):
        record(PacketVersionFactory(state="RECALLED", released_at=MONDAY))


def test_the_next_version_after_a_recall_has_a_number_of_its_own(kickoff, rep, released):
    recall(released)

    done = import_one(kickoff, rep)

    assert done.superseding == 1
    assert PacketVersion.objects.get(state="DRAFT").number == 2


def test_a_recall_never_changes_and_has_a_time(released):
    done = recall(released)
    with pytest.raises(Frozen):
        done.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        PacketVersionFactory(state="RECALLED", recalled_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        PacketRecall.objects.create(
            version=PacketVersionFactory(state="RECALLED"),
            by=PersonFactory(), at=MONDAY, sealed_reason="",
        )  # fmt: skip


# Ended


def test_a_version_ends_after_its_last_day_at_the_place_and_stays_in_force(kickoff, rep, released):
    sign(released)
    ends = released.effective_to
    last_evening = datetime(ends.year, ends.month, ends.day, 23, 30, tzinfo=UTC)

    assert actions.expire_due(at=last_evening) == 0
    assert actions.expire_due(at=last_evening.replace(hour=0) + 2 * (TUESDAY - MONDAY)) == 1
    assert actions.expire_due(at=last_evening + 2 * (TUESDAY - MONDAY)) == 0

    state = queries.my_packet_state(rep, kickoff)
    assert (state.state, state.is_signed) == (State.EXPIRED, True)
    assert coverage_of(kickoff, TUESDAY).all.signed == 1


def test_coverage_counts_an_ended_version_as_far_as_it_came(kickoff, rep, released):
    for fields, part in (
        ({}, "not_opened"),
        ({"viewed_at": MONDAY}, "opened"),
        ({"viewed_at": MONDAY, "received_at": MONDAY}, "signed"),
    ):
        PacketVersion.objects.update(state=State.EXPIRED, **fields)
        assert getattr(coverage_of(kickoff, TUESDAY).all, part) == 1


def test_an_ended_version_can_still_be_received_and_stays_ended(released):
    PacketVersion.objects.update(state=State.EXPIRED)

    sign(released, at=TUESDAY)

    released.refresh_from_db()
    assert (released.state, released.received_at) == (State.EXPIRED, TUESDAY)
    with pytest.raises(actions.PacketRefused, match="has ended"):
        accept(released)


def test_a_new_version_replaces_one_that_has_ended(kickoff, rep, released):
    PacketVersion.objects.update(state=State.EXPIRED)

    second(kickoff, rep)

    released.refresh_from_db()
    assert released.state == State.SUPERSEDED


def test_a_packet_has_one_version_in_force_ended_or_not():
    ended = PacketVersionFactory(state="EXPIRED", content=packet_content())

    with pytest.raises(IntegrityError), transaction.atomic():
        PacketVersionFactory(packet=ended.packet, number=2, state="RELEASED")
