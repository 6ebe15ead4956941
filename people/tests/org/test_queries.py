import pytest
from django.utils import timezone

from people.accounts.models import Person
from people.org import queries
from people.tests.factories import GONE, PersonFactory

pytestmark = pytest.mark.django_db


def chain(*names):
    """People where each reports to the one before."""
    manager = None
    people = []
    for name in names:
        manager = PersonFactory(full_name=name, manager=manager)
        people.append(manager)
    return people


def test_a_line_is_everybody_below_direct_and_indirect():
    ngozi, soren, aicha = chain("Ngozi", "Søren", "Aïcha")
    thabo = PersonFactory(full_name="Thabo", manager=soren)
    PersonFactory(full_name="Somebody else")

    assert set(queries.line_of(ngozi)) == {soren, aicha, thabo}
    assert set(queries.line_of(soren)) == {aicha, thabo}
    assert set(queries.line_of(aicha)) == set()


def test_a_line_of_any_depth_is_one_query(django_assert_num_queries):
    top = chain(*(f"Level {n}" for n in range(12)))[0]

    with django_assert_num_queries(1):
        assert len(queries.line_of(top)) == 11


def test_a_line_takes_further_filters():
    ngozi, _soren, aicha = chain("Ngozi", "Søren", "Aïcha")

    assert list(queries.line_of(ngozi).filter(full_name="Aïcha")) == [aicha]
    assert queries.line_of(ngozi).count() == 2


def test_a_cycle_made_by_hand_ends_the_walk():
    a, b, c = chain("A", "B", "C")
    Person.objects.filter(pk=a.pk).update(manager=c)

    assert set(queries.line_of(a)) == {b, c}
    assert set(queries.managers_above(a)) == {b, c}


def test_somebody_is_in_the_line_of_each_manager_above_and_of_nobody_else():
    ngozi, soren, aicha = chain("Ngozi", "Søren", "Aïcha")
    other = PersonFactory()

    assert queries.is_in_line(ngozi, aicha.pk)
    assert queries.is_in_line(soren, aicha.pk)
    assert not queries.is_in_line(aicha, soren.pk)
    assert not queries.is_in_line(other, aicha.pk)
    assert not queries.is_in_line(aicha, aicha.pk)


@pytest.mark.parametrize("gone", GONE)
def test_reports_are_direct_and_still_here(gone):
    ngozi, soren, _aicha = chain("Ngozi", "Søren", "Aïcha")
    PersonFactory(manager=ngozi, **gone)

    assert list(queries.reports_of(ngozi, timezone.now())) == [soren]


def test_the_chain_above_names_the_nearest_first():
    ngozi, soren, aicha = chain("Ngozi", "Søren", "Aïcha")

    assert queries.chain_above(aicha) == [soren, ngozi]
    assert queries.chain_above(ngozi) == []


@pytest.mark.parametrize("gone", GONE)
def test_of_two_with_one_name_a_file_means_whoever_is_still_here(gone, django_assert_num_queries):
    left = PersonFactory(full_name="Bo Ek", **gone)
    stays = PersonFactory(full_name="Bo Ek")
    with django_assert_num_queries(1):
        finder = queries.everybody(timezone.now())

    assert finder.only("Bo Ek") == stays.pk
    assert finder.only(left.email) == left.pk
