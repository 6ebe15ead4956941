import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from core.imports.exports import csv_response, escape_cell, write_csv


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", " ="])
def test_a_cell_that_would_run_is_led_by_a_quote(sign):
    assert escape_cell(f"{sign}cmd|' /C calc'!A0") == f"'{sign}cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("value", "text"),
    [("Bo", "Bo"), (None, ""), (-5, "-5"), (Decimal("-1.50"), "-1.50"), ("a=b", "a=b")],
)
def test_other_cells_stay_as_they_are(value, text):
    assert escape_cell(value) == text


def test_words_that_are_translated_late_are_escaped_too():
    assert escape_cell(gettext_lazy("=late")) == "'=late"


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2), min_size=1))
def test_no_cell_of_an_export_begins_a_formula(rows):
    read = csv.reader(StringIO(write_csv(["=A", "B"], rows), newline=""))

    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in read for cell in row
    )


def test_a_download_is_named_marked_as_utf8_and_not_kept():
    response = csv_response("roster.csv", ["Name"], [["佐藤"]])

    assert response.content.decode("utf-8-sig") == "Name\r\n佐藤\r\n"
    assert response.headers["Content-Disposition"] == 'attachment; filename="roster.csv"'
    assert response.headers["Cache-Control"] == "no-store"
