"""An id of thirty digits is one that is not there: 404, never 500."""

import pytest

from core.tests.access import ROLES
from sko_planner.tests.roles.rows import ROWS

HUGE = 10**30


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"anonymous"}))
def test_no_url_fails_at_an_id_that_no_column_can_hold(world, ask, client, role):
    client.raise_request_exception = False
    answers = {
        (row.url, key): ask(row, role, **{key: HUGE}).status_code
        for row in ROWS
        if role in row.allowed
        for key, value in row.kwargs(world).items()
        if str(value).isdigit()
    }

    assert answers
    assert {what for what, code in answers.items() if code >= 500} == set()
