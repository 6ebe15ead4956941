from datetime import UTC, datetime

import pytest

from people.accounts.models import Person
from people.activity.models import Entry
from people.org import actions, queries
from people.org.models import Region, Team
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def new(name, manager=None):
    email = f"{name.lower()}@x.example"
    return Person(full_name=name, email=email, manager=manager)


def trail():
    return sorted(Entry.objects.values_list("verb", "note"))


def test_people_who_are_new_are_written_under_managers_who_are_new():
    boss = new("Boss")
    people = [new("Ada", boss), boss, new("Bo", PersonFactory(full_name="Chief"))]

    actions.create_people(people=people, by=None, at=NOON)

    found = dict(Person.objects.filter(email__endswith="@x.example").values_list(
        "full_name", "manager__full_name"
    ))  # fmt: skip
    assert found == {"Boss": None, "Ada": "Boss", "Bo": "Chief"}
    assert not Person.objects.get(full_name="Ada").has_usable_password()
    assert trail() == [("person.imported", "")] * 3


def test_a_manager_of_somebody_new_waits_for_revops_unless_it_was_they():
    by, boss = PlannerFactory(), PersonFactory()

    actions.create_people(people=[new("Ada", boss)], by=by, at=NOON)
    actions.create_people(people=[new("Bo", boss)], by=None, at=NOON)

    assert Person.objects.get(full_name="Ada").confirmed_manager is None
    assert Person.objects.get(full_name="Bo").confirmed_manager == boss


def test_records_are_changed_together_and_each_is_in_the_trail():
    ada, bo, same = PersonFactory(), PersonFactory(), PersonFactory()
    changes = [(ada, {"job_title": "AE"}), (bo, {"country": "SE", "job_title": "SE"}), (same, {})]

    actions.change_people(changes=changes, by=None, at=NOON)

    found = Person.objects.filter(pk__in=[ada.pk, bo.pk]).order_by("pk")
    assert list(found.values_list("job_title", "country")) == [("AE", ada.country), ("SE", "SE")]
    assert trail() == [
        ("person.changed_by_import", "country, job_title"),
        ("person.changed_by_import", "job_title"),
    ]


def test_regions_and_teams_are_added_once_and_found_however_they_are_written():
    emea = Region.objects.create(name="EMEA")
    Team.objects.create(name="Nordics", region=emea)
    places = queries.places()

    wanted = [("emea", "NORDICS"), ("APAC", "Japan"), ("apac ", "japan"), ("", "Inside"), ("", "")]
    actions.add_places(places=places, wanted=wanted, by=None, at=NOON)

    assert set(Region.objects.values_list("name", flat=True)) == {"EMEA", "APAC"}
    teams = set(Team.objects.values_list("name", "region__name"))
    assert teams == {("Nordics", "EMEA"), ("Japan", "APAC"), ("Inside", None)}
    assert places.team("JAPAN", "Apac").name == "Japan"
    assert [note for verb, note in trail() if verb == "region.added"] == ["APAC"]


@pytest.mark.long
def test_a_thousand_people_take_few_statements(django_assert_max_num_queries):
    boss = new("Boss")
    people = [boss, *(new(f"P{n}", boss) for n in range(1000))]

    with django_assert_max_num_queries(42):
        actions.create_people(people=people, by=None, at=NOON)
