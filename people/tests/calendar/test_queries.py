from datetime import date

import pytest

from core.due.rules import Calendar
from people.calendar.models import ClosingDay, Leave
from people.calendar.queries import calendar_of, calendars_of
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
XMAS, BRIDGE = date(2027, 12, 27), date(2027, 6, 11)


def test_a_calendar_holds_place_closing_days_and_leave():
    ClosingDay.objects.create(date=XMAS)
    ClosingDay.objects.create(date=BRIDGE, country="PT")
    lisbon = PersonFactory(country="PT", time_zone="Europe/Lisbon")
    london = PersonFactory(country="GB", time_zone="Europe/London")
    Leave.objects.create(person=london, starts_date=XMAS, ends_date=XMAS)

    assert calendar_of(lisbon) == Calendar("PT", closed=frozenset({XMAS, BRIDGE}))
    assert calendar_of(london) == Calendar(
        "GB", "ENG", closed=frozenset({XMAS}), away=((XMAS, XMAS),)
    )


@pytest.mark.parametrize("count", [0, 1, 300])
def test_calendars_take_two_queries_however_many_people(count, django_assert_max_num_queries):
    people = PersonFactory.create_batch(count)

    with django_assert_max_num_queries(2):
        found = calendars_of(people)

    assert list(found) == [person.pk for person in people]
