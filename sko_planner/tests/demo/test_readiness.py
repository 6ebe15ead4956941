from datetime import UTC, datetime

import pytest

from core.once import asking_once
from events.readiness.queries import readiness_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize("name", ["ahead", "today", "ended"])
def test_at_most_twenty_queries_answer_every_check_of_a_kickoff_that_has_all(
    demo, name, django_assert_max_num_queries
):
    _company, kickoffs = demo

    with django_assert_max_num_queries(20), asking_once():
        ready = readiness_of(getattr(kickoffs, name), NOON)
    assert ready.total >= 40
