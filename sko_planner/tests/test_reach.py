import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.statistics import fresh_statistics
from events.attendance.models import Attendee
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.accounts.models import Person
from people.tests.factories import PersonFactory
from reinforcement.tests.factories import NoteFactory
from sko_planner.reach import LINE, NOTES, REPORTS, SEAT, visible_kickoffs

pytestmark = pytest.mark.django_db


def had(person, kickoff):
    """What somebody has at a kickoff, by the names of `reach`."""
    [found] = [one for one in visible_kickoffs(person) if one == kickoff]
    return {name for name in (SEAT, REPORTS, LINE, NOTES) if getattr(found, name)}


class TestWhatSomebodyHasAtAKickoff:
    def test_a_seat(self):
        seat = AttendeeFactory()

        assert had(seat.person, seat.kickoff) == {SEAT}

    def test_reports_are_a_line_too_and_may_be_written_about(self):
        planner = PersonFactory(role="PLANNER")
        seat = AttendeeFactory(person__manager=planner)

        assert had(planner, seat.kickoff) == {REPORTS, LINE, NOTES}

    def test_a_line_without_any_report_of_ones_own_on_the_roster(self):
        planner = PersonFactory(role="PLANNER")
        absent = PersonFactory(manager=planner)
        seat = AttendeeFactory(person__manager=PersonFactory(manager=absent))

        assert had(planner, seat.kickoff) == {LINE}

    def test_a_line_that_is_on_another_roster_only(self):
        planner = PersonFactory(role="PLANNER")
        AttendeeFactory(person__manager=planner)

        assert had(planner, KickoffFactory()) == set()

    def test_oneself_is_not_in_ones_line_though_the_tree_goes_round(self):
        planner = PersonFactory(role="PLANNER")
        report = PersonFactory(manager=planner)
        Person.objects.filter(pk=planner.pk).update(manager=report)
        seat = AttendeeFactory(person=planner)

        assert had(planner, seat.kickoff) == {SEAT}

    def test_notes_from_when_there_were_reports(self):
        planner = PersonFactory(role="PLANNER")
        note = NoteFactory(manager=planner)

        assert NOTES in had(planner, note.kickoff)


def rows_read(plan):
    """How many rows the plan of a statement took up, in all of its parts."""
    own = plan["Actual Rows"] * plan["Actual Loops"] if "Scan" in plan["Node Type"] else 0
    return own + sum(rows_read(part) for part in plan.get("Plans", []))


@pytest.mark.postgres
@pytest.mark.parametrize("is_there", [True, False], ids=["on the roster", "not on it"])
def test_the_query_of_every_page_reads_a_few_rows_of_a_large_company(is_there):
    planner = PersonFactory(role="PLANNER")
    leads = [PersonFactory(manager=planner) for _number in range(5)]
    with fresh_statistics():
        people = Person.objects.bulk_create(
            Person(email=f"{number}@company.example", manager=leads[number % 5])
            for number in range(2_000)
        )
        kickoff, _empty = KickoffFactory.create_batch(2)
        Attendee.objects.bulk_create(
            Attendee(kickoff=kickoff, person=person, added_at=timezone.now())
            for person in (people if is_there else PersonFactory.create_batch(2_000 // 40))
        )
    with CaptureQueriesContext(connection) as queries:
        visible_kickoffs(planner)
    [query] = queries
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query['sql']}")
        [[explained]] = cursor.fetchall()
    plan = explained if isinstance(explained, list) else json.loads(explained)

    assert rows_read(plan[0]["Plan"]) < (200 if is_there else 20_000)
