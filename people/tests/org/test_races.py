"""Two planners at once; real row locks, so on PostgreSQL."""

from datetime import UTC, datetime

import pytest

from core.tests.races import at_once
from people.accounts.actions import update_person
from people.accounts.addresses import AddressRefused, agree_to_address, refuse_address
from people.accounts.models import AddressChange, ManagerChange, Person
from people.org import actions
from people.tests.factories import PersonFactory, PlannerFactory, RevOpsFactory

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("attempt", range(5))
def test_two_moves_at_once_close_no_circle(attempt):
    planner = PlannerFactory()
    soren, aicha = PersonFactory(full_name="Søren"), PersonFactory(full_name="Aïcha")

    def move(person_id, manager_id):
        # Each as they were before, in objects of its own
        person, manager = (Person.objects.get(pk=pk) for pk in (person_id, manager_id))
        return lambda: actions.set_manager(person=person, manager=manager, by=planner, at=NOON)

    done = at_once(move(soren.pk, aicha.pk), move(aicha.pk, soren.pk), refusals=actions.OrgRefused)

    assert sum(isinstance(one, actions.OrgRefused) for one in done) == 1
    assert Person.objects.exclude(pk=planner.pk).filter(manager=None).count() == 1


@pytest.mark.parametrize("attempt", range(5))
def test_whoever_is_swapped_in_while_revops_confirms_reads_nothing(attempt):
    planner, revops = PlannerFactory(), RevOpsFactory()
    shown, puppet, rep = PersonFactory(), PersonFactory(), PersonFactory()
    actions.set_manager(person=rep, manager=shown, by=planner, at=NOON)
    moved = Person.objects.get(pk=rep.pk)

    at_once(
        lambda: actions.confirm_managers(changes={rep.pk: shown.pk}, by=revops, at=NOON),
        lambda: actions.set_manager(person=moved, manager=puppet, by=planner, at=NOON),
    )

    rep.refresh_from_db()
    assert rep.manager == puppet
    assert rep.confirmed_manager in (None, shown)
    assert ManagerChange.objects.filter(person=rep).count() == 1


def test_a_new_address_is_agreed_to_once():
    planner, revops, person = PlannerFactory(), RevOpsFactory(), PersonFactory()
    update_person(person=person, email="new@x.example", by=planner, at=NOON)
    change_id = person.address_change.pk

    done = at_once(
        lambda: agree_to_address(change_id=change_id, by=revops, at=NOON),
        lambda: refuse_address(change_id=change_id, by=person, at=NOON),
        refusals=AddressRefused,
    )

    assert sum(isinstance(one, AddressRefused) for one in done) == 1
    assert not AddressChange.objects.exists()
