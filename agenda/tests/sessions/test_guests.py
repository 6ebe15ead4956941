import pytest
from django.utils import timezone

from agenda.tests.factories import SessionFactory, SessionPersonFactory
from agenda.tests.sessions.pages import release, url
from events.guests.actions import invite_guest
from people.mail.models import Message
from people.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(world):
    said = {"name": "Nakamura Yui", "email": "yui@harbor.example", "company": "Harbor Freight"}
    return invite_guest(
        kickoff=world.kickoff, **said, kind="SPEAKER", by=world["planner"], at=timezone.now()
    )


def test_a_guest_sees_the_sessions_that_they_speak_at_and_no_others(world, guest, client):
    spoken = SessionFactory(kickoff=world.kickoff, title="Why we bought")
    SessionPersonFactory(session=spoken, person=guest.person)
    SessionPersonFactory(session=spoken, person=world["manager"])
    SessionFactory(kickoff=world.kickoff, title="Comp for 2028")
    release(world)
    client.force_login(guest.person)

    page = client.get("/", follow=True).content.decode()

    assert "Why we bought" in page
    assert "with Søren Lindqvist" in page
    assert "Comp for 2028" not in page


def test_what_is_told_of_the_agenda_leads_a_guest_home(world, guest):
    SessionPersonFactory(session=SessionFactory(kickoff=world.kickoff), person=guest.person)

    release(world)

    assert Notice.objects.get(person=guest.person).url == "/guest/"
    assert not Message.objects.filter(person=guest.person, body__contains="/agenda/").exists()


def test_a_guest_may_be_named_as_a_speaker_without_a_place_on_the_roster(world, guest, planner):
    data = {"title": "Why we bought", "type": "KEYNOTE", "speakers": "yui@harbor.example"}

    page = planner.post(url("create", world), data).content.decode()

    assert "on the roster" not in page
