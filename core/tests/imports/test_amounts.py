"""Amounts as people write them: one column, one way of writing."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.imports.amounts import Figure, amount, amount_in, find_convention, read_amount
from core.imports.asking import COMMA, POINT

D = Decimal


@pytest.mark.parametrize(
    ("cell", "by_point", "by_comma"),
    [
        ("84000", D(84000), D(84000)),
        ("84.000", D(84), D(84000)),
        ("84,000", D(84000), D(84)),
        ("84,50", None, D("84.5")),
        ("1,234.50", D("1234.5"), None),
        ("1.234,50", None, D("1234.5")),
        ("1,250,000", D(1250000), None),
        ("1.250.000", None, D(1250000)),
        ("12,34,567", D(1234567), None),
        ("1'250.50", D("1250.5"), None),
        ("1’250’000", D(1250000), D(1250000)),
        ("1’250.–", D(1250), None),
        ("1.250,-", None, D(1250)),
        ("1\u00a0250,50", None, D("1250.5")),
        ("1\u202f250\u202f000", D(1250000), D(1250000)),
        ("١٬٢٥٠٫٥", D("1250.5"), D("1250.5")),
        ("１２，５００．５０", D("12500.5"), None),
        ("(1,250)", D(-1250), D("-1.25")),
        ("1250-", D(-1250), D(-1250)),
        ("−1250", D(-1250), D(-1250)),
        ("€ -5", D(-5), D(-5)),
        ("-$5", D(-5), D(-5)),
        ("84.000 €", D(84), D(84000)),
        ("EUR 1.250,00", None, D(1250)),
        ("R$ 1.250,00", None, D(1250)),
        ("5 kr", D(5), D(5)),
        ("0.500", D("0.5"), None),
        (".5", D("0.5"), None),
        ("1,25,000", D(125000), None),
        ("1,2345", None, D("1.2345")),
    ],
)  # fmt: skip
def test_a_cell_says_what_it_can_where_a_point_or_a_comma_parts_the_decimals(
    cell, by_point, by_comma
):
    read = [found and found.value for sign in (POINT, COMMA) for found in [read_amount(cell, sign)]]

    assert read == [by_point, by_comma]


@pytest.mark.parametrize(
    "cell",
    ["", "-", "a lot", "NaN", "inf", "1E+05", "1e9", "50%", "--5", "(-5)", "-5-", "1 25", "1.2.3",
     "1,2,3", "1_000", "1.25.0000", "0x10", "12k", "9" * 61, "1,234.567.890"],
)  # fmt: skip
def test_what_is_no_amount_is_none(cell):
    assert (read_amount(cell, POINT), read_amount(cell, COMMA)) == (None, None)


def test_a_cell_may_name_its_currency():
    cells = ("€5", "5 EUR", "CHF 5", "5 zł", "$5", "5")

    assert [read_amount(cell, POINT).currency for cell in cells] == [
        "EUR", "EUR", "CHF", "PLN", "", ""
    ]  # fmt: skip


def test_a_number_of_a_sheet_is_itself_however_it_is_shown():
    assert read_amount(Figure("84.125", D("84.125")), COMMA).value == D("84.125")


@pytest.mark.parametrize(
    ("cells", "digits", "sign", "is_certain"),
    [
        (["84000", "1250"], 2, POINT, True),
        (["84.000", "1.250,50"], 2, COMMA, True),
        (["84.000", "1.250.000"], 2, COMMA, True),
        (["84,000", "1,250,000"], 2, POINT, True),
        (["1,234", "12.5"], None, POINT, True),
        (["84.000", "1.250"], 2, COMMA, False),  # hardly three decimals of a euro
        (["84,000"], 2, POINT, False),
        (["1.234"], None, "", False),
        (["1.234"], 3, "", False),
        (["84.000", "84.50"], 2, "", False),  # by the one a point parts decimals, by the other not
        (["1.234", "1,5", "1.5"], None, "", False),
        (["1,50", "x"], 2, COMMA, True),
        (["x"], 2, POINT, True),
    ],
)
def test_a_column_tells_how_it_is_written_or_leaves_it_open(cells, digits, sign, is_certain):
    found = find_convention([(cell, digits) for cell in cells])

    assert (found.sign, found.is_certain) == (sign, is_certain)


def test_three_samples_are_told_those_that_may_mean_two_numbers_first():
    found = find_convention([(cell, 2) for cell in ("5", "6", "84.000", "7", "1.250")])

    assert found.samples == ("84.000", "1.250", "5")
    assert found.in_words(COMMA) == "84.000 is 84,000; 1.250 is 1,250; 5 is 5"


def _indian(whole):
    head, tail = whole[:-3], whole[-3:]
    parts = [tail]
    while head:
        parts.insert(0, head[-2:])
        head = head[:-2]
    return ",".join(parts)


def _by(sign):
    return lambda whole: f"{int(whole):,}".replace(",", sign)


WAYS = {
    "plain, point": (str, "."),
    "plain, comma": (str, ","),
    "American": (_by(","), "."),
    "German": (_by("."), ","),
    "French": (_by("\u202f"), ","),
    "Swiss": (_by("’"), "."),
    "Swedish": (_by("\u00a0"), ","),
    "Indian": (_indian, "."),
}
AROUND = ["{}", "{} €", "€{}", "EUR {}", "{} EUR", " {} "]
NEGATIVE = ["-{}", "−{}", "({})", "{}-"]


@given(
    values=st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=8),
    way=st.sampled_from(sorted(WAYS)),
    around=st.sampled_from(AROUND),
    negative=st.sampled_from(NEGATIVE),
)
@example(values=[D("-0.50")], way="German", around="{} €", negative="({})")
def test_a_column_in_any_way_of_writing_reads_as_what_was_written(values, way, around, negative):
    group, mark = WAYS[way]

    def written(value):
        whole, part = f"{abs(value):.2f}".split(".")
        text = f"{group(whole)}{mark}{part}"
        return around.format(negative.format(text) if value < 0 else text)

    cells = [written(value) for value in values]
    found = find_convention([(cell, 2) for cell in cells])

    assert found.is_certain
    assert [read_amount(cell, found.sign).value for cell in cells] == values


@given(
    values=st.lists(st.integers(1_000, 10**9), min_size=1, max_size=8),
    way=st.sampled_from(["American", "German"]),
)
def test_whole_amounts_in_groups_are_read_right_or_asked(values, way):
    group, _mark = WAYS[way]
    cells = [group(str(value)) for value in values]
    found = find_convention([(cell, None) for cell in cells])

    right = [read_amount(cell, POINT if way == "American" else COMMA).value for cell in cells]
    assert right == values
    if found.is_certain:
        assert [read_amount(cell, found.sign).value for cell in cells] == values
    else:
        assert max(values) < 10**6


@pytest.mark.parametrize(
    ("text", "value"),
    [("900,000", D(900000)), ("900000,5", D("900000.5")), ("900 000.50", D("900000.5"))],
)
def test_a_form_takes_an_amount_as_people_write_it(text, value):
    assert amount(text) == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("84.000", "may mean two numbers. Write 84000 or 84.0000"),
        ("1E+05", "has lost digits"),
        ("a lot", "is no number. Write it as"),
    ],
)
def test_a_form_refuses_what_may_mean_two_numbers_or_none(text, says):
    with pytest.raises(ValueError, match=says):
        amount(text)


@pytest.mark.parametrize(
    ("cell", "currency", "value"),
    [
        ("250.000", "EUR", D(250000)),
        ("250,000", "EUR", D(250000)),
        ("250.5", "EUR", D("250.5")),
        ("250,50 €", "EUR", D("250.5")),
        ("1.250", "BHD", D("1.25")),
        ("12.500", "JPY", D(12500)),
    ],
)
def test_a_currency_tells_how_an_amount_by_itself_is_meant(cell, currency, value):
    assert amount_in(cell, currency) == value


def test_an_amount_in_another_currency_is_refused():
    with pytest.raises(ValueError, match="is in USD, and this is in EUR"):
        amount_in("5 USD", "EUR")
