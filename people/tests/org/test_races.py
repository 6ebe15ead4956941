"""Two planners at once; real row locks, so on PostgreSQL."""

from datetime import UTC, datetime

import pytest

from core.tests.races import at_once
from people.accounts.models import Person
from people.org import actions
from people.tests.factories import PersonFactory, PlannerFactory

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
