import csv
import re
from decimal import Decimal
from io import StringIO

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import example, given
from hypothesis import strategies as st

from core.imports.escaping import unescape_cell
from core.imports.exports import csv_response, escape_cell, write_csv
from core.imports.readers import read_table


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", " ="])
def test_a_cell_that_would_run_is_led_by_a_quote(sign):
    assert escape_cell(f"{sign}cmd|' /C calc'!A0") == f"'{sign}cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("value", "text"),
    [("Bo", "Bo"), (None, ""), (-5, "-5"), (Decimal("-1.50"), "-1.50"), ("a=b", "a=b"),
     ("'okina", "'okina"), ("a; b", "a; b"), (Decimal("1.125"), "1.1250"), (Decimal("1E+3"), "1000"),
     (Decimal("0.125"), "0.125")],
)  # fmt: skip
def test_other_cells_stay_as_they_are(value, text):
    assert escape_cell(value) == text


@pytest.mark.parametrize("parted", [";", "\t", "\n", "\r\n", '; "', ";  "])
def test_a_part_of_a_cell_that_would_run_elsewhere_is_led_by_a_quote(parted):
    # A spreadsheet set to semicolons or tabs parts a cell there, whatever quotes stand around it
    at = len(parted.rstrip('" '))
    assert escape_cell(f"a{parted}=cmd") == f"a{parted[:at]}'{parted[at:]}=cmd"


def test_words_that_are_translated_late_are_escaped_too():
    assert escape_cell(gettext_lazy("=late")) == "'=late"


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2), min_size=1))
def test_no_cell_of_an_export_begins_a_formula(rows):
    read = csv.reader(StringIO(write_csv(["=A", "B"], rows), newline=""))

    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in read for cell in row
    )


@given(st.text(st.characters(codec="utf-8")))
@example("'=a")
@example(";'\t= ''@b\n\n-c")
def test_what_an_export_adds_an_import_takes_away(text):
    assert unescape_cell(escape_cell(text)) == text


@given(st.text("=+-@;\t\n'\" ab"))
def test_no_part_of_an_export_begins_a_formula(text):
    parts = re.split(r"[;\t\r\n]", escape_cell(text))
    first = {part.lstrip(' "')[:1] for part in parts}

    assert first.isdisjoint("=+-@")


@given(
    st.lists(st.lists(st.text("=+-@;\t'\" ab1", min_size=1), min_size=3, max_size=3), min_size=1)
)
def test_a_table_that_was_exported_is_read_as_it_was(rows):
    cells = [tuple(" ".join(cell.split(" ")).strip() or "x" for cell in row) for row in rows]

    table = read_table(write_csv(["a", "b", "c"], cells).encode())

    assert [row.cells for row in table.rows] == cells


def test_a_download_is_named_marked_as_utf8_and_not_kept():
    response = csv_response("roster.csv", ["Name"], [["佐藤"]])

    assert response.content.decode("utf-8-sig") == "Name\r\n佐藤\r\n"
    assert response.headers["Content-Disposition"] == 'attachment; filename="roster.csv"'
    assert response.headers["Cache-Control"] == "no-store"
