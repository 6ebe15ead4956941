import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.tests.factories import AssignmentFactory, AttendeeFactory, KickoffFactory
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = [pytest.mark.look, pytest.mark.django_db]


def test_a_draft_is_opened_from_its_home_even_while_something_blocks(client):
    """Packets are released only in an open kickoff, so their absence must not keep it shut."""
    kickoff = KickoffFactory(status="DRAFT")
    AttendeeFactory(kickoff=kickoff)
    client.force_login(PlannerFactory())

    page = client.get(reverse("kickoff_home", args=[kickoff.slug])).content.decode()

    assert "no packet" in page
    assert f'action="{reverse("events:kickoff:open", args=[kickoff.slug])}"' in page


@pytest.mark.parametrize("role", ["PLANNER", "EXECUTIVE"])
def test_a_home_asks_the_database_nothing_twice(client, role):
    kickoff = KickoffFactory(status="OPEN")
    AttendeeFactory(kickoff=kickoff, kind="REP")
    AssignmentFactory(kickoff=kickoff)
    client.force_login(PersonFactory(role=role))

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("kickoff_home", args=[kickoff.slug]))

    asked = [query["sql"] for query in queries]
    assert sorted(asked) == sorted(set(asked))
