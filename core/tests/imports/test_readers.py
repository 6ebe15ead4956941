import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from core.imports.problems import FileRefused
from core.imports.readers import read_table
from core.imports.tables import Limits

ROWS = "full_name,email\nAïcha Benyahia,aicha@example.com\n佐藤 美咲,misaki@example.com\n"


def _cells(table):
    return [row.cells for row in table.rows]


def _workbook(*rows, **sheets):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for title, more in sheets.items():
        sheet = book.create_sheet(title)
        for row in more:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_is_read_in_every_unicode_that_says_what_it_is(encoding):
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    table = read_table(marks.get(encoding, b"") + ROWS.encode(encoding), "roster.csv")

    assert table.headers == ("full_name", "email")
    assert _cells(table) == [
        ("Aïcha Benyahia", "aicha@example.com"),
        ("佐藤 美咲", "misaki@example.com"),
    ]


def test_utf16_is_mentioned():
    assert "UTF-16" in read_table(ROWS.encode("utf-16")).notes[0]


def test_utf16_without_its_mark_is_refused():
    with pytest.raises(FileRefused, match=r"^Row 1, column “A”: .*UTF-16 without its mark"):
        read_table(ROWS.encode("utf-16-le"))


def test_utf16_that_is_broken_off_is_refused_at_its_row():
    with pytest.raises(FileRefused, match=r"^Row 3, column “email”: The text is broken off"):
        read_table(ROWS.encode("utf-16")[:-3])


def test_latin1_is_refused_with_row_column_and_what_to_do():
    data = 'full_name,email\n"Line one\nline two",a@example.com\nSøren,s@example.com\n'

    with pytest.raises(FileRefused, match=r"^Row 3, column “full_name”: .*Latin-1.*CSV UTF-8"):
        read_table(data.encode("latin-1"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_delimiter_and_the_line_ends_are_found(delimiter, newline):
    data = newline.join([delimiter.join(["name", "title"]), delimiter.join(["Bo", '"a, b; c"'])])

    assert _cells(read_table(data.encode())) == [("Bo", "a, b; c")]


def test_excels_own_first_line_names_the_delimiter():
    assert _cells(read_table(b"sep=;\r\nname;title\r\nBo;a\r\n")) == [("Bo", "a")]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them():
    table = read_table(b'name,note\nBo,"two\nlines"\n\n,\nAda,x\n')

    assert [(row.number, row.cells[0]) for row in table.rows] == [(2, "Bo"), (5, "Ada")]


def test_short_rows_are_filled_and_cells_outside_the_headers_are_errors():
    table = read_table(b"name,note\nBo\nAda,x,y\n")

    assert _cells(table) == [("Bo", ""), ("Ada", "x")]
    assert [str(error) for error in table.problems] == [
        "Row 3, column “C”: This cell lies outside the 2 columns that have a header."
    ]


def test_columns_without_header_are_kept_when_they_hold_something():
    table = read_table(b"name,,\nBo,,x\n")

    assert table.headers == ("name",)
    assert read_table(b"name,,z\nBo,x,y\n").headers == ("name", "Column B", "z")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty"),
        (b"\n \n,,\n", "The file is empty"),
        (b"\nname,note\n", "headers in row 2 and no rows"),
        (b"name,note,Name\nBo,x,y\n", "^Row 1, column “Name”: The columns A and C have the same"),
        (b'name,note\nBo,"open\nAda,x\n', "^Row 2: A quotation mark"),
        (b'name\n"' + b"x" * 200_000 + b'"\n', "^Row 2: A cell is longer"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "This is a PDF file.*row 1"),
        (b"\x1f\x8b\x08\x00", "This is a gzip file"),
        (b"<!doctype html><table>", "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file .* or a workbook with a password"),
    ],
)
def test_a_file_that_is_no_table_is_refused(data, message):
    with pytest.raises(FileRefused, match=message):
        read_table(data, "roster.csv")


