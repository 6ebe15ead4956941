"""What is kept of a person is what would be found: after every act of everybody, and of every table."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.guards import installed
from core.tests.access import ROLES
from people.accounts.models import Person
from people.waiting.models import Standing
from people.waiting.queries import asked
from people.waiting.rules import in_order, unpacked
from sko_planner.tests.roles.rows import ROWS

ACTS = [row for row in ROWS if row.method != "get" and row.allowed]


@pytest.mark.parametrize("row", ACTS, ids=lambda row: f"{row.method} {row.url}")
def test_what_is_kept_is_what_would_be_found_after_every_act(row, ask):
    everybody = Person.objects.exclude(role=Person.Role.REVOPS)
    assert Standing.objects.exact(timezone.now()).count() == everybody.count() >= 7

    ask(row, next(role for role in ROLES if role in row.allowed))

    at = timezone.now()
    # Of the others all is found anew whenever it is asked for
    exact = Standing.objects.exact(at).select_related("person")
    kept = {one.person: [unpacked(item) for item in one.items] for one in exact}
    found = asked(list(kept), at)
    for person, items in kept.items():
        assert _waiting(items, at) == _waiting(found[person.pk], at)


def _waiting(items, at):
    return in_order((item for item in items if item.waits(at)), at)


def test_every_table_that_is_read_for_what_is_kept_is_watched(world):
    people = Person.objects.exclude(role=Person.Role.REVOPS)
    with CaptureQueriesContext(connection) as captured:
        found = asked(list(people), timezone.now())

    read = {
        table
        for query in captured.captured_queries
        for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])
    }
    assert any(found.values())
    assert len(read) >= 12
    assert read - {watch.table for watch in installed.watches()} == set()
