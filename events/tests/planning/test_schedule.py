"""Offsets, working days, and tasks that wait for one another: plain dates, no table."""

from datetime import date

import pytest

from core.due.rules import Calendar
from events.planning import rules
from events.planning.rules import CountsFrom, Frame, Link, Offset, Step, Unit

FRAME = Frame(date(2027, 2, 2), date(2027, 2, 4), date(2027, 4, 1))  # Tuesday to Thursday
PORTUGAL = Calendar("PT")
WEEKDAYS = Calendar()


@pytest.mark.parametrize(
    ("offset", "calendar", "day"),
    [
        (Offset(8), WEEKDAYS, date(2026, 12, 8)),
        (Offset(8), PORTUGAL, date(2026, 12, 7)),  # the 8th is a holiday there
        (Offset(0), WEEKDAYS, date(2027, 2, 2)),
        (Offset(3, Unit.WORKING_DAYS), WEEKDAYS, date(2027, 1, 28)),
        (Offset(30, Unit.DAYS, CountsFrom.AFTER_EVENT), WEEKDAYS, date(2027, 3, 8)),
        (Offset(1, Unit.WORKING_DAYS, CountsFrom.AFTER_EVENT), WEEKDAYS, date(2027, 2, 5)),
        (Offset(30, Unit.DAYS, CountsFrom.BEFORE_PLAN), WEEKDAYS, date(2027, 3, 2)),
        (Offset(1, Unit.WEEKS, CountsFrom.AFTER_PLAN), WEEKDAYS, date(2027, 4, 8)),
    ],
)
def test_an_offset_leads_to_a_working_day_of_its_owner(offset, calendar, day):
    assert rules.wanted_date(offset, FRAME, calendar) == day


def test_what_counts_from_a_plan_without_a_date_is_refused():
    offset = Offset(4, Unit.WEEKS, CountsFrom.BEFORE_PLAN)
    with pytest.raises(rules.NoPlanDateError):
        rules.wanted_date(offset, Frame(FRAME.starts, FRAME.ends), WEEKDAYS)


@pytest.mark.parametrize(
    ("offset", "mark"),
    [
        (Offset(8), "T−8"),
        (Offset(3, Unit.WORKING_DAYS), "T−3 wd"),
        (Offset(30, Unit.DAYS, CountsFrom.AFTER_EVENT), "T+30"),
        (Offset(2, Unit.WEEKS, CountsFrom.AFTER_EVENT), "T+2 wk"),
        (Offset(30, Unit.DAYS, CountsFrom.BEFORE_PLAN), "E−30 d"),
    ],
)
def test_an_offset_is_told_as_planners_say_it(offset, mark):
    assert offset.mark == mark


def test_working_days_between_two_days_leave_out_holidays_and_count_back_too():
    # Friday 4 to Wednesday 9 December: the 8th is a holiday in Portugal
    first, last = date(2026, 12, 4), date(2026, 12, 9)
    assert rules.working_days_between(first, last, WEEKDAYS) == 3
    assert rules.working_days_between(first, last, PORTUGAL) == 2
    assert rules.working_days_between(last, first, PORTUGAL) == -2


def step(key, day, length=5, **more):
    more = {"wanted": day} | more
    return Step(key, day, length, **more)


MON, FRI = date(2027, 1, 11), date(2027, 1, 15)


@pytest.mark.parametrize(
    ("length", "lag", "due"),
    [
        (5, 0, date(2027, 1, 22)),  # Monday to Friday after it
        (5, 3, date(2027, 1, 25)),  # three days later it begins on the Tuesday
        (5, -5, date(2027, 1, 15)),  # begins on Monday, before the other is over
        (1, 0, date(2027, 1, 18)),
        (0, 0, FRI),  # a moment, on the day on which the other is over
    ],
)
def test_a_task_begins_after_what_it_waits_for_and_the_days_in_between(length, lag, due):
    steps = [step(1, FRI), step(2, MON, length)]

    assert rules.schedule(steps, [Link(2, 1, lag)]) == {1: FRI, 2: due}


