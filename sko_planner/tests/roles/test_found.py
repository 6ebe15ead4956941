"""Whatever the search gives to a role opens for it."""

from string import ascii_lowercase

import pytest
from django.urls import reverse

from core.tests.access import ROLES
from sko_planner.shots.crawl import view_name


@pytest.mark.look
@pytest.mark.long
@pytest.mark.parametrize("role", sorted(set(ROLES) - {"anonymous"}))
def test_whatever_a_role_finds_opens(role, world, client):
    client.force_login(world[role])
    one_of_each = {}
    for letter in ascii_lowercase:
        for group in client.get(reverse("search"), {"q": letter}).context["groups"]:
            one_of_each |= {view_name(one.url): one.url for one in group.found}

    answers = {url: client.get(url).status_code for url in one_of_each.values()}

    assert {url: code for url, code in answers.items() if code not in (200, 302)} == {}
    assert len(answers) >= 5
