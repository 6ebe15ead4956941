"""An id of thirty digits is one that is not there: 404, never 500."""

import pytest
from django.urls import reverse

from core.tests.access import ROLES
from events.tests.world import build_world
from sko_planner.tests.test_access_matrix import MODULES, ROWS

HUGE = 10**30


@pytest.fixture
def world(db):
    world = build_world()
    for module in MODULES:
        if hasattr(module, "prepare"):
            module.prepare(world)
    return world


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"anonymous"}))
def test_no_url_fails_at_an_id_that_no_column_can_hold(world, client, role):
    client.raise_request_exception = False
    client.force_login(world[role])

    failed = []
    for row in (row for row in ROWS if role in row.allowed):
        right = dict(row.kwargs(world))
        for key in [key for key, value in right.items() if str(value).isdigit()]:
            url = reverse(row.url, kwargs={**right, key: HUGE})
            answer = getattr(client, row.method)(url, dict(row.data(world)))
            if answer.status_code >= 500:
                failed.append((row.url, key))

    assert failed == []
