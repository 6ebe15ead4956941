"""Attacks on kickoffs: dates that no calendar holds, which would break every page that counts."""

from datetime import date

import pytest
from django.urls import reverse

from events.kickoff.models import Kickoff
from events.tests.factories import KickoffFactory
from people.tests.factories import PlannerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("0001-01-01", "0001-01-02"), ("9999-12-30", "9999-12-31"), ("2027-02-02", "2058-02-02")],
)
def test_a_kickoff_lies_within_sight_and_lasts_a_month_at_most(client, starts, ends):
    kickoff = KickoffFactory()
    client.force_login(PlannerFactory())
    url = reverse("api:kickoffs-detail", args=[kickoff.slug])
    dates = {"starts_date": starts, "ends_date": ends}

    changed = client.patch(url, dates, content_type="application/json")
    made = client.post(
        reverse("api:kickoffs-list"),
        {"name": "Far away", "fiscal_year": "FY28", "template": "SUMMIT", **dates},
        content_type="application/json",
    )

    assert (changed.status_code, made.status_code) == (409, 409)
    kickoff.refresh_from_db()
    assert kickoff.starts_date == date(2027, 2, 2)
    assert Kickoff.objects.count() == 1
