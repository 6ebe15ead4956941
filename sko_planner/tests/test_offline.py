"""What a device may keep, of all addresses that there are."""

import re

from django.urls import URLPattern, get_resolver

from sko_planner.offline import may_be_kept


def paths(patterns, before="/"):
    """Each address, with 1 for whatever stands in it."""
    for one in patterns:
        route = before + re.sub(r"<[^>]+>|\(\?P<\w+>[^)]*\)", "1", str(one.pattern))
        if isinstance(one, URLPattern):
            yield route.replace("^", "").replace("$", ""), one
        else:
            yield from paths(one.url_patterns, route)


def test_of_all_pages_a_device_keeps_those_of_a_door_and_of_a_room_alone():
    kept = [path for path, _pattern in paths(get_resolver().url_patterns) if may_be_kept(path)]
    assert sorted(kept) == ["/k/1/clinics/1/", "/k/1/door/"]


def test_an_address_that_only_begins_or_ends_like_one_that_may_be_kept_is_not():
    for path in (
        "/k/a/door/x/",
        "/k/a/clinics/1/now/",
        "/k/a/clinics/sheets/",
        "/k/a/packets/k/b/door/",
        "/k/a/door",
        "/x/k/a/door/",
        "/k/a/door/\n",
    ):
        assert not may_be_kept(path)
