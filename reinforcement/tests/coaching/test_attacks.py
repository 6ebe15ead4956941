"""Attacks on 1:1s: markup in names that people choose for themselves."""

import pytest
from django.urls import reverse

from events.tests.world import build_world
from reinforcement.tests.factories import CampaignFactory, TouchFactory

pytestmark = pytest.mark.django_db
MARKUP = '</div><form action="/theme/"><b>hurry</b>'


def test_the_name_that_a_rep_goes_by_is_text_on_the_page_of_their_manager(client):
    world = build_world()
    CampaignFactory(kickoff=world.kickoff)
    world["rep"].preferred_name = MARKUP
    world["rep"].save(update_fields=["preferred_name"])
    client.force_login(world["manager"])

    page = client.get(
        reverse(
            "reinforcement:coaching:one_to_one",
            kwargs={"slug": world.kickoff.slug, "person_id": world["rep"].pk},
        )
    )

    assert page.status_code == 200
    assert "<b>hurry</b>" not in page.content.decode()


def test_a_draft_that_was_put_away_stays_out_of_sight_of_managers(client):
    world = build_world(status="ARCHIVED", ended_at=None)
    touch = TouchFactory(person=world["rep"], activity__campaign__kickoff=world.kickoff)
    slug = world.kickoff.slug
    pages = [
        reverse("reinforcement:coaching:team", args=[slug]),
        reverse("reinforcement:coaching:notes", args=[slug]),
        reverse("reinforcement:coaching:one_to_one", args=[slug, world["rep"].pk]),
        reverse("reinforcement:touches:follow_ups", args=[slug]),
        reverse("reinforcement:touches:detail", args=[slug, touch.pk]),
        reverse("reinforcement:assessments:certifications", args=[slug]),
        reverse("api:touches-detail", args=[touch.pk]),
    ]
    client.force_login(world["manager"])

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)
    assert client.get(reverse("api:touches-list")).json()["results"] == []


def test_a_number_that_no_person_has_is_not_found(client):
    world = build_world()
    client.force_login(world["manager"])

    page = client.get(
        reverse("reinforcement:coaching:one_to_one", args=[world.kickoff.slug, int("9" * 30)])
    )

    assert page.status_code == 404
