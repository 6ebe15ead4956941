"""Attacks on 1:1s: markup in names that people choose for themselves."""

import pytest
from django.urls import reverse

from events.tests.world import build_world
from reinforcement.tests.factories import CampaignFactory

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
