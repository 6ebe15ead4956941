"""What waits and what is new, as the API tells it to whoever asks."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from people.tests.bell.test_daily import waits
from people.tests.factories import NoticeFactory, PersonFactory
from people.waiting.hooks import find_waiting
from sko_planner.tests.api.clients import client_of

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 2, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False), find_waiting.only():
        yield


def test_what_waits_says_what_where_by_when_and_which_page_does_it():
    with waits("Read the brief", days=-1):
        answer = client_of(PersonFactory()).get("/api/v1/waiting/")

    (item,) = answer.json()
    assert (item["title"], item["kickoff"], item["late"]) == ("Read the brief", "lisbon", True)
    assert item["url"] == "http://testserver/k/lisbon/prework/1/"
    assert set(item) == {
        "kind", "title", "kickoff", "about", "since", "due_at", "late", "before_leaving", "count",
        "url",
    }  # fmt: skip


def test_what_is_new_comes_before_what_was_read_and_is_its_persons_alone():
    person = PersonFactory()
    old = NoticeFactory(person=person, at=NOON - timedelta(days=91))
    read = NoticeFactory(person=person, at=NOON - timedelta(days=1), read_at=NOON)
    new = NoticeFactory(person=person, at=NOON - timedelta(days=2), place_key="lisbon", url="")
    other = NoticeFactory(at=NOON)

    found = client_of(person).get("/api/v1/notices/").json()

    assert {old.pk, other.pk}.isdisjoint(one["id"] for one in found)
    assert [(one["id"], one["kickoff"], one["read_at"] is None, one["url"]) for one in found] == [
        (new.pk, "lisbon", True, ""),
        (read.pk, "", False, "http://testserver/k/lisbon/agenda/mine/"),
    ]


def test_the_bell_is_told_in_as_many_queries_for_many_as_for_one(django_assert_max_num_queries):
    person = PersonFactory()
    client = client_of(person)
    NoticeFactory.create_batch(70, person=person, at=NOON - timedelta(days=1))

    with django_assert_max_num_queries(4):
        found = client.get("/api/v1/notices/").json()

    assert len(found) == 60
