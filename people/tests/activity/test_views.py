from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.activity import queries
from people.activity.actions import record_entries, record_entry
from people.activity.models import Entry
from people.tests.factories import PersonFactory, PlannerFactory, TeamFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 2, 3, 12, tzinfo=UTC)


def test_people_see_what_was_done_to_or_seen_of_their_data_and_of_nobody_elses(client):
    rep, peer = PersonFactory(), PersonFactory()
    boss = PersonFactory(full_name="Søren Lindqvist")
    record_entry(by=boss, verb="packet.viewed", at=NOON, subject=rep, note="version 2")
    record_entry(by=None, verb="person.imported", at=NOON - timedelta(days=1), subject=rep)
    record_entry(by=rep, verb="odd_thing.done", at=NOON, subject=rep)
    record_entry(by=boss, verb="packet.viewed", at=NOON, subject=peer, note="not yours")
    client.force_login(rep)

    page = client.get("/activity/").content.decode()

    assert "Your packet was opened" in page
    assert "version 2" in page
    assert "Søren Lindqvist" in page
    assert "An import created your record" in page
    assert "The system" in page
    assert "odd thing: done" in page
    assert "not yours" not in page
    assert page.index("Your packet was opened") < page.index("An import created")


def test_the_list_makes_the_same_number_of_queries_at_1_3_and_60_rows(client):
    rep = PersonFactory()
    client.force_login(rep)
    counts = []
    for more in (1, 2, 57):
        for _ in range(more):
            record_entry(by=PersonFactory(), verb="packet.viewed", at=NOON, subject=rep)
        with CaptureQueriesContext(connection) as captured:
            client.get("/activity/")
        counts.append(len(captured))

    assert len(set(counts)) == 1


def test_who_opened_a_thing_is_told_newest_first():
    packet = TeamFactory()
    first, second = PlannerFactory(), PlannerFactory()
    for n, person in enumerate((first, second)):
        record_entry(by=person, verb="packet.viewed", at=NOON + timedelta(hours=n), object=packet)
    record_entry(by=first, verb="packet.released", at=NOON, object=packet)
    record_entry(by=first, verb="packet.viewed", at=NOON, object=TeamFactory())

    viewed = queries.entries_on(packet, "packet.viewed")

    assert [entry.actor for entry in viewed] == [second, first]


def test_many_lines_are_written_with_one_statement(django_assert_num_queries):
    people = PersonFactory.create_batch(3)

    with django_assert_num_queries(1):
        record_entries(by=None, verb="person.imported", at=NOON, notes=[(p, "") for p in people])

    assert set(Entry.objects.values_list("subject", flat=True)) == {p.pk for p in people}
