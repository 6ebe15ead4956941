from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest

from agenda.door import rules
from agenda.door.rules import Kind, Pass, Problem, Stay

NINE = datetime(2027, 2, 2, 9, tzinfo=UTC)
CODE = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def minutes(n):
    return NINE + timedelta(minutes=n)


def test_a_code_is_read_as_it_was_written():
    assert rules.read(rules.written(CODE).lower() + "\n") == (CODE, Problem.NONE)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("https://example.com/", Problem.FOREIGN),
        ("", Problem.FOREIGN),
        ("SKO:", Problem.TORN),
        (rules.written(CODE)[:-3], Problem.TORN),
        (rules.written(CODE)[:-1] + "2", Problem.TORN),
        ("SKO:" + "€" * 26, Problem.TORN),
    ],
)
def test_what_is_no_whole_code_of_ours_is_said_so(text, problem):
    assert rules.read(text) == ("", problem)


def test_whoever_was_scanned_is_where_all_scans_say_in_whatever_order_they_arrive():
    passes = [
        Pass(UUID(int=1), Kind.IN, minutes(0)),
        Pass(UUID(int=2), Kind.IN, minutes(5)),  # a second device
        Pass(UUID(int=3), Kind.OUT, minutes(60)),
        Pass(UUID(int=4), Kind.IN, minutes(90)),
        Pass(UUID(int=5), Kind.UNDO, minutes(91), UUID(int=4)),
    ]
    assert {rules.stay(order) for order in permutations(passes)} == {Stay(NINE, None)}
    assert {rules.stay(order) for order in permutations(passes[:4])} == {Stay(NINE, minutes(90))}
    assert rules.stay(passes[:2]) == Stay(NINE, NINE)


def test_a_clock_that_is_an_hour_wrong_is_set_right():
    ahead = rules.clock_ahead(minutes(62), minutes(2))
    assert (ahead, rules.scanned_at(minutes(60), ahead, minutes(2))) == (3600, NINE)


def test_a_moment_that_cannot_be_is_the_arrival():
    never_set = datetime(1970, 1, 1, tzinfo=UTC)
    assert rules.scanned_at(never_set, 0, NINE) == NINE
    assert rules.scanned_at(minutes(9), 0, NINE) == NINE
    assert rules.scanned_at(datetime.min.replace(tzinfo=UTC), 10**6, NINE) == NINE
