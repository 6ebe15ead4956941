import pytest
from django.http import Http404

from people.org import access
from people.tests.factories import (
    ExecutiveFactory,
    PersonFactory,
    PlannerFactory,
    RevOpsFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rep():
    boss = PersonFactory()
    return PersonFactory(manager=PersonFactory(manager=boss))


@pytest.mark.parametrize("factory", [PlannerFactory, RevOpsFactory, ExecutiveFactory])
def test_planners_revops_and_executives_see_everybody(factory, rep):
    assert access.person_or_404(factory(), rep.pk) == rep


def test_managers_see_their_line_at_any_depth(rep):
    assert access.person_or_404(rep.manager, rep.pk) == rep
    assert access.person_or_404(rep.manager.manager, rep.pk) == rep


def test_each_person_sees_themselves(rep):
    assert access.person_or_404(rep, rep.pk) == rep


def test_a_rep_sees_neither_their_manager_nor_a_peer_nor_a_guessed_id(rep):
    peer = PersonFactory(manager=rep.manager)

    for guessed in (rep.manager.pk, peer.pk, 999_999):
        with pytest.raises(Http404):
            access.person_or_404(rep, guessed)


def test_a_manager_of_others_sees_nobody_here(rep):
    other = PersonFactory()
    PersonFactory(manager=other)

    with pytest.raises(Http404):
        access.person_or_404(other, rep.pk)
