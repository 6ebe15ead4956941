from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from agenda.sessions.actions import release_agenda
from agenda.sessions.queries.ahead import next_anywhere
from agenda.tests.factories import SessionFactory
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db

BEFORE = datetime(2026, 12, 8, 9, tzinfo=UTC)
NINE = datetime(2027, 2, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def rep():
    return PersonFactory()


@pytest.fixture
def clinic(rep):
    """A released session of their kickoff at nine."""
    kickoff = KickoffFactory()
    AttendeeFactory(kickoff=kickoff, person=rep)
    session = SessionFactory(
        kickoff=kickoff, title="Deal clinic, round 3", starts_at=NINE, duration_minutes=45
    )
    release_agenda(kickoff=kickoff, by=PlannerFactory(), at=BEFORE)
    return session


def test_what_begins_within_the_hour_is_ahead(rep, clinic, django_assert_num_queries):
    assert next_anywhere(rep, NINE - 61 * MINUTE) is None
    with django_assert_num_queries(4):  # two of them once a minute
        ahead = next_anywhere(rep, NINE - 26 * MINUTE)

    assert (ahead.title, ahead.minutes(NINE - 26 * MINUTE)) == ("Deal clinic, round 3", 26)
    assert ahead.place.key == clinic.kickoff.slug
    assert next_anywhere(rep, NINE) is None


def test_nobody_else_and_at_no_draft_of_a_kickoff(rep, clinic, django_assert_num_queries):
    other = PersonFactory()
    with django_assert_num_queries(1):
        assert next_anywhere(other, NINE - MINUTE) is None

    clinic.kickoff.status = "DRAFT"
    clinic.kickoff.save()
    assert next_anywhere(rep, NINE - MINUTE) is None


def test_the_bell_shows_it_above_what_waits(rep, clinic, client):
    with time_machine.travel(NINE - 26 * MINUTE, tick=False):
        client.force_login(rep)
        page = client.get(reverse("people:bell:show")).content.decode()

    assert "in 26 min" in page
    assert page.index("Deal clinic, round 3") < page.index('id="waits"')
    assert reverse("agenda:sessions:released", args=[clinic.kickoff.slug, clinic.pk]) in page
