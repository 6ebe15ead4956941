"""
Every page, in a real browser: axe finds nothing, nothing scrolls sideways, nothing complains, at a
desk in light and on a phone in the dark; on a phone a thumb meets what it aims at.

The pages are the GET rows of the access matrix, in its world, with names that are long or foreign.
Each is looked at once, as the first of these roles that may see it, and in the shell of each role.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from agenda.tests.factories import SessionFactory, TraySessionFactory
from conftest import DESKTOP, PASSWORD, PHONE
from core.ui.cutting import classes_of
from core.ui.vendor import TABLER
from events.tests.factories import AccountFactory, OpportunityFactory
from sko_planner.tests.roles.rows import ROWS, address, whole_world

pytestmark = [pytest.mark.long, pytest.mark.look, pytest.mark.django_db(transaction=True)]

LOOKS = ((DESKTOP, "light"), (PHONE, "dark"))
KIT = "vendor/tabler.min.css"
SMALLEST = {"width": 320, "height": 568}
FIT = (settings.BASE_DIR / "sko_planner/tests/fit.js").read_text()
ROLES = ("rep", "manager", "planner", "revops", "executive", "anonymous")
# Each of these makes a world; those who have few pages share one
TOGETHER = (("planner",), ("revops",), ("rep", "manager", "executive", "anonymous"))
IN_EACH_SHELL = {"kickoff_home", "my_kickoff", "search", "people:accounts:profile"}
# Of packages that keep their own gate, in our clothes
OURS_BY_LOOK = {
    "anonymous": (
        "account_login",
        "account_request_login_code",
        "account_reset_password",
        "account_signup",
    ),
    "planner": ("account_change_password",),
}


@pytest.fixture
def world():
    world = whole_world()
    for role, name in (("rep", "دانا الخطيب"), ("manager", "Søren Lindqvist-Ødegaard " * 4)):
        world[role].full_name = name
        world[role].save(update_fields=["full_name"])
    OpportunityFactory(account=AccountFactory(name="A" * 160), owner=world["rep"])
    # Two at once in one room, and one that has no room yet
    for _ in range(2):
        SessionFactory(kickoff=world.kickoff, room=world.things["room"])
    TraySessionFactory(kickoff=world.kickoff)
    return world


@pytest.fixture
def signed_in(world):
    """`signed_in(role)`: a client of theirs who has typed their password a moment ago."""

    def client_of(role):
        client = Client()
        if role != "anonymous":
            client.force_login(world[role])
            client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        return client

    return client_of


@pytest.fixture(scope="module")
def cut_away():
    """The classes of the kit that pages do not have."""
    whole = (settings.BASE_DIR / "node_modules" / TABLER).read_text()
    return sorted(classes_of(whole) - classes_of(Path(finders.find(KIT)).read_text()))


def pages_of(role, client, world):
    """
    Addresses of whole pages, found by the client: much faster than a browser.

    Not of mails: they are shown without scripts, axe's among them, and `bell` looks at each.
    """
    found = []
    for row in ROWS:
        first = next((one for one in ROLES if one in row.allowed), None)
        here = role == first or (role in row.allowed and row.url in IN_EACH_SHELL)
        if row.method == "get" and here and not row.url.startswith("api:"):
            query = dict(row.data(world))
            answer = client.get(address(row, world), query)
            is_whole = answer.status_code == 200 and b"<html" in b"".join(answer)[:500]
            if is_whole and "sandbox" not in answer.get("Content-Security-Policy", ""):
                found.append(answer.wsgi_request.get_full_path())
    return [*dict.fromkeys(found), *map(reverse, OURS_BY_LOOK.get(role, ()))]


@pytest.mark.parametrize("roles", TOGETHER, ids=lambda roles: "-".join(roles))
def test_every_page_is_fit_for_everybody(
    roles, world, signed_in, new_page, live_server, axe, cut_away
):
    wrong = []
    for role in roles:
        client = signed_in(role)
        urls = pages_of(role, client, world)
        assert len(urls) >= 3
        wrong += unfit(new_page(DESKTOP), client, urls, live_server, axe, cut_away)

    assert wrong == []


def unfit(page, client, urls, live_server, axe, cut_away):
    """What is wrong with some pages of a client, one after the other."""
    errors = []
    page.on("console", lambda said: errors.append(_told(said)) if said.type == "error" else None)
    page.context.add_cookies(
        [
            {"name": name, "value": cookie.value, "url": live_server.url}
            for name, cookie in client.cookies.items()
        ]
    )
    wrong = []
    for url in urls:
        page.goto(url)
        for size, scheme in LOOKS:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            wrong += too_wide(page, url)
            wrong += [f"{url} at {size['width']}: {line}" for line in axe(page)]
        wrong += [f"{url}: {line}" for line in page.evaluate(FIT, cut_away)]
        page.set_viewport_size(SMALLEST)
        wrong += too_wide(page, url)
    return wrong + errors


def too_wide(page, url):
    width = page.viewport_size["width"]
    more = page.evaluate("document.documentElement.scrollWidth") - width
    return [f"{url} at {width}: {more} px too wide"] if more > 0 else []


def _told(said):
    return f"{said.text} {said.location['url']}"
