"""When a reminder is due, in whose hours, and what is too old to be worth one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.packets.coverage.rules.reminders import (
    GIVE_UP,
    Plan,
    Stage,
    Waiting,
    due_dates,
    due_stages,
    is_in_hours,
    next_hours,
)

PLAN = Plan(unopened_days=3, manager_days=2, above_days=5)
LAST_DAY = date(2027, 2, 4)
EARLY = Waiting(released_date=date(2027, 1, 11), is_opened=False)


def test_each_stage_has_its_day():
    assert due_dates(PLAN, EARLY, LAST_DAY) == {
        Stage.UNOPENED: date(2027, 1, 14),
        Stage.LAST_MORNING: date(2027, 2, 4),
        Stage.LIST: date(2027, 2, 4),
        Stage.MANAGER: date(2027, 2, 6),
        Stage.ABOVE: date(2027, 2, 9),
    }


def test_who_has_opened_it_is_not_reminded_to_open_it():
    opened = Waiting(EARLY.released_date, is_opened=True)

    assert Stage.UNOPENED not in due_dates(PLAN, opened, LAST_DAY)


def test_a_late_release_leaves_time_to_read_before_anybody_hears_of_it():
    late = Waiting(released_date=date(2027, 2, 10), is_opened=False)

    dates = due_dates(PLAN, late, LAST_DAY)

    assert dates[Stage.LAST_MORNING] == date(2027, 2, 11)
    assert dates[Stage.UNOPENED] == date(2027, 2, 13)
    assert dates[Stage.MANAGER] == date(2027, 2, 15)


@pytest.mark.parametrize(
    ("today", "done", "expected"),
    [
        (date(2027, 1, 13), (), []),
        (date(2027, 1, 14), (), [Stage.UNOPENED]),
        (date(2027, 1, 20), (Stage.UNOPENED,), []),
        (date(2027, 2, 4), (Stage.UNOPENED,), [Stage.LAST_MORNING, Stage.LIST]),
        (
            date(2027, 2, 9),
            (),
            [Stage.UNOPENED, Stage.LAST_MORNING, Stage.LIST, Stage.MANAGER, Stage.ABOVE],
        ),
        (date(2027, 2, 4) + GIVE_UP + timedelta(days=30), (), []),
    ],
)
def test_what_is_due_and_not_done(today, done, expected):
    assert due_stages(PLAN, EARLY, last_day=LAST_DAY, today=today, done=done) == expected


@pytest.mark.parametrize(
    ("hour", "zone", "expected"),
    [
        (8, "Europe/Lisbon", True),
        (7, "Europe/Lisbon", False),
        (17, "Europe/Lisbon", True),
        (18, "Europe/Lisbon", False),
        (23, "Asia/Tokyo", True),
        (12, "Asia/Tokyo", False),
    ],
)
def test_hours_are_the_persons_own(hour, zone, expected):
    assert is_in_hours(datetime(2027, 1, 14, hour, tzinfo=UTC), ZoneInfo(zone)) is expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2027, 1, 14, 9, 30, tzinfo=UTC), datetime(2027, 1, 14, 9, 30, tzinfo=UTC)),
        (datetime(2027, 1, 14, 3, tzinfo=UTC), datetime(2027, 1, 14, 8, tzinfo=UTC)),
        (datetime(2027, 1, 14, 20, tzinfo=UTC), datetime(2027, 1, 15, 8, tzinfo=UTC)),
    ],
)
def test_out_of_hours_waits_for_the_next_morning(at, expected):
    assert next_hours(at, ZoneInfo("Europe/Lisbon")) == expected
