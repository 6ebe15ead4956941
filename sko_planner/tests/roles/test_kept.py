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
from people.waiting.queries import asked, waiting_for
from people.waiting.rules import in_order
from sko_planner.tests.roles.rows import ROWS

ACTS = [row for row in ROWS if row.method != "get" and row.allowed]


@pytest.mark.parametrize("row", ACTS, ids=lambda row: f"{row.method} {row.url}")
def test_what_is_kept_is_what_would_be_found_after_every_act(row, ask):
    without_role = Person.objects.filter(role="")
    assert Standing.objects.exact(timezone.now()).count() == without_role.count() >= 5

    ask(row, next(role for role in ROLES if role in row.allowed))

    people, at = list(without_role), timezone.now()
    found = asked(people, at)
    assert waiting_for(people, at) == {
        person.pk: in_order((item for item in found[person.pk] if item.waits(at)), at)
        for person in people
    }


def test_every_table_that_a_source_reads_of_people_without_a_role_is_watched(world):
    with CaptureQueriesContext(connection) as captured:
        found = asked(list(Person.objects.filter(role="")), timezone.now())

    read = {
        table
        for query in captured.captured_queries
        for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])
    }
    assert any(found.values())
    assert len(read) >= 12
    assert read - {watch.table for watch in installed.watches()} == set()
