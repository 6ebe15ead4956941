"""Attacks by file: a few megabytes that would take a web process for half a minute."""

from time import thread_time

import pytest

from core.imports.problems import FileRefused
from core.imports.readers import read_table
from core.imports.tables import Limits
from core.tests.imports.workbooks import rewritten, workbook_of, xml_row


@pytest.mark.long
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a" + b"," * 3_000_000, "Row 1: The line is longer than"),
        (b"a,b\n1" + b"," * 3_000_000, "Row 2: The line is longer than"),
        (b"a,b\n" + b"\n" * 1_100_000, "more than 1,048,576 lines"),
    ],
    ids=["headers without end", "a row without end", "empty lines without end"],
)
def test_a_file_that_only_takes_time_is_refused(data, message):
    with pytest.raises(FileRefused, match=message):
        read_table(data)


HEADERS = xml_row(1, A="name")


@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        ([xml_row(number, A="Bo", XFD="") for number in range(2, 3_000)], ()),
        ([xml_row(1_048_576, A="Bo")], ()),
    ],
    ids=["an empty cell in the last column of each row", "one row at the very end"],
)
def test_a_sheet_that_says_it_is_wide_or_long_takes_no_time(rows, merged):
    data = workbook_of(HEADERS, *rows, merged=merged)
    began = thread_time()

    table = read_table(data)

    assert len(table.rows) == len(rows)
    assert thread_time() - began < 1


@pytest.mark.long
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (workbook_of(HEADERS, *(f'<row r="{n}" ht="9"/>' for n in range(2, 200_010))), "200,000 rows"),
        (workbook_of(HEADERS, *(xml_row(n, A="Bo") for n in range(2, 900)),
                     merged=["A1:XFD1048576"] * 2_000), "damaged"),
        (workbook_of(HEADERS, xml_row(2, A="Bo", GS="x")), "Row 2 has 201 columns"),
        (workbook_of(HEADERS, xml_row(2, A="Bo"), xml_row(2, A="Bo")), "damaged"),
        (workbook_of(HEADERS, xml_row(2, B="Bo", A="Bo")), "damaged"),
        (workbook_of(HEADERS, '<row r="2"><c r="ZZZ2"><v>1</v></c></row>'), "damaged"),
        (workbook_of(HEADERS, '<row r="2"><c r="A2" t="s"><v>7</v></c></row>'), "damaged"),
        (workbook_of(HEADERS, '<row r="2"><c r="A2"><v>nan</v></c></row>'), "damaged"),
        (workbook_of(HEADERS, '<row r="2"><c r="A2">'), "damaged"),
    ],
    ids=["empty rows without end", "merged cells over each other", "too wide", "a row twice",
         "cells out of order", "no such column", "no such text", "no number", "broken off"],
)  # fmt: skip
def test_a_sheet_that_only_takes_time_or_is_none_is_refused(data, message):
    with pytest.raises(FileRefused, match=message):
        read_table(data)


@pytest.mark.parametrize(
    "data", [workbook_of(HEADERS, xml_row(2, A="Bo")), b"name\n" + b"Bo\n" * 2_000]
)
def test_a_file_that_takes_too_long_is_refused(data):
    with pytest.raises(FileRefused, match="takes more than 0 seconds"):
        read_table(data, limits=Limits(seconds=0))


def styled(code, number, rows=1):
    """A sheet of one number in some rows, shown by a format."""
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" s="1"><v>{number}</v></c></row>' for n in range(2, 2 + rows)
    )
    own = f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
    styles = f'<styleSheet>{own}<cellXfs><xf/><xf numFmtId="200"/></cellXfs></styleSheet>'
    return rewritten(
        workbook_of(HEADERS, cells), lambda name, text: styles if name == "xl/styles.xml" else text
    )


def test_a_format_without_end_takes_no_time():
    began = thread_time()

    table = read_table(styled("[a" * 15_000, "1", rows=20))

    assert {row.cells for row in table.rows} == {("1",)}
    assert thread_time() - began < 1


@pytest.mark.parametrize(("number", "shown"), [("1e300", "1" + "0" * 300), ("9" * 40, "9" * 40)])
def test_a_number_that_is_too_long_for_its_places_is_shown_with_all_its_digits(number, shown):
    table = read_table(styled("00000", number))

    assert table.rows[0].cells == (shown,)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Bo_x0000_", "Bo"),
        ("Bo_xD800_", "Bo"),
        ("_xDE00__xD83D_Bo", "Bo"),
        ("Bo_xD83D__xDE00_", "Bo\U0001f600"),
    ],
)
def test_no_cell_holds_what_no_table_can_hold(written, text):
    table = read_table(workbook_of(HEADERS, xml_row(2, A=written)))

    assert table.rows[0].cells == (text,)


def test_hidden_columns_that_begin_far_before_the_first_take_no_time():
    hidden = '<cols><col min="-8000000" max="1" hidden="1"/></cols><sheetData>'
    data = rewritten(
        workbook_of(HEADERS, xml_row(2, A="Bo")),
        lambda _name, text: text.replace("<sheetData>", hidden),
    )
    began = thread_time()

    with pytest.raises(FileRefused, match="empty"):
        read_table(data)

    assert thread_time() - began < 0.2


def test_a_text_that_no_spreadsheet_holds_is_refused():
    with pytest.raises(FileRefused, match="damaged"):
        read_table(workbook_of(HEADERS, xml_row(2, A="Bo " * 50_000)))


@pytest.mark.long
def test_one_long_text_in_each_cell_takes_no_longer_than_a_file_may():
    text = "\u0645\u200c\u06cc" * 10_000
    strings = f"<sst><si><t>{text}</t></si></sst>"
    relation = (
        '<Relationship Id="strings" Type="x/sharedStrings" Target="strings.xml"/></Relationships>'
    )
    data = rewritten(
        workbook_of(
            HEADERS,
            *(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 4_000)),
        ),
        lambda name, part: (
            strings
            if name == "xl/styles.xml"
            else part.replace("</Relationships>", relation.replace("strings.xml", "styles.xml"))
        ),
    )
    began = thread_time()

    with pytest.raises(FileRefused, match="more than 1 seconds"):
        read_table(data, limits=Limits(seconds=1))

    assert thread_time() - began < 2
