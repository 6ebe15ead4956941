from datetime import UTC, datetime, timedelta

import pytest

from people.activity.actions import record_entry
from people.notices.models import Notice
from people.tests.factories import GONE, PersonFactory, RevOpsFactory
from people.waiting import actions
from people.waiting.hooks import find_waiting
from people.waiting.models import Standing
from people.waiting.queries import waiting_for, waiting_for_one
from people.waiting.rules import Place, Waiting

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 2, 3, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


def one_each(people, at):
    return [
        Waiting(
            person_id=person.pk,
            kind="prework.open",
            title="Read it",
            url="/",
            since=NOW,
            due_at=NOW + timedelta(minutes=30),
            place=Place("lisbon", "Lisbon", "/k/lisbon/"),
        )
        for person in people
    ]


@pytest.fixture(autouse=True)
def _one_each():
    with find_waiting.only(one_each):
        yield


def test_every_source_is_asked_once_for_all():
    people = PersonFactory.create_batch(3)

    found = waiting_for(people, NOW)

    assert {person_id: len(items) for person_id, items in found.items()} == {
        person.pk: 1 for person in people
    }


@pytest.mark.parametrize("gone", GONE)
def test_nothing_waits_for_whoever_has_left(gone):
    assert waiting_for_one(PersonFactory(**gone), NOW) == []


def test_the_tick_counts_for_everybody_once():
    PersonFactory.create_batch(3)

    assert actions.renew_stale(at=NOW) == 3
    assert actions.renew_stale(at=LATER) == 0
    standing = Standing.objects.first()
    assert standing.counts == {"lisbon": {"prework.open": 1}}
    assert standing.count("prework", place="lisbon") == standing.count() == 1
    assert standing.count("packets") == standing.count(place="porto") == 0


@pytest.mark.parametrize(
    "happens",
    [
        lambda person: record_entry(by=None, verb="packet.viewed", at=LATER, subject=person),
        lambda person: record_entry(by=person, verb="packet.viewed", at=LATER),
        lambda person: Notice.objects.create(key="k", person=person, kind="k", title="t", at=LATER),
        lambda person: actions.mark(person_id=person.pk),
    ],
    ids=["recorded of them", "recorded by them", "written to them", "changed by them"],
)
def test_the_tick_counts_anew_what_may_have_changed(happens):
    person = PersonFactory()
    actions.renew_stale(at=NOW)

    happens(person)

    assert actions.renew_stale(at=LATER) == 1


def test_the_tick_counts_anew_when_something_turns_late_and_after_an_hour():
    PersonFactory()
    actions.renew_stale(at=NOW)

    assert actions.renew_stale(at=NOW + timedelta(minutes=29)) == 0
    assert actions.renew_stale(at=NOW + timedelta(minutes=30)) == 1
    assert Standing.objects.get().late == 1
    assert actions.renew_stale(at=NOW + timedelta(minutes=90)) == 1


def test_a_page_reads_one_row_and_counts_anew_only_after_a_change(django_assert_num_queries):
    person = PersonFactory()
    assert actions.standing_now(person=person, at=NOW) is None
    actions.renew_stale(at=NOW)

    with django_assert_num_queries(1):
        assert actions.standing_now(person=person, at=LATER).renewed_at == NOW
    actions.mark(person_id=person.pk)

    assert actions.standing_now(person=person, at=LATER).renewed_at == LATER


def test_what_the_person_changes_in_a_page_marks_their_counts(client):
    person = PersonFactory()
    actions.renew_stale(at=NOW)
    client.force_login(person)

    client.get("/")
    assert Standing.objects.get().is_fresh
    client.post("/nowhere/")
    assert not Standing.objects.get().is_fresh


def test_whoever_shares_work_with_others_is_counted_anew_by_each_tick():
    PersonFactory()
    RevOpsFactory()
    actions.renew_stale(at=NOW)

    assert actions.renew_stale(at=LATER) == 1
