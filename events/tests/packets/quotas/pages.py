"""What the tests of quota pages share."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

# Figures that stand nowhere else, as they are and as they are written
TARGET, QUOTA = 7_134_982, 917_342
FIGURES = re.compile(r"7.?134.?982|917.?342|7\.1m|917\.3k")


def at(world, page, **kwargs):
    return reverse(f"events:packets:quotas:{page}", kwargs={"slug": world.kickoff.slug, **kwargs})


def of(world, page, role="rep", **kwargs):
    return at(world, page, person_id=world[role].pk, **kwargs)


def upload(client, world, text, name="quotas.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(at(world, "import"), {"file": SimpleUploadedFile(name, data)}, follow=True)


def settings_data(**changes):
    """A whole form of settings."""
    return {
        "target": "5,000,000",
        "currency": "eur",
        "step": "1000",
        "rounding": "STEPS",
        "starts_date": "2027-03-01",
        "ends_date": "",
        "over": "5, 5, 10%",
        "basis": "HEADCOUNT",
        "won_from_date": "2026-01-01",
        "won_to_date": "2026-12-31",
        "floor": "50",
        "season": "QUARTERS",
        "season_shares": "20, 25, 25, 30",
        "ramp": "MONTHS",
        "ramp_shares": "50",
        "seen": "1",
        "rates-TOTAL_FORMS": "2",
        "rates-INITIAL_FORMS": "0",
        "rates-0-currency": "usd",
        "rates-0-rate": "1.1",
        "rates-0-step": "1,000",
        **changes,
    }


def text_of(response):
    # A template's spaces and marks aside
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
