from datetime import date

import pytest

from core.imports import parsers
from core.imports.mapping import Field, MappingRefused
from core.imports.problems import Problems
from core.imports.readers import read_table
from core.imports.rows import parse_rows

FIELDS = [
    Field("name", "Name", required=True),
    Field("email", "E-mail", parse=parsers.email),
    Field("hired", "Hire date", parse=parsers.iso_date),
]
COLUMNS = {"name": "Who", "email": "Mail", "hired": "Since"}


def test_rows_become_values_and_every_error_is_gathered():
    table = read_table(
        b"Who,Mail,Since\nBo,bo@example.com,2027-02-03\n,nope,3/2/27\nAda,,\nEve,,,x\n"
    )

    parsed = parse_rows(table, FIELDS, COLUMNS)

    assert [row.values for row in parsed.rows] == [
        {"name": "Bo", "email": "bo@example.com", "hired": date(2027, 2, 3)},
        {},
        {"name": "Ada"},
        {"name": "Eve"},
    ]
    assert [str(error) for error in parsed.problems] == [
        "Row 3, column “Who”: This cell is empty.",
        "Row 3, column “Mail”: “nope” is no e-mail address.",
        "Row 3, column “Since”: “3/2/27” is no date. Write dates as 2027-02-03.",
        "Row 5, column “D”: This cell lies outside the 3 columns that have a header.",
    ]
    assert parsed.problems.rows == {3, 5}


def test_a_required_field_needs_a_column():
    with pytest.raises(MappingRefused, match="Name"):
        parse_rows(read_table(b"Mail\na@b.example\n"), FIELDS, {"email": "Mail"})


def test_two_hundred_errors_are_shown_and_all_are_counted():
    problems = Problems()
    for row in range(2, 502):
        problems.add(row, "Mail", "bad")

    assert (len(problems.shown), problems.total, problems.left_out) == (200, 500, 300)


@pytest.mark.parametrize(
    ("parse", "cell", "value"),
    [
        (parsers.text, " Bo \n Ek ", "Bo Ek"),
        (parsers.email, "mailto:Bo@Example.com", "bo@example.com"),
        (parsers.iso_date, "2027-02-03 00:00:00", date(2027, 2, 3)),
        (parsers.iso_date, "03.02.2027", date(2027, 2, 3)),
        (parsers.time_zone, "Asia/Tokyo", "Asia/Tokyo"),
        (parsers.country, "pt", "PT"),
        (parsers.country, "PRT", "PT"),
        (parsers.country, "United Kingdom", "GB"),
        (parsers.country, "United States of America", "US"),
        (parsers.country, "U.S.A.", "US"),
        (parsers.country, "Türkiye", "TR"),
        (parsers.country, "Turkiye", "TR"),
        (parsers.country, "UAE", "AE"),
        (parsers.country, "Korea, Republic of", "KR"),
        (parsers.country, "Republic of Korea", "KR"),
        (parsers.country, "Russian Federation", "RU"),
        (parsers.country, "Côte d’Ivoire", "CI"),
        (parsers.country, "The Netherlands", "NL"),
        (parsers.country, "Viet Nam", "VN"),
        (parsers.email, "bo@example.com\u200b\u202c", "bo@example.com"),
        (parsers.id_up_to(5), "\ufeffE-17\u00ad", "E-17"),
        (parsers.currency, " eur", "EUR"),
        (parsers.choice({"SALES": "SALES", "Account team": "SALES"}), "account-team", "SALES"),
        (parsers.text_up_to(3), "abc", "abc"),
    ],
)
def test_a_cell_is_understood(parse, cell, value):
    assert parse(cell) == value


@pytest.mark.parametrize(
    ("parse", "cell"),
    [
        (parsers.email, "bo@"),
        (parsers.iso_date, "02/03/2027"),
        (parsers.iso_date, "2027-02-30"),
        (parsers.iso_date, "0027-02-03"),
        (parsers.time_zone, "CET+1"),
        (parsers.country, "Atlantis"),
        (parsers.currency, "XYZ"),
        (parsers.choice({"SALES": "SALES"}), "sailing"),
        (parsers.text_up_to(3), "abcd"),
    ],
)
def test_a_cell_that_could_mean_something_else_is_refused(parse, cell):
    with pytest.raises(ValueError, match=r"."):
        parse(cell)
