from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError

from people.activity.models import Entry
from people.calendar import actions
from people.calendar.models import ClosingDay, Leave
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 12, 10, tzinfo=UTC)
MONDAY, FRIDAY = date(2027, 8, 2), date(2027, 8, 6)


def _close(by, **fields):
    said = {"date": MONDAY, "country": "", "name": "Founders' day"} | fields
    return actions.add_closing_day(**said, by=by, at=AT)


def _away(person, by, starts_date=MONDAY, ends_date=FRIDAY):
    return actions.add_leave(
        person=person, starts_date=starts_date, ends_date=ends_date, by=by, at=AT
    )


def test_a_closing_day_is_added_once_a_country_and_the_trail_says_who_did():
    planner = PlannerFactory()

    day = _close(planner)
    _close(planner, country="PT")

    with pytest.raises(actions.CalendarRefused, match="already"):
        _close(planner)
    assert ClosingDay.objects.count() == 2
    entry = Entry.objects.filter(verb="closing_day.added").earliest("pk")
    assert (entry.actor, entry.object_id, entry.note) == (
        planner, day.pk, "2027-08-02 Founders' day",
    )  # fmt: skip


def test_a_closing_day_is_removed_and_the_trail_remembers_it():
    planner = PlannerFactory()

    actions.remove_closing_day(day=_close(planner), by=planner, at=AT)

    assert not ClosingDay.objects.exists()
    assert Entry.objects.get(verb="closing_day.removed").note == "2027-08-02 Founders' day"


def test_leave_is_noted_once_by_the_person_or_a_planner_and_by_nobody_else():
    person, planner = PersonFactory(), PlannerFactory()

    leave = _away(person, person)
    again = _away(person, planner)
    with pytest.raises(actions.CalendarRefused, match="Only planners"):
        _away(person, PersonFactory(), ends_date=MONDAY)

    assert Leave.objects.get() == leave == again
    assert Entry.objects.get(verb="person.leave_added").subject == person


@pytest.mark.parametrize(
    ("ends_date", "why"),
    [(MONDAY - timedelta(days=1), "before the first"), (MONDAY + timedelta(days=366), "A year")],
)
def test_leave_ends_after_it_begins_and_within_a_year(ends_date, why):
    person = PersonFactory()

    with pytest.raises(actions.CalendarRefused, match=why):
        _away(person, person, ends_date=ends_date)

    assert _away(person, person, ends_date=MONDAY + timedelta(days=365))


def test_leave_is_taken_back():
    person = PersonFactory()
    leave = _away(person, person)

    with pytest.raises(actions.CalendarRefused):
        actions.remove_leave(leave=leave, by=PersonFactory(), at=AT)
    actions.remove_leave(leave=leave, by=person, at=AT)

    assert not Leave.objects.exists()
    assert Entry.objects.get(verb="person.leave_removed").note == "2027-08-02 – 2027-08-06"


def test_only_planners_change_closing_days():
    day = _close(PlannerFactory())

    with pytest.raises(actions.CalendarRefused):
        _close(PersonFactory(), date=FRIDAY)
    with pytest.raises(actions.CalendarRefused):
        actions.remove_closing_day(day=day, by=PersonFactory(), at=AT)


def test_the_database_holds_no_leave_that_ends_before_it_begins():
    with pytest.raises(IntegrityError, match="people_leave_ends_after_start"):
        Leave.objects.create(person=PersonFactory(), starts_date=FRIDAY, ends_date=MONDAY)


def test_the_database_holds_no_leave_twice():
    person = PersonFactory()
    _away(person, person)

    with pytest.raises(IntegrityError):
        Leave.objects.create(person=person, starts_date=MONDAY, ends_date=FRIDAY)


def test_the_database_holds_no_closing_day_twice():
    _close(PlannerFactory())

    with pytest.raises(IntegrityError):
        ClosingDay.objects.create(date=MONDAY, country="")
