from datetime import date

import pytest

from events.kickoff import rules
from events.kickoff.rules import Milestone, When

STARTS, ENDS = date(2027, 2, 2), date(2027, 2, 4)


def season(today, marks=None):
    return rules.season(STARTS, ENDS, today, marks)


def todays(stretches):
    return [(s.phase, y.label, y.text) for s in stretches for y in s.yards if y.when == When.TODAY]


def test_the_season_runs_from_26_weeks_before_to_day_90():
    before, during, after = season(date(2027, 1, 12))

    assert (before.length, during.length, after.length) == ("26 weeks", "3 days", "90 days")
    assert [yard.label for yard in before.yards] == [
        "T−26", "T−22", "T−17", "T−13", "T−8", "T−5", "T−4", "Today", "T−1",
    ]  # fmt: skip
    assert [(yard.label, yard.text) for yard in during.yards] == [
        ("Tue", "2 Feb"),
        ("Wed", "3 Feb"),
        ("Thu", "4 Feb"),
    ]
    assert [yard.label for yard in after.yards] == ["Day 30", "Day 60", "Day 90"]


def test_a_checkpoint_on_a_weekend_moves_to_the_monday():
    assert rules.days_after(ENDS, 30) == date(2027, 3, 8)  # 6 March is a Saturday
    assert rules.days_after(ENDS, 60) == date(2027, 4, 5)
    assert rules.days_after(ENDS, 90) == date(2027, 5, 5)


def test_today_takes_the_place_of_the_milestone_that_falls_on_it():
    assert todays(season(date(2027, 1, 12))) == [("before", "Today", "Pre-work due")]


def test_today_between_two_milestones_has_a_line_of_its_own():
    assert todays(season(date(2027, 1, 20))) == [("before", "Today", "Wed 20 Jan")]
    before = season(date(2027, 1, 20))[0]
    assert [yard.label for yard in before.yards][-3:] == ["T−3", "Today", "T−1"]


def test_what_lies_behind_is_past_and_what_lies_ahead_is_not():
    before, during, after = season(date(2027, 2, 3))

    assert {yard.when for yard in before.yards} == {When.PAST}
    assert [yard.when for yard in during.yards] == [When.PAST, When.TODAY, When.AHEAD]
    assert {yard.when for yard in after.yards} == {When.AHEAD}


def test_every_day_of_two_years_has_exactly_one_today():
    start = date(2026, 1, 1).toordinal()
    for ordinal in range(start, start + 730):
        assert len(todays(season(date.fromordinal(ordinal)))) == 1


def test_the_last_milestone_passed_stays_on_a_phone():
    before = season(date(2027, 1, 12))[0]

    assert [yard.label for yard in before.yards if yard.is_kept] == ["T−4"]


def test_a_planner_may_have_milestones_of_their_own():
    before = season(date(2027, 1, 12), [Milestone(2, "Rehearsal"), Milestone(10, "Brief")])[0]

    assert [yard.label for yard in before.yards] == ["T−10", "Today", "T−2"]
    assert before.length == "10 weeks"


@pytest.mark.parametrize(
    ("today", "phase", "words"),
    [
        (date(2027, 1, 12), "before", "in 21 days"),
        (date(2027, 2, 1), "before", "tomorrow"),
        (date(2027, 2, 2), "during", "day 1 of 3"),
        (date(2027, 2, 4), "during", "day 3 of 3"),
        (date(2027, 2, 5), "after", "day 1 of 90"),
        (date(2027, 3, 17), "after", "day 41 of 90"),
        (date(2027, 5, 5), "after", "day 90 of 90"),
        (date(2027, 5, 6), "after", ""),
    ],
)
def test_each_day_is_told_by_where_it_is_on_the_season(today, phase, words):
    day = rules.day_of(STARTS, ENDS, today)

    assert (day.phase, day.in_words) == (phase, words)
