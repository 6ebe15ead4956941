import pytest

from events.tests.world import build_world
from people.tests.factories import GONE, PersonFactory
from sko_planner.search import people_named

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["planner", "manager"])
def test_who_has_left_is_not_looked_up(role):
    world = build_world()
    for gone in GONE:
        PersonFactory(full_name="Bo Ek", manager=world["manager"], **gone)
    stays = PersonFactory(full_name="Bo Ekberg", manager=world["manager"])

    assert list(people_named(world[role], "bo ek")) == [stays]
