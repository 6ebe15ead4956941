"""Every link on every page that a role reaches leads to a page of theirs."""

import pytest
from django.urls import reverse

from sko_planner.shots.crawl import view_name


def walked(client, start):
    """Names of the pages behind links, one URL of each; and the links that lead nowhere."""
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
            pages.append(name)
            links = response.content.decode().split(' href="')[1:]
            waiting.extend(
                href
                for href in (link.partition('"')[0].partition("#")[0] for link in links)
                if href.startswith("/") and "download" not in href
            )
    return pages, dead


@pytest.mark.look
@pytest.mark.long
@pytest.mark.parametrize("role", ["planner", "revops", "executive", "manager", "rep"])
def test_no_link_that_a_role_is_shown_leads_nowhere(role, world, client):
    client.force_login(world[role])

    pages, dead = walked(client, reverse("kickoff_home", kwargs={"slug": world.kickoff.slug}))

    assert dead == []
    assert len(pages) >= 5
