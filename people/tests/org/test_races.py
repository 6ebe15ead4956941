"""Two planners at once; real row locks, so on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from people.accounts.models import Person
from people.org import actions
from people.tests.factories import PersonFactory, PlannerFactory

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("attempt", range(5))
def test_two_moves_at_once_close_no_circle(attempt):
    planner = PlannerFactory()
    soren, aicha = PersonFactory(full_name="Søren"), PersonFactory(full_name="Aïcha")
    start = Barrier(2)

    def move(person_id, manager_id):
        try:
            person, manager = (Person.objects.get(pk=pk) for pk in (person_id, manager_id))
            start.wait(timeout=10)
            actions.set_manager(person=person, manager=manager, by=planner, at=NOON)
        except actions.OrgRefused:
            return "refused"
        finally:
            connection.close()
        return "moved"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(move, (soren.pk, aicha.pk), (aicha.pk, soren.pk)))

    assert sorted(outcomes) == ["moved", "refused"]
    assert Person.objects.exclude(pk=planner.pk).filter(manager=None).count() == 1
