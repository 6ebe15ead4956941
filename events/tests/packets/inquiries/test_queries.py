"""Lists and counts: few queries whatever their size, and nothing is opened in them."""

import pytest
from django.urls import reverse

from events.packets.inquiries import queries
from events.tests.factories import (
    AttendeeFactory,
    PacketFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.packets.inquiries.making import MONDAY, TUESDAY, answered, asked, offered, wished
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def ask_more(world, count):
    """Questions of so many more reps of the manager, one each; and their wishes."""
    for _ in range(count):
        role = f"rep {len(world.people)}"
        person = PersonFactory(manager=world["manager"], region=world["rep"].region)
        AttendeeFactory(kickoff=world.kickoff, person=person)
        world.people[role] = person
        packet = PacketFactory(kickoff=world.kickoff, rep=person)
        world.things[role] = PacketVersionFactory(packet=packet, content=packet_content())
        asked(world, role, kind="TERRITORY")
        wished(world, role)


def test_open_questions_are_counted_by_holder_and_by_packet(world, django_assert_num_queries):
    asked(world)
    asked(world, text="Another")
    asked(world, "peer", kind="TYPO")
    answered(world, asked(world, "peer"))
    packets = [world.things[role].packet_id for role in ("rep", "peer")]

    with django_assert_num_queries(1):
        assert queries.open_counts(world.kickoff, TUESDAY) == {"REVOPS": 3}
    with django_assert_num_queries(1):
        assert queries.open_by_packet(packets) == {packets[0]: 2, packets[1]: 1}
    with django_assert_num_queries(1):
        assert queries.asking_reps(world.kickoff) == 2


def queries_of(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as captured:
        answer = client.get(url)
    assert answer.status_code == 200
    return len(captured)


@pytest.mark.parametrize(("role", "page"), [("revops", "inbox"), ("manager", "team")])
def test_a_list_takes_the_same_number_of_queries_at_any_size(
    client, world, role, page, django_assert_max_num_queries
):
    client.force_login(world[role])
    url = reverse(f"events:packets:inquiries:{page}", kwargs={"slug": world.kickoff.slug})
    asked(world)
    counts = []
    for more in (1, 2, 9):
        ask_more(world, more)
        counts.append(queries_of(client, url, django_assert_max_num_queries))

    assert counts[0] == counts[1] == counts[2]


def test_what_stands_beside_a_packet_takes_the_same_number_of_queries(
    client, world, django_assert_max_num_queries
):
    client.force_login(world["rep"])
    url = reverse("events:packets:delivery:mine", kwargs={"slug": world.kickoff.slug})
    client.get(url)
    offered(world)
    counts = []
    for number in (1, 3, 9):
        for place in range(number):
            asked(world, text=f"Question {number} {place}")
        counts.append(queries_of(client, url, django_assert_max_num_queries))

    assert counts[0] == counts[1] == counts[2]


def test_questions_that_wait_come_first_in_a_reps_list(world):
    done = asked(world, at=TUESDAY)
    answered(world, done)
    waiting = asked(world, text="Another", at=MONDAY)

    found = queries.asked_about(world.things["rep"].packet, TUESDAY)

    assert [line.inquiry for line in found] == [waiting, done]


def test_the_inbox_filters_by_kind_state_holder_and_time(client, world):
    asked(world, kind="TYPO")
    asked(world, "peer", kind="TERRITORY")
    client.force_login(world["revops"])
    url = reverse("events:packets:inquiries:inbox", kwargs={"slug": world.kickoff.slug})

    def names(**chosen):
        page = client.get(url, chosen).context["page"]
        return {row.asked_by.full_name for row in page.rows}

    both = {"Aïcha Benyahia", "Thabo Nkosi"}
    assert names() == names(state="waiting") == names(state="GARBAGE", sort="x") == both
    assert names(kind="TYPO") == names(**{"with": "REVOPS"}) == {"Aïcha Benyahia"}
    assert names(**{"with": "MANAGER"}) == names(q="thabo") == {"Thabo Nkosi"}
    assert names(state="answered") == names(state="closed") == set()
    assert names(due="today") | names(due="later") == both
    assert names(state="late") in (set(), both, {"Aïcha Benyahia"})
    for sort in ("rep", "-kind", "version", "with", "-due", "asked", "state"):
        assert names(sort=sort) == both
