import pytest

from people.org.rules import is_above

TREE = {1: None, 2: 1, 3: 2, 4: 2, 5: 6, 6: 5}


@pytest.mark.parametrize(
    ("above", "person", "expected"),
    [(1, 3, True), (2, 3, True), (3, 2, False), (4, 3, False), (3, 3, False), (9, 3, False)],
)
def test_who_is_above_whom(above, person, expected):
    assert is_above(TREE, above, person) is expected


def test_in_a_circle_everybody_is_above_themselves_and_the_walk_ends():
    assert is_above(TREE, 5, 5)
    assert not is_above(TREE, 1, 5)
