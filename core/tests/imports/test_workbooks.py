"""What Excel shows is what comes in."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from core.imports.mapping import Field
from core.imports.parsers import iso_date
from core.imports.readers import read_table
from core.imports.rows import parse_rows
from core.tests.imports.workbooks import rewritten, saved, workbook_of, xml_row


def cells(table):
    return [row.cells for row in table.rows]


def sheet_of(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book, book.active


def test_a_merged_cell_holds_its_value_in_each_of_its_rows():
    book, sheet = sheet_of(
        ["Region", "Name"], ["North", "Ana"], [None, "Bo"], [None, "Cleo"], ["South", "Dan"]
    )
    sheet.merge_cells("A2:A4")

    table = read_table(saved(book))

    assert cells(table) == [("North", "Ana"), ("North", "Bo"), ("North", "Cleo"), ("South", "Dan")]
    assert table.notes == ("Merged cells were read as if each of their rows held the value.",)


def test_a_title_that_is_merged_across_columns_is_no_row_of_headers():
    book, sheet = sheet_of(["Roster of EMEA"], ["Name", "Mail", "Team"], ["Ana", "a@x", "North"])
    sheet.merge_cells("A1:C1")

    assert read_table(saved(book)).headers == ("Name", "Mail", "Team")


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (123, "00000", "00123"),
        (123456, "00000", "123456"),
        (7, '"E-"0000', "E-0007"),
        (123456789, "000-00-0000", "123-45-6789"),
        (5551234, "[<=9999999]###-####;(###) ###-####", "555-1234"),
        (12, "0", "12"),
        (1234.5, "#,##0.00", "1234.5"),
        (84000, '"€" #,##0', "84000"),
        (0.125, "0%", "12.5%"),
        (-123, "00000", "-123"),
        (1e21, "General", "1000000000000000000000"),
        (date(2027, 2, 3), "dd.mm.yyyy", "2027-02-03"),
        (datetime(2027, 2, 3, 9, 30), "yyyy-mm-dd hh:mm", "2027-02-03 09:30:00"),  # noqa: DTZ001
        (datetime(2027, 2, 3, 9, 30, 0, 5000), "yyyy-mm-dd", "2027-02-03"),  # noqa: DTZ001
        (time(9, 30), "hh:mm", "09:30:00"),
        (-5, "yyyy-mm-dd", "-5"),
    ],
)  # fmt: skip
def test_a_number_comes_in_as_its_format_shows_it(value, shown_as, text):
    book, sheet = sheet_of(["a"], [value])
    sheet["A2"].number_format = shown_as

    assert cells(read_table(saved(book))) == [(text,)]


def test_an_amount_is_the_number_of_the_cell_however_it_is_shown():
    book, sheet = sheet_of(["value"], [84.125], [1234567.891])
    sheet["A2"].number_format, sheet["A3"].number_format = "0000", "0.0,,"
    field = Field("value", "Value", is_amount=True, parse=lambda found: found)

    parsed = parse_rows(read_table(saved(book)), [field], {"value": "value"})

    assert [row.values["value"] for row in parsed.rows] == [
        Decimal("84.125"), Decimal("1234567.891")
    ]  # fmt: skip


def test_a_day_with_milliseconds_is_a_day():
    book, sheet = sheet_of(["hired"], [46422.0000058])
    sheet["A2"].number_format = "yyyy-mm-dd hh:mm:ss"

    ((cell,),) = cells(read_table(saved(book)))

    assert iso_date(cell) == date(2027, 2, 4)
    assert iso_date("2027-02-03 09:30:00.500") == date(2027, 2, 3)
    assert iso_date("2027-02-03T09:30:00.5+01:00") == date(2027, 2, 3)


def test_days_are_counted_as_the_workbook_counts_them():
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["hired"])
    book.active.append([date(2027, 2, 3)])

    assert cells(read_table(saved(book))) == [("2027-02-03",)]


def test_strict_open_xml_is_read():
    strict = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main":
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships":
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }  # fmt: skip
    book, _sheet = sheet_of(["name", "hired"], ["Ana", date(2027, 2, 3)])

    def change(_name, text):
        for loose, tight in strict.items():
            text = text.replace(loose, tight)
        return text

    assert cells(read_table(rewritten(saved(book), change))) == [("Ana", "2027-02-03")]


def test_a_day_written_as_iso_is_read():
    row = '<row r="2"><c r="A2" t="d"><v>2027-02-03T00:00:00.000</v></c></row>'

    assert cells(read_table(workbook_of(xml_row(1, A="hired"), row))) == [("2027-02-03",)]


@pytest.fixture
def filtered():
    book, sheet = sheet_of(
        ["Name", "Id", "Mail"], ["Ana", 1, "a@x"], ["Bo", 2, "b@x"], ["Cleo", 3, "c@x"]
    )
    sheet.auto_filter.ref = "A1:C4"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    return saved(book)


def test_what_is_hidden_is_left_out_and_that_is_said(filtered):
    table = read_table(filtered)

    assert table.headers == ("Name", "Mail")
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("Ana", "a@x")), (4, ("Cleo", "c@x"))
    ]  # fmt: skip
    assert table.notes == ("Hidden in the sheet and left out: rows 3; columns B.",)
    assert table.asked.questions["hidden"].answer == "leave_out"


def test_what_is_hidden_is_read_where_somebody_says_so(filtered):
    table = read_table(filtered, said={"hidden": "read"})

    assert cells(table) == [("Ana", "1", "a@x"), ("Bo", "2", "b@x"), ("Cleo", "3", "c@x")]
    assert table.notes == ("Hidden in the sheet and read all the same: rows 3; columns B.",)


def test_text_in_several_fonts_is_one_text_and_how_it_is_said_aloud_is_no_part_of_it():
    book, sheet = sheet_of(["name"])
    sheet["A2"] = CellRichText("Ana ", TextBlock(InlineFont(b=True), "Silva"))
    aloud = '<row r="2"><c r="A2" t="inlineStr"><is><t>佐藤</t><rPh sb="0" eb="1"><t>サトウ</t></rPh></is></c></row>'

    assert cells(read_table(saved(book))) == [("Ana Silva",)]
    assert cells(read_table(workbook_of(xml_row(1, A="name"), aloud))) == [("佐藤",)]


def test_signs_that_xml_cannot_hold_are_read_as_they_were_meant():
    assert cells(read_table(workbook_of(xml_row(1, A="note"), xml_row(2, A="a_x000D_b")))) == [
        ("a\rb",)
    ]
