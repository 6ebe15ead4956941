import pytest

from core.among import Names
from people.accounts.models import Person
from people.tests.factories import PersonFactory


@pytest.mark.django_db
def test_it_finds_what_an_in_finds():
    here = PersonFactory(time_zone="Europe/Lisbon")
    PersonFactory(time_zone="Asia/Tokyo")

    found = Person.objects.filter(time_zone__among=Names({"Europe/Lisbon", "Etc/GMT+3"}))

    assert list(found) == [here]


@pytest.mark.parametrize("names", [[], ["Europe/Lisbon'); --"], ["a b"]])
def test_only_plain_names_are_written_into_a_statement(names):
    with pytest.raises(ValueError, match="plain names"):
        Names(names)


def test_anything_else_is_refused():
    with pytest.raises(TypeError):
        Person.objects.filter(time_zone__among=["Europe/Lisbon"])