def test_one_that_has_time_keeps_its_own_day():
    late = date(2027, 3, 1)
    assert rules.schedule([step(1, FRI), step(2, late)], [Link(2, 1)])[2] == late


def test_a_date_set_by_hand_stays_and_holds_up_what_follows_it():
    steps = [step(1, FRI), step(2, MON, wanted=None), step(3, MON, 1)]
    links = [Link(2, 1), Link(3, 2)]

    assert rules.schedule(steps, links) == {1: FRI, 2: MON, 3: date(2027, 1, 12)}
    assert rules.too_early(steps, links) == [Link(2, 1), Link(3, 2)]


def test_the_way_between_two_tasks_is_found_to_name_a_cycle():
    links = [Link(2, 1), Link(3, 2), Link(4, 3), Link(4, 1)]

    assert rules.path_between(1, 3, links) == [1, 2, 3]
    assert rules.path_between(3, 1, links) == []
    assert rules.path_between(2, 2, links) == [2]


def test_slack_is_what_is_left_before_the_first_day():
    # 1 is over on the Friday; 2 takes the week after; the limit is that Friday
    steps = [step(1, FRI), step(2, date(2027, 1, 22)), step(3, MON), step(4, date(2027, 3, 1))]

    path = rules.critical_path(steps, [Link(2, 1)], MON, date(2027, 1, 22))

    assert path.slack == {1: 0, 2: 0, 3: 9}
    assert (path.chain, path.spare, path.critical) == ([1, 2], 0, {1, 2})


def test_slack_ends_where_a_date_set_by_hand_begins_but_that_is_no_critical_path():
    steps = [step(1, FRI), step(2, date(2027, 1, 26), wanted=None)]  # begins on Wednesday the 20th

    path = rules.critical_path(steps, [Link(2, 1)], MON, date(2027, 6, 1))

    assert path.slack[1] == 2
    assert path.spare > 0
    assert path.critical == frozenset()


def test_of_two_chains_without_a_day_to_spare_the_longest_is_critical_and_one_task_is_no_chain():
    limit = date(2027, 1, 22)
    steps = [step(1, FRI), step(2, limit), step(3, date(2027, 1, 20), 1), step(4, limit, 2)]
    alone = step(5, limit)

    path = rules.critical_path([*steps, alone], [Link(2, 1), Link(4, 3)], MON, limit)

    assert path.chain == [1, 2]
    assert [path.slack[key] for key in (3, 4, 5)] == [0, 0, 0]
    assert rules.critical_path([alone], [], MON, limit).chain == ()


def test_what_is_late_is_over_today_at_the_earliest_and_may_lack_days():
    # Four working days late: what follows it has the week before the limit to itself
    path = rules.critical_path(
        [step(1, MON), step(2, date(2027, 1, 22))],
        [Link(2, 1)],
        date(2027, 1, 20),
        date(2027, 1, 22),
    )

    assert (path.slack[1], path.spare, path.missing) == (-3, -3, 3)
    assert path.critical == {1, 2}


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 12, 31), date(2027, 1, 4), 1),  # New Year's Day, and a weekend
        (date(2027, 1, 4), date(2026, 12, 31), -1),
        (date(2025, 12, 31), date(2027, 12, 31), 505),
        (MON, MON, 0),
    ],
)
def test_working_days_are_counted_over_years(first, last, days):
    assert rules.working_days_between(first, last, PORTUGAL) == days


def test_the_template_holds_together_without_pushing_anything():
    suggestions = rules.suggestions()
    numbers = {one.name: number for number, one in enumerate(suggestions) if one.name}
    steps = [
        step(number, rules.wanted_date(one.offset, FRAME, WEEKDAYS), one.takes_days)
        for number, one in enumerate(suggestions)
    ]
    links = [
        Link(number, numbers[one.after]) for number, one in enumerate(suggestions) if one.after
    ]

    assert rules.schedule(steps, links) == {one.key: one.due for one in steps}
