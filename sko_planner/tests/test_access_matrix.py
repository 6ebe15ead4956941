"""Deny by default: each role, each URL, the expected answer. A URL with no row fails."""

from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.tests.access import ROLES
from events.tests.world import build_world

# Whole packages that are not ours and keep their own gate
NOT_OURS = ("admin:", "account_", "django.contrib", "rest_framework")


def _matrix_modules():
    for path in sorted(Path(settings.BASE_DIR).glob("*/tests/**/matrix.py")):
        name = path.relative_to(settings.BASE_DIR).with_suffix("").as_posix().replace("/", ".")
        yield import_module(name)


MODULES = list(_matrix_modules())
ROWS = [row for module in MODULES for row in module.ROWS]


def whole_world():
    """The company of the matrix, with what each capability needs for its rows."""
    world = build_world()
    for module in MODULES:
        if hasattr(module, "prepare"):
            module.prepare(world)
    return world


def _url_names(patterns, namespace=""):
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            yield from _url_names(entry.url_patterns, inner)
        elif isinstance(entry, URLPattern):
            yield ":".join(part for part in (namespace, entry.name or str(entry.pattern)) if part)


def test_every_url_has_a_row_in_the_matrix():
    names = set(_url_names(get_resolver().url_patterns))
    ours = {name for name in names if not name.startswith(NOT_OURS)}

    assert ours - {row.url for row in ROWS} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.url}")
def test_who_gets_an_answer(row, client):
    world = whole_world()
    url = reverse(row.url, kwargs=dict(row.kwargs(world)))

    answers = {}
    for role in sorted(ROLES, key=lambda role: role in row.allowed):
        client.logout()
        if role != "anonymous":
            client.force_login(world[role])
        answers[role] = getattr(client, row.method)(url, dict(row.data(world))).status_code

    wrong = {role: code for role, code in answers.items() if code not in _expected(row, role)}
    assert wrong == {}


def _expected(row, role):
    if role in row.allowed:
        return row.ok
    return row.login if role == "anonymous" else {404, 403} if row.url.startswith("api:") else {404}