def test_a_hundred_thousand_rows_are_refused_with_the_count_and_the_limit():
    data = b"name\n" + b"Bo\n" * 100_000

    with pytest.raises(FileRefused, match=r"100,000 rows; the limit is 20,000"):
        read_table(data)


def test_too_many_columns_are_refused():
    with pytest.raises(FileRefused, match=r"300 columns; the limit is 200"):
        read_table(",".join(f"c{n}" for n in range(300)).encode() + b"\nx\n")


def test_too_many_bytes_are_refused():
    with pytest.raises(FileRefused, match=r"0\.0 MB; the limit is"):
        read_table(b"name\nBo\n", limits=Limits(file_bytes=3))


@given(st.binary(max_size=400))
def test_whatever_the_bytes_a_file_is_read_or_refused(data):
    with suppress(FileRefused):
        table = read_table(data, "roster.csv")
        assert all(len(row.cells) == len(table.headers) for row in table.rows)


# What a workbook can hold
SIGNS = st.characters(
    exclude_categories=["Cs"],
    exclude_characters=[chr(sign) for sign in range(32) if chr(sign) not in "\t\n\r"],
)


@pytest.mark.long
@given(st.lists(st.lists(st.text(SIGNS), min_size=1, max_size=4), min_size=1, max_size=5))
def test_whatever_the_cells_a_workbook_is_read_or_refused(rows):
    with suppress(FileRefused):
        table = read_table(_workbook(*rows), "roster.xlsx")
        assert all(len(row.cells) == len(table.headers) for row in table.rows)


def test_a_workbook_is_read_as_a_person_sees_it():
    table = read_table(
        _workbook(
            ["name", "id", "share", "hired", "seen", "active", "note"],
            ["Bo", 12.0, 0.1, date(2027, 2, 3), datetime(2027, 2, 3, 9, 30), True, None],  # noqa: DTZ001
            [],
            ["Ada", 1e21, -2.50, None, None, False, " x "],
        ),
        "roster.xlsx",
    )

    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("Bo", "12", "0.1", "2027-02-03", "2027-02-03 09:30:00", "TRUE", "")),
        (4, ("Ada", "1000000000000000000000", "-2.5", "", "", "FALSE", "x")),
    ]


def test_the_name_does_not_decide_what_a_file_is():
    assert _cells(read_table(_workbook(["name"], ["Bo"]), "roster.csv")) == [("Bo",)]
    with pytest.raises(FileRefused, match=r"“roster\.xlsx” is called an Excel workbook"):
        read_table(b"name\nBo\n", "roster.xlsx")


def test_the_first_visible_sheet_counts_and_that_is_said():
    table = read_table(_workbook(["name"], ["Bo"], Old=[["name"], ["Ada"]]))

    assert _cells(table) == [("Bo",)]
    assert table.notes == ("The workbook has 2 sheets; “Sheet” was read.",)


def test_a_workbook_with_formulas_is_refused_with_row_and_column():
    data = _workbook(["name", "email"], ["Bo", "=LOWER(A2)"], ["Ada", '=HYPERLINK("http://x")'])

    with pytest.raises(FileRefused, match=r"Row 2, column “email”: .*=LOWER") as refused:
        read_table(data)

    assert [(error.row, error.column) for error in refused.value.problems] == [
        (2, "email"),
        (3, "email"),
    ]


def test_text_that_only_looks_like_a_formula_is_text():
    book = Workbook()
    book.active.append(["name"])
    book.active["A2"].value = "=SUM"
    book.active["A2"].data_type = "s"
    out = BytesIO()
    book.save(out)

    assert _cells(read_table(out.getvalue())) == [("=SUM",)]


def test_a_workbook_that_is_too_long_is_refused():
    data = _workbook(["name"], *([["Bo"]] * 30))

    with pytest.raises(FileRefused, match=r"30 rows; the limit is 20"):
        read_table(data, limits=Limits(rows=20))


