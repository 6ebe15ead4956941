from datetime import date

import pytest

from events.readiness.rules import Kept, Move, earned, moves, shared_out, tuesday_of


@pytest.mark.parametrize(
    ("weights", "points"),
    [
        ([], []),
        ([0, 0], [0, 0]),
        ([7], [100]),
        ([1, 1, 1], [34, 33, 33]),
        ([5, 2, 3], [50, 20, 30]),
        ([6, 6, 1], [46, 46, 8]),
    ],
)
def test_points_are_whole_and_add_up_to_a_hundred(weights, points):
    assert shared_out(weights) == points


@pytest.mark.parametrize(
    ("share", "points"), [(0, 0), (0.5, 3), (0.999, 5), (1, 6), (1.7, 6), (-1, 0), (1 - 3 / 6, 3)]
)
def test_the_last_point_is_for_all_of_it(share, points):
    assert earned(6, share) == points


def test_a_week_is_named_by_its_last_tuesday():
    assert tuesday_of(date(2027, 1, 12)) == date(2027, 1, 12)
    assert tuesday_of(date(2027, 1, 18)) == date(2027, 1, 12)


def test_what_moved_the_score_most_comes_first_and_weeks_without_a_move_are_left_out():
    first, second, third, fourth = (date(2027, 1, day) for day in (5, 12, 19, 26))
    weeks = [
        (first, {"a": Kept(0, "A is open"), "b": Kept(3, "B is met")}),
        (second, {"a": Kept(2, "A is half met"), "b": Kept(3, "B is met")}),
        (third, {"a": Kept(2, "A is half met"), "b": Kept(3, "B is met")}),
        (fourth, {"a": Kept(1, "A slipped"), "c": Kept(4, "C is new")}),
    ]

    assert moves(weeks) == [
        Move(fourth, 0, ["C is new", "A slipped"]),
        Move(second, 2, ["A is half met"]),
    ]
