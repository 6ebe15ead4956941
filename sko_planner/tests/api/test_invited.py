"""Whom a kickoff asks, by the API: waves, answers noted, needs in counts, guests."""

from datetime import UTC, date, datetime

import pytest

from events.guests.models import Guest
from events.needs.models import NeedForm
from events.tests.world import build_world
from people.tests.factories import PersonFactory
from sko_planner.tests.api.clients import client_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def world():
    return build_world()


def test_planners_read_how_waves_are_answered_and_note_an_answer(world):
    world.kickoff.waves.create(name="All", deadline_date=date(2027, 1, 15), created_at=NOON)
    seat = world.kickoff.attendees.get(person=world["rep"])
    address = f"/api/v1/kickoffs/{world.kickoff.slug}/"
    planner = client_of(world["planner"])

    said = planner.post(f"{address}attendance/{seat.pk}/note/", {"coming": False})
    (wave,) = planner.get(f"{address}waves/").data["results"]

    assert said.data["rsvp"] == "NO"
    assert (wave["name"], wave["sent_at"], wave["total"]) == ("All", None, 0)


def test_needs_are_counts_and_whoever_manages_a_form_sees_them(world):
    form = NeedForm.objects.create(
        kickoff=world.kickoff, kind="DIET", until_date=date(2027, 1, 15), keep_days=14
    )
    form.named.create(person=world["peer"])
    address = f"/api/v1/kickoffs/{world.kickoff.slug}/needs/"

    (row,) = client_of(world["peer"]).get(address).data["results"]

    assert (row["kind"], row["answered"], row["is_mine"]) == ("DIET", 0, True)
    assert set(row) == {"kind", "until_date", "deletes_date", "answered", "needs", "is_mine"}


def test_guests_are_listed_with_whether_they_have_a_seat(world):
    guest = PersonFactory(full_name="Ama Owusu", is_guest=True)
    Guest.objects.create(kickoff=world.kickoff, person=guest, invited_at=NOON)
    address = f"/api/v1/kickoffs/{world.kickoff.slug}/guests/"

    (row,) = client_of(world["planner"]).get(address).data["results"]

    assert (row["full_name"], row["kind"], row["has_seat"]) == ("Ama Owusu", "SPEAKER", False)
