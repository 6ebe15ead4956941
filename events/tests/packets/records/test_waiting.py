"""A download waits for whoever asked for it; what was kept for long enough waits for RevOps."""

from datetime import UTC, datetime, timedelta

import pytest

from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketVersion
from events.packets.records import actions, queries, waiting
from events.packets.records.models import Handout
from events.packets.records.rules.retention import Fate
from events.tests.packets.waits import waits
from people.tests.factories import PersonFactory, RevOpsFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 2, 10, 9, tzinfo=UTC)
SECOND_OVER = datetime(2031, 3, 5, 12, tzinfo=UTC)  # anywhere in the world


def own(world, role="rep"):
    handout = actions.ask_for_own(by=world[role], at=NOW)
    actions.build_handout(handout_id=handout.pk, at=NOW)
    handout.refresh_from_db()
    return handout


def exported(world):
    handout = actions.export_for_counsel(
        kickoff=world.kickoff, purpose="A claim", by=world["revops"], at=NOW
    )
    actions.build_handout(handout_id=handout.pk, at=NOW)
    handout.refresh_from_db()
    return handout


def asked(world, at=NOW):
    return {role for role, person in world.people.items() if waits(person, at, "records.")}


def test_ones_own_files_wait_until_they_are_fetched(client, world):
    actions.ask_for_own(by=world["rep"], at=NOW)
    assert asked(world) == set()

    handout = own(world)
    assert asked(world) == {"rep"}
    (item,) = waits(world["rep"], NOW, "records.")
    assert (item.title, item.due_at) == ("Download your packets", handout.expires_at)
    assert item.is_private
    client.force_login(world["rep"])
    assert client.get(item.url).status_code == 200

    actions.record_fetch(handout=handout, by=world["rep"], at=NOW)
    assert asked(world) == set()


def test_files_that_are_deleted_are_never_late(world):
    handout = own(world)

    assert asked(world, handout.expires_at - timedelta(minutes=1)) == {"rep"}
    assert asked(world, handout.expires_at) == set()


def test_files_with_a_version_that_was_taken_back_unseen_wait_for_nobody(world):
    own(world)
    second = PacketVersion.objects.get(pk=world.things["second"].pk)
    PacketVersion.objects.filter(pk=second.pk).update(
        state="RECALLED", recalled_at=NOW + timedelta(hours=1)
    )

    assert asked(world) == set()


def test_an_export_waits_for_whoever_asked_for_it_while_they_are_revops(client, world):
    exported(world)
    colleague = RevOpsFactory()

    assert asked(world) == {"revops"}
    assert waits(colleague, NOW, "records.") == []
    (item,) = waits(world["revops"], NOW, "records.")
    client.force_login(world["revops"])
    assert client.get(item.url).status_code == 200

    type(colleague).objects.filter(pk=world["revops"].pk).update(role="")
    assert asked(world) == set()


def test_what_was_kept_for_long_enough_waits_for_revops_even_in_an_archive(world):
    first_over = datetime(2030, 1, 25, 12, tzinfo=UTC)
    assert asked(world, datetime(2030, 1, 20, 12, tzinfo=UTC)) == set()
    Kickoff.objects.filter(pk=world.kickoff.pk).update(status="ARCHIVED", ended_at=NOW)

    assert asked(world, first_over) == {"revops"}
    (item,) = waits(world["revops"], first_over, "records.")
    assert item.title == "Delete 1 version that was kept for long enough"
    assert item.since == datetime(2030, 1, 21, tzinfo=UTC)
    (item,) = waits(world["revops"], SECOND_OVER, "records.")
    due = [kept for kept in queries.kept_of(world.kickoff, SECOND_OVER) if kept.fate == Fate.DUE]
    assert item.count == len(due) == 3


def test_neither_what_is_held_nor_what_is_deleted_waits(world):
    actions.place_hold(
        packet_id=world.things["packet"].pk, reason="A claim", by=world["revops"], at=NOW
    )
    (item,) = waits(world["revops"], SECOND_OVER, "records.")
    assert item.count == 1

    actions.shred_due(kickoff=world.kickoff, expected=1, by=world["revops"], at=SECOND_OVER)
    assert asked(world, SECOND_OVER) == set()


@pytest.mark.parametrize("count", [1, 12, 60])
def test_it_takes_as_many_queries_for_any_number_of_people(world, count, django_assert_num_queries):
    people = [*PersonFactory.create_batch(count), world["rep"]]
    own(world)
    for person in people[:count]:
        Handout.objects.create(
            kind="COUNSEL", kickoff=world.kickoff, sealed_purpose="x", requested_by=person,
            requested_at=NOW, state="READY", ready_at=NOW, expires_at=NOW + timedelta(days=7),
        )  # fmt: skip

    with django_assert_num_queries(1):
        assert len(list(waiting.find(people, NOW))) == 1
    with django_assert_num_queries(2):
        assert len(list(waiting.find([*people, world["revops"]], SECOND_OVER))) == 1
