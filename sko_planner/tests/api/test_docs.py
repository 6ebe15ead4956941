from django.urls import reverse
from playwright.sync_api import expect

from people.tests.factories import PlannerFactory


def test_the_schema_can_be_browsed_within_the_content_security_policy(page, live_server, sign_in):
    sign_in(page, PlannerFactory())

    page.goto(live_server.url + reverse("api:docs"))

    expect(page.get_by_text("/api/v1/kickoffs/{slug}/sessions/{id}/move/")).to_be_visible()
