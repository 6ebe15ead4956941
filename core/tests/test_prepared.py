import pytest
from django.db.models import BooleanField, Exists, OuterRef

from core.prepared import prepared
from people.accounts.models import Person
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    """How often the query was put together, and the query: somebody's reports, with who leads."""
    built = []

    @prepared
    def reports(manager_id, name="", *, least=0):
        built.append((manager_id, name, least))
        people = Person.objects.filter(manager=manager_id, pk__gt=least).order_by("pk")
        leads = Person.objects.filter(manager=OuterRef("pk"))
        found = people.annotate(leads=Exists(leads, output_field=BooleanField()))
        return found.filter(full_name=name) if name else found

    reports.built = built
    return reports


def test_it_is_put_together_once_and_asked_with_other_keys(team, django_assert_num_queries):
    first, second = PersonFactory(), PersonFactory()
    lead = PersonFactory(manager=first)
    under = PersonFactory(manager=lead)
    PersonFactory(manager=second)

    with django_assert_num_queries(2):
        assert [(one, bool(one.leads)) for one in team(first.pk)] == [(lead, True)]
        assert [(one, bool(one.leads)) for one in team(lead.pk)] == [(under, False)]
    assert len(team.built) == 1


def test_what_it_depends_on_besides_is_put_together_again(team):
    person = PersonFactory()
    report = PersonFactory(manager=person)

    assert team(person.pk, least=report.pk) == []
    assert team(person.pk, least=0) == [report]
    assert len(team.built) == 2


def test_each_key_takes_its_own_place(team):
    person = PersonFactory()
    PersonFactory(manager=person, full_name="Ana")
    ben = PersonFactory(manager=person, full_name="Ben'; --")

    assert team(person.pk, "Ben'; --") == [ben]
    assert team(person.pk, "Nobody") == []
    assert len(team.built) == 1
