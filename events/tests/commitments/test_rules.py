from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from events.commitments.rules import (
    Part,
    carry_days,
    due_days,
    friday_of,
    tellable,
    tellable_groups,
    week_in_review,
)

THURSDAY = date(2027, 2, 4)


def test_what_recurs_falls_due_on_fridays_and_never_in_its_first_days():
    weekly = due_days("WEEKLY", THURSDAY, date(2027, 2, 26))
    monthly = due_days("MONTHLY", THURSDAY, date(2027, 5, 5))
    quarterly = due_days("QUARTERLY", THURSDAY, date(2027, 5, 5))

    assert weekly == [date(2027, 2, 12), date(2027, 2, 19), date(2027, 2, 26)]
    assert monthly == [date(2027, 2, 26), date(2027, 3, 26), date(2027, 4, 30)]
    assert quarterly == [date(2027, 3, 26)]


@pytest.mark.parametrize("cadence", ["ONCE", "WEEKLY", "QUARTERLY"])
def test_what_has_no_friday_left_is_due_on_its_last_day(cadence):
    assert due_days(cadence, THURSDAY, date(2027, 2, 9)) == [date(2027, 2, 9)]


@pytest.mark.parametrize(
    ("at", "zone", "friday"),
    [
        (datetime(2027, 2, 5, 7, 59, tzinfo=UTC), "Europe/Lisbon", None),
        (datetime(2027, 2, 5, 8, 0, tzinfo=UTC), "Europe/Lisbon", date(2027, 2, 5)),
        (datetime(2027, 2, 4, 23, 30, tzinfo=UTC), "Asia/Tokyo", date(2027, 2, 5)),
        (datetime(2027, 2, 7, 23, 30, tzinfo=UTC), "Europe/Lisbon", date(2027, 2, 5)),
        (datetime(2027, 2, 8, 0, 30, tzinfo=UTC), "Europe/Lisbon", None),
    ],
)
def test_a_week_is_in_review_from_friday_morning_to_sunday_where_people_are(at, zone, friday):
    assert week_in_review(at, ZoneInfo(zone)) == friday


def test_a_promise_is_carried_to_a_wednesday_or_a_friday_to_come():
    assert carry_days(date(2027, 2, 5)) == [
        date(2027, 2, 10),
        date(2027, 2, 12),
        date(2027, 2, 19),
    ]
    assert friday_of(date(2027, 2, 7)) == date(2027, 2, 5)


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ((5, 20, 60), [False, True, True]),  # five with oneself leave four others
        ((6, 11, 60), [True, True, True]),
        ((6, 10, 60), [True, False, True]),  # region less team leaves four
        ((6, 11, 15), [True, True, False]),
        ((1, 3, 5), [False, False, False]),
    ],
)
def test_no_sum_tells_of_fewer_than_five_others_by_subtraction_neither(people, told):
    assert tellable([Part(n, 1, 2) for n in people]) == told


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ({"a": 5, "b": 9}, {"a", "b"}),
        ({"a": 5, "b": 9, "c": 2}, {"b"}),  # all less b would tell of two
        ({"a": 5, "b": 9, "c": 2, "d": 3}, {"a", "b"}),
        ({"a": 3}, set()),
    ],
)
def test_groups_beside_one_another_tell_of_no_few_that_are_left_out(people, told):
    assert tellable_groups(people) == told
