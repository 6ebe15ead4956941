from datetime import UTC, datetime, timedelta

import pytest

from people.notices.models import Notice
from people.tests.factories import GONE, PersonFactory, PlannerFactory, RevOpsFactory
from people.waiting import actions
from people.waiting.hooks import find_shared, find_waiting
from people.waiting.models import Stale, Standing
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
        lambda person: Notice.objects.create(key="k", person=person, kind="k", title="t", at=LATER),
        lambda person: actions.mark(person_id=person.pk),
    ],
    ids=["written to them", "changed by them"],
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
    assert not Stale.objects.exists()
    client.post("/nowhere/")
    assert Stale.objects.get().person_id == person.pk


def test_whoever_shares_work_with_others_is_counted_anew_by_each_tick():
    PersonFactory()
    RevOpsFactory()
    actions.renew_stale(at=NOW)

    assert actions.renew_stale(at=LATER) == 1


def test_what_is_kept_is_read_in_one_query_until_something_changes(django_assert_num_queries):
    people = PersonFactory.create_batch(3)
    found = waiting_for(people, LATER)
    actions.renew_stale(at=NOW)

    with django_assert_num_queries(1):
        assert waiting_for(people, LATER) == found
    with find_waiting.only():
        assert waiting_for(people, LATER) == found
        actions.mark(person_id=people[0].pk)
        assert waiting_for(people, LATER) == found | {people[0].pk: []}
        assert not any(waiting_for(people, NOW + timedelta(hours=1)).values())


def test_revops_are_asked_about_each_time():
    revops = RevOpsFactory()
    actions.renew_stale(at=NOW)

    assert Standing.objects.get().count() == 1
    with find_waiting.only():
        assert waiting_for_one(revops, LATER) == []


def test_what_a_role_shares_is_counted_but_asked_each_time():
    planner, rep = PlannerFactory(), PersonFactory()
    with find_waiting.only(), find_shared.only(one_each):
        actions.renew_stale(at=NOW)
        assert len(waiting_for_one(planner, LATER)) == 1
        assert waiting_for_one(rep, LATER) == []

    assert Standing.objects.get(person=planner).count() == 1
    with find_shared.only():
        assert waiting_for_one(planner, LATER) == []


def test_what_changes_while_we_look_is_found_next_time():
    person = PersonFactory()

    def changing(people, at):
        actions.mark(person_id=person.pk)
        return one_each(people, at)

    actions.renew_stale(at=NOW)
    with find_waiting.only(changing):
        actions.renew(people=[person], at=LATER)

    assert actions.renew_stale(at=LATER) == 1
    assert actions.renew_stale(at=LATER) == 0
    assert not Stale.objects.exists()


def test_who_ends_half_way_leaves_everything_to_be_found_again():
    person = PersonFactory()
    actions.renew_stale(at=NOW)
    actions.mark(person_id=person.pk)

    def ending(people, at):
        yield from one_each(people, at)
        raise SystemExit

    with find_waiting.only(ending), pytest.raises(SystemExit):
        actions.renew_stale(at=LATER)

    assert Standing.objects.get().renewed_at == NOW
    with find_waiting.only():
        assert waiting_for_one(person, LATER) == []
        assert actions.renew_stale(at=LATER) == 1
