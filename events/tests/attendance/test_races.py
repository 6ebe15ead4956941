"""Two clicks at once; real row locks, so on PostgreSQL."""

from datetime import UTC, datetime

import pytest

from core.imports.mapping import guess_columns
from core.imports.problems import FileRefused
from core.imports.readers import read_table
from core.imports.rows import parse_rows
from core.tests.races import at_once
from events.attendance import actions
from events.attendance.models import Attendee
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.accounts.models import Person
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import PlannerFactory

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("attempt", range(3))
def test_somebody_new_who_is_added_twice_at_once_is_there_once(attempt):
    kickoff, planner = KickoffFactory(), PlannerFactory()
    details = actions.Details(email="bo@x.example", full_name="Bo Ek", kind="REP")

    done = at_once(
        lambda: actions.add_attendee(kickoff=kickoff, details=details, by=planner, at=NOON),
        times=2,
        refusals=actions.RosterRefused,
    )

    assert sum(isinstance(one, actions.RosterRefused) for one in done) == 1
    assert Attendee.objects.get().person == Person.objects.get(email="bo@x.example")


@pytest.mark.parametrize("attempt", range(3))
def test_one_roster_in_two_kickoffs_at_once_makes_each_person_once(attempt):
    kickoffs = [KickoffFactory(), KickoffFactory()]
    rows = "".join(f"Bo Ek{n},bo{n}@x.example\n" for n in range(20))
    table = read_table(f"full_name,email\n{rows}".encode())
    columns = guess_columns(table.headers, actions.ROSTER_FIELDS)

    def import_one():
        parsed = parse_rows(table, actions.ROSTER_FIELDS, columns)
        actions.import_roster(kickoff=kickoffs.pop(), parsed=parsed, by=None, at=NOON)

    done = at_once(import_one, times=2, refusals=FileRefused)

    assert not all(isinstance(one, FileRefused) for one in done)
    assert Person.objects.filter(email__endswith="@x.example").count() == 20


@pytest.mark.parametrize("attempt", range(5))
def test_a_roster_invited_at_once_is_invited_once(attempt):
    kickoff, planner = KickoffFactory(), PlannerFactory()
    for _ in range(10):
        AttendeeFactory(kickoff=kickoff)

    done = at_once(lambda: actions.invite_attendees(kickoff=kickoff, by=planner, at=NOON), times=3)

    assert sorted(done) == [0, 0, 10]
    assert Message.objects.count() == 10
    assert Entry.objects.filter(verb="attendee.invited").count() == 10
