"""A letter that could not be made waits for RevOps, one item a kickoff."""

import pytest

from events.kickoff.models import Kickoff
from events.packets.letters import queries, waiting
from events.packets.letters.models import LetterFile, LetterRun
from events.tests.factories import (
    AttendeeFactory,
    PacketFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.packets.letters.times import AT
from events.tests.packets.waits import waits
from people.tests.factories import RevOpsFactory

pytestmark = pytest.mark.django_db


def failed(world, *versions):
    run, _new = LetterRun.objects.get_or_create(kickoff=world.kickoff)
    for version in versions:
        LetterFile.objects.create(
            run=run, version=version, kind="LETTER", language="en", key="x", state="FAILED",
            problem="The terms are missing", queued_at=AT,
        )  # fmt: skip


def test_letters_that_failed_wait_for_revops_alone_until_they_are_tried_again(client, world):
    failed(world, world.things["rep"], world.things["peer"])

    asked = {role for role, person in world.people.items() if waits(person, AT, "letters.")}
    (item,) = waits(world["revops"], AT, "letters.")

    assert asked == {"revops"}
    assert (item.title, item.count, item.since) == ("See why 2 letters were not made", 2, AT)
    assert item.count == queries.progress(world.kickoff, AT).failed
    client.force_login(world["revops"])
    assert client.get(item.url).status_code == 200
    client.post(item.act.url)
    assert waits(world["revops"], AT, "letters.") == []


def test_no_letter_of_an_archived_kickoff_waits(world):
    failed(world, world.things["rep"])
    Kickoff.objects.filter(pk=world.kickoff.pk).update(status="ARCHIVED")

    assert waits(world["revops"], AT, "letters.") == []


@pytest.mark.parametrize("count", [1, 12, 60])
def test_it_takes_one_query_for_any_number_and_none_without_revops(
    world, count, django_assert_num_queries
):
    content = packet_content()
    for _ in range(count):
        rep = AttendeeFactory(kickoff=world.kickoff).person
        packet = PacketFactory(kickoff=world.kickoff, rep=rep)
        failed(world, PacketVersionFactory(packet=packet, content=content))
    people = [world["revops"], *RevOpsFactory.create_batch(count)]

    with django_assert_num_queries(1):
        assert [item.count for item in waiting.find(people, AT)] == [count] * len(people)
    with django_assert_num_queries(0):
        assert list(waiting.find([world["rep"], world["planner"]], AT)) == []
