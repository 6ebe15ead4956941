from dataclasses import dataclass
from datetime import date

import pytest

from events.planning import rules
from events.planning.rules import Part

STARTS, ENDS, TODAY = date(2027, 2, 2), date(2027, 2, 4), date(2027, 1, 12)


@dataclass
class Task:
    due_date: date
    is_done: bool = False


@pytest.mark.parametrize(
    ("task", "part"),
    [
        (Task(date(2027, 1, 11)), Part.LATE),
        (Task(date(2027, 1, 11), is_done=True), Part.DONE),
        (Task(TODAY), Part.SOON),  # its own day is not late yet
        (Task(date(2027, 1, 19)), Part.SOON),
        (Task(date(2027, 1, 20)), Part.LATER),
        (Task(ENDS), Part.LATER),
        (Task(date(2027, 2, 5)), Part.AFTER),
    ],
)
def test_where_a_task_stands(task, part):
    assert rules.part_of(task, TODAY, ENDS) == part


def test_the_timeline_tells_late_first_then_by_month_and_done_last():
    tasks = [
        Task(date(2027, 3, 8)),
        Task(date(2026, 8, 4), is_done=True),
        Task(date(2027, 2, 2)),
        Task(date(2027, 1, 26)),
        Task(date(2027, 1, 14)),
        Task(date(2027, 1, 8)),
        Task(date(2027, 1, 4)),
    ]

    groups = rules.timeline(tasks, TODAY, ENDS)

    assert [(g.part, g.month, [t.due_date.day for t in g.tasks]) for g in groups] == [
        (Part.LATE, None, [4, 8]),
        (Part.SOON, None, [14]),
        (Part.LATER, date(2027, 1, 1), [26]),
        (Part.LATER, date(2027, 2, 1), [2]),
        (Part.AFTER, None, [8]),
        (Part.DONE, None, [4]),
    ]


def test_the_suggested_timeline_runs_from_26_weeks_before_to_90_days_after():
    suggestions = rules.suggestions()

    assert suggestions[0].weeks_before == 26
    assert suggestions[-1].days_after == 90
    assert {s.workstream for s in suggestions} == {"LOGISTICS", "CONTENT", "COMMUNICATIONS", "COMP"}
    assert all((s.weeks_before is None) != (s.days_after is None) for s in suggestions)
    assert {s.after for s in suggestions} - {""} <= {s.name for s in suggestions}


def test_with_half_of_the_time_left_everything_stays_and_below_it_some_is_dropped():
    half, below = rules.compressed(65), rules.compressed(60)

    assert (len(half.kept), len(half.dropped)) == (31, 0)
    assert (half.kept[0].working_days, half.kept[0].takes_days) == (65, 3)
    assert (len(below.kept), len(below.dropped)) == (27, 4)
    assert next(one for one in below.kept if one.name == "venue").after == "request"
    for days in (130, 200, 0, -5):
        assert rules.compressed(days).kept == rules.suggestions()
