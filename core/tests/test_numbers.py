import pytest

from core.numbers import whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("042", 42), ("9" * 18, 10**18 - 1)])
def test_plain_digits_are_a_number(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text", ["", " 1", "-1", "+1", "1.0", "1e3", "²", "٣", "9" * 19, "9" * 5000]
)
def test_anything_else_is_none(text):
    assert whole_number(text) is None
