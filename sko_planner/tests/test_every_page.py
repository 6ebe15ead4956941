"""
Every page that a role reaches by links, in a real browser: axe finds nothing, nothing scrolls
sideways, nothing complains, at a desk in light and on a phone in the dark.

One page of each name, from the world of the access matrix. In one run each is looked at once, as
the first role that reaches it; with `-k rep` a role alone looks at all of its pages.
"""

import pytest
from django.test import Client
from django.urls import reverse

from conftest import DESKTOP, PHONE
from sko_planner.shots.crawl import view_name
from sko_planner.tests.test_access_matrix import whole_world

pytestmark = [pytest.mark.long, pytest.mark.look, pytest.mark.django_db(transaction=True)]

LOOKS = ((DESKTOP, "light"), (PHONE, "dark"))
FIRST_PAGES = {"kickoff_home", "my_kickoff", "search"}  # in the shell of each role
seen_pages = set()


def pages_in_reach(person, start):
    """Names and URLs of pages, found with the test client: much faster than a browser."""
    client = Client()
    client.force_login(person)
    waiting, known, pages, dead = [start], set(), [], []
    while waiting:
        url = waiting.pop(0)
        name = view_name(url)
        if name is None or name in known or name.startswith("account_"):
            continue
        known.add(name)
        response = client.get(url)
        if response.status_code == 302:
            waiting.insert(0, response.url)
            continue
        if response.status_code != 200:
            dead.append(f"{response.status_code} {url}")
        elif response["Content-Type"].startswith("text/html"):
            pages.append((name, url))
            links = response.content.decode().split(' href="')[1:]
            waiting.extend(
                href
                for href in (link.partition('"')[0].partition("#")[0] for link in links)
                if href.startswith("/") and "download" not in href
            )
    assert dead == [], "links that lead nowhere"
    return pages


@pytest.mark.parametrize("role", ["planner", "revops", "executive", "manager", "rep"])
def test_every_page_is_fit_for_everybody(role, new_page, sign_in, axe):
    world = whole_world()
    start = reverse("kickoff_home", kwargs={"slug": world.kickoff.slug})
    reached = pages_in_reach(world[role], start)
    assert len(reached) >= 5
    urls = [url for name, url in reached if name in FIRST_PAGES or name not in seen_pages]
    seen_pages.update(name for name, _url in reached)

    page = new_page(DESKTOP)
    errors = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    sign_in(page, world[role])
    wrong = []
    for url in urls:
        page.goto(url)
        for size, scheme in LOOKS:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            wide = page.evaluate("document.documentElement.scrollWidth") - size["width"]
            if wide > 0:
                wrong.append(f"{url} at {size['width']}: {wide} px too wide")
            wrong.extend(f"{url} at {size['width']}: {line}" for line in axe(page))
    wrong.extend(errors)

    assert wrong == []
