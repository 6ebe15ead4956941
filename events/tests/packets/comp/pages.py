"""What the tests of pages share: figures that stand nowhere else, addresses, a designer's form."""

import re

from django.urls import reverse

BASE, TARGET = 83117, 57773
FIGURES = re.compile(r"83.?117|57.?773|140.?890|57\.8k")


def at(world, page, **kwargs):
    return reverse(f"events:packets:comp:{page}", kwargs={"slug": world.kickoff.slug, **kwargs})


def signed_in(client, world, role="revops"):
    client.force_login(world[role])
    return client


def typed(**changes):
    """A plan as a browser sends it: three bands, no threshold, sound."""
    form = {
        "name": "Growth",
        "starts_date": "2027-03-01",
        "ends_date": "2028-02-29",
        "terms": "2027.1",
        "quota": "900000",
        "target_variable": "56000",
        "currency": "EUR",
        "cliff": "10",
        "m-0-name": "New contracts",
        "m-0-weight": "100",
        "m-0-basis": "TV_MULTIPLIER",
        "m-0-method": "MARGINAL",
        "m-0-b-0-start": "0",
        "m-0-b-0-rate": "1",
        "m-0-b-1-start": "100",
        "m-0-b-1-rate": "1.5",
        "m-0-b-2-start": "125%",
        "m-0-b-2-rate": "2",
    }
    return {name: value for name, value in {**form, **changes}.items() if value is not None}
