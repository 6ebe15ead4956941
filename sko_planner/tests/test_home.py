import pytest
from django.urls import reverse

from events.tests.factories import AttendeeFactory, KickoffFactory
from people.tests.factories import PlannerFactory

pytestmark = pytest.mark.django_db


def test_a_draft_is_opened_from_its_home_even_while_something_blocks(client):
    """Packets are released only in an open kickoff, so their absence must not keep it shut."""
    kickoff = KickoffFactory(status="DRAFT")
    AttendeeFactory(kickoff=kickoff)
    client.force_login(PlannerFactory())

    page = client.get(reverse("kickoff_home", args=[kickoff.slug])).content.decode()

    assert "no packet" in page
    assert f'action="{reverse("events:kickoff:open", args=[kickoff.slug])}"' in page
