"""Two clicks at once; real row locks, so on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from core.imports.mapping import guess_columns
from core.imports.problems import FileRefused
from core.imports.readers import read_table
from events.attendance import actions
from events.attendance.models import Attendee
from events.tests.factories import KickoffFactory
from people.accounts.models import Person
from people.tests.factories import PlannerFactory

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def twice_at_once(act, refusal):
    start = Barrier(2)

    def run(_):
        try:
            start.wait(timeout=10)
            act()
        except refusal:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(run, range(2)))


@pytest.mark.parametrize("attempt", range(3))
def test_somebody_new_who_is_added_twice_at_once_is_there_once(attempt):
    kickoff, planner = KickoffFactory(), PlannerFactory()
    details = actions.Details(email="bo@x.example", full_name="Bo Ek", kind="REP")

    outcomes = twice_at_once(
        lambda: actions.add_attendee(kickoff=kickoff, details=details, by=planner, at=NOON),
        actions.RosterRefused,
    )

    assert outcomes == ["done", "refused"]
    assert Attendee.objects.get().person == Person.objects.get(email="bo@x.example")


@pytest.mark.parametrize("attempt", range(3))
def test_one_roster_in_two_kickoffs_at_once_makes_each_person_once(attempt):
    kickoffs = [KickoffFactory(), KickoffFactory()]
    rows = "".join(f"Bo Ek{n},bo{n}@x.example\n" for n in range(20))
    table = read_table(f"full_name,email\n{rows}".encode())
    columns = guess_columns(table.headers, actions.ROSTER_FIELDS)

    def import_one():
        actions.import_roster(
            kickoff=kickoffs.pop(), table=table, columns=columns, by=None, at=NOON
        )

    outcomes = twice_at_once(import_one, FileRefused)

    assert "done" in outcomes
    assert Person.objects.filter(email__endswith="@x.example").count() == 20