def _zip(**parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    by_size = _zip(xl__workbook_xml="<x/>", xl__media=b"\0" * 60 * 1024 * 1024)
    by_ratio = _zip(xl__workbook_xml="<x/>", xl__media=b"\0" * 10 * 1024 * 1024)

    with pytest.raises(FileRefused, match=r"unpack to 60 MB; the limit is 50 MB. Nothing"):
        read_table(by_size)
    with pytest.raises(FileRefused, match=r"times its size; the limit is 200 times"):
        read_table(by_ratio)


def test_a_zip_bomb_that_lies_about_its_size_is_refused():
    data = _workbook(["name"], *([["Bo"]] * 5_000))
    place = data.rindex(b"PK\x01\x02", 0, data.index(b"xl/worksheets/sheet1.xml", len(data) // 2))
    lying = data[: place + 24] + struct.pack("<I", 200) + data[place + 28 :]

    with pytest.raises(FileRefused, match=r"damaged"):
        read_table(lying)


def test_other_archives_and_encrypted_ones_are_refused():
    with pytest.raises(FileRefused, match=r"ZIP archive, or a document of another kind"):
        read_table(_zip(word__document_xml="<x/>"))
    with pytest.raises(FileRefused, match=r"damaged"):
        read_table(_zip(xl__workbook_xml="<x/>"))
    with pytest.raises(FileRefused, match=r"damaged"):
        read_table(b"PK\x03\x04 and no more")
    locked = bytearray(_zip(xl__workbook_xml="<x/>"))
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(FileRefused, match=r"encrypted"):
        read_table(bytes(locked))


def test_an_xml_bomb_in_a_workbook_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'

    with pytest.raises(FileRefused, match=r"damaged"):
        read_table(_zip(xl__workbook_xml=bomb))


@pytest.mark.parametrize(
    ("data", "headers", "row"),
    [
        (b"\r\nname;mail;region\r\nAna;a@x.example;North\r\n", ("name", "mail", "region"), 2),
        (b"Roster, EMEA, 2027\nname;mail;region\nAna;a@x;N\nBo;b@x;S\n",
         ("name", "mail", "region"), 2),
        (b"Roster of EMEA\n\nname,mail\nAna,a@x\n", ("name", "mail"), 3),
        (b"Report,2027-01-01,,\nname,mail,region,team,title,id\nA,b,c,d,e,f\n",
         ("name", "mail", "region", "team", "title", "id"), 2),
        (b"name;value, EUR;region, EMEA\nAna;1,5;N\nBo;2,5;S\n",
         ("name", "value, EUR", "region, EMEA"), 1),
        (b"name;value\nAna;1,5\nBo;2,5\n", ("name", "value"), 1),
        (b"a, b;c\n1, 2;3\n", ("a, b", "c"), 1),
        (b"name,accounts\nAna,Foo; Bar; Baz\nBo,Foo; Bar\n", ("name", "accounts"), 1),
        (b'name,note\nAna,"a;b\nc;d"\n', ("name", "note"), 1),
    ],
    ids=["an empty line", "a title with commas", "a title", "a title of two cells", "a tie of two",
         "decimal commas", "one of each", "lists in cells", "lines in cells"],
)  # fmt: skip
def test_delimiter_and_headers_are_told_by_the_first_lines_together(data, headers, row):
    table = read_table(data)

    assert (table.headers, table.header_row) == (headers, row)


def test_another_row_of_headers_can_be_said():
    data = b"Report,of,today\nname,mail,region\nAna,a@x,N\n"

    table = read_table(data, said={"header_row": "2"})

    assert read_table(data).headers == ("Report", "of", "today")
    assert table.headers == ("name", "mail", "region")
    assert table.notes == ("The headers were found in row 2; what stands above them is left out.",)
    assert table.asked.questions["header_row"].choices[1] == ("2", "Row 2: name, mail, region")


def test_signs_that_nobody_sees_are_in_no_header_and_no_cell():
    table = read_table("\u200bname,e\u00admail\nAï\u2060cha,a@x.example\u200b\n".encode())

    assert table.headers == ("name", "email")
    assert _cells(table) == [("Aïcha", "a@x.example")]
