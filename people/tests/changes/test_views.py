import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from people.accounts.actions import update_person
from people.accounts.models import Person
from people.org.actions import Move, move_people
from people.tests.factories import PersonFactory, PlannerFactory, RevOpsFactory
from people.waiting.actions import renew_stale

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)
PASSWORD = "correct horse battery"
LIST = "/people/changes/"


@pytest.fixture
def planner():
    return PlannerFactory(full_name="Priya Raghunathan")


@pytest.fixture
def desk(client):
    """RevOps, who has just said who it is."""
    client.force_login(RevOpsFactory())
    client.post(f"{reverse('account_reauthenticate')}?next=/", {"password": PASSWORD})
    return client


def moved(planner, count=1, source="", at=NOON):
    puppet = PersonFactory(full_name="Pupa Marionette")
    people = [PersonFactory(manager=PersonFactory()) for _ in range(count)]
    moves = [Move(person, puppet) for person in people]
    return move_people(moves=moves, by=planner, at=at, source=source)


def waiting():
    return set(Person.objects.with_new_manager())


def shown(person):
    return f"{person.pk}-{person.manager_id}"


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_page_says_who_comes_from_whom_to_whom_and_who_asked(desk, planner):
    (person,) = moved(planner, source="Kickoff 2027")

    text = text_of(desk.get(LIST))

    for said in (
        person.full_name,
        person.confirmed_manager.full_name,
        "Pupa Marionette",
        "Priya Raghunathan",
        "Kickoff 2027",
    ):
        assert said in text


def test_the_sidebar_counts_what_waits(desk, planner):
    moved(planner, count=2)
    renew_stale(at=NOON)

    assert "Changes to confirm 2" in text_of(desk.get(LIST))


def test_the_sidebar_counts_addresses_too(desk, planner):
    moved(planner)
    update_person(person=PersonFactory(), email="new@x.example", by=planner, at=NOON)
    renew_stale(at=NOON)

    assert "Changes to confirm 2" in text_of(desk.get(LIST))


def test_chosen_ones_are_confirmed_and_the_others_wait(desk, planner):
    first, second = moved(planner, count=2)

    page = desk.post(f"{LIST}confirm/", {"change": [shown(first)]}, follow=True)

    assert "1 new manager is confirmed." in text_of(page)
    assert waiting() == {second}


def test_an_import_is_confirmed_in_one_action(desk, planner):
    together = moved(planner, count=3, source="Kickoff 2027")
    alone = moved(planner, at=NOON.replace(hour=13))

    page = text_of(desk.get(LIST))
    assert "3 new managers from the import into Kickoff 2027" in page
    batch = together[0].manager_change.pk
    desk.post(f"{LIST}confirm/", {"batch": batch})

    assert waiting() == set(alone)


def test_chosen_ones_are_put_back(desk, planner):
    (person,) = moved(planner)
    before = person.confirmed_manager

    page = desk.post(f"{LIST}put-back/", {"change": [shown(person)]}, follow=True)

    assert "1 person is back under their manager." in text_of(page)
    person.refresh_from_db()
    assert person.manager == before


@pytest.mark.parametrize("change", ["", "x", "1", "1-2-3", "-1-2", "9" * 30 + "-1", "٣-٣"])
def test_what_was_not_shown_is_not_confirmed(desk, planner, change):
    moved(planner)

    page = desk.post(f"{LIST}confirm/", {"change": [change]}, follow=True)

    assert page.status_code == 200
    assert len(waiting()) == 1


def test_what_was_changed_meanwhile_is_looked_at_again(desk, planner):
    (person,) = moved(planner)
    old_page = shown(person)
    move_people(moves=[Move(person, PersonFactory())], by=planner, at=NOON.replace(hour=14))

    page = desk.post(f"{LIST}confirm/", {"change": [old_page]}, follow=True)

    assert "1 change was made anew" in text_of(page)
    assert waiting() == {person}


def test_who_is_there_is_asked_before_anything_opens(client, planner):
    client.force_login(RevOpsFactory())
    (person,) = moved(planner)

    asked = client.post(f"{LIST}confirm/", {"change": [shown(person)]})

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert waiting() == {person}


@pytest.mark.parametrize(
    ("said", "address"), [({"agree": "1"}, "new@x.example"), ({}, "old@x.example")]
)
def test_an_address_is_agreed_to_or_kept(desk, planner, said, address):
    person = PersonFactory(email="old@x.example")
    update_person(person=person, email="new@x.example", by=planner, at=NOON)
    url = reverse("people:changes:decide_address", args=[person.address_change.pk])

    assert "new@x.example" in text_of(desk.get(LIST))
    page = desk.post(url, said, follow=True)

    assert address in text_of(page)
    assert Person.objects.get(pk=person.pk).email == address
    assert "decided or asked for anew" in text_of(desk.post(url, said, follow=True))


def test_who_is_there_is_asked_before_an_address_changes(client, planner):
    client.force_login(RevOpsFactory())
    person = PersonFactory(email="old@x.example")
    update_person(person=person, email="new@x.example", by=planner, at=NOON)

    asked = client.post(
        reverse("people:changes:decide_address", args=[person.address_change.pk]), {"agree": "1"}
    )

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert Person.objects.get(pk=person.pk).email == "old@x.example"


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_list_asks_as_often_however_long(desk, planner, count, django_assert_num_queries):
    moved(planner, count=count, source="Kickoff 2027")
    desk.get(LIST)

    with django_assert_num_queries(11):
        desk.get(LIST)
