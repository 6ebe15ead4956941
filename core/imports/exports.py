"""Files for people who open them in a spreadsheet: no cell is ever run as a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO, StringIO

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from core.imports.escaping import escape_text


def escape_cell(value: object) -> str:
    """The text of a cell; a part that a spreadsheet would take for a formula is led by a quote."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return _plain(value)
    return str(value) if isinstance(value, int | float) else escape_text(str(value))


def _plain(value: Decimal) -> str:
    """A number that is read back as itself: three decimals alone could be thousands."""
    text = format(value, "f")
    return f"{text}0" if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text) else text


def write_csv(headers: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """Headers and rows as CSV text, each cell escaped."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([escape_cell(str(header)) for header in headers])
    writer.writerows([escape_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def csv_response(
    filename: str, headers: Sequence[object], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """A download; marked as UTF-8, since spreadsheets guess wrongly without it."""
    response = HttpResponse(
        "\ufeff" + write_csv(headers, rows), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def xlsx_response(
    filename: str, headers: Sequence[object], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """A workbook of one sheet as a download; numbers stay numbers, all else is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([escape_cell(str(header)) for header in headers])
    for row in rows:
        sheet.append([_sheet_cell(cell) for cell in row])
    out = BytesIO()
    book.save(out)
    response = HttpResponse(
        out.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _sheet_cell(value: object) -> object:
    if value is None or isinstance(value, int | float | Decimal):
        return value
    # What XML cannot hold would break the file
    return ILLEGAL_CHARACTERS_RE.sub("", escape_cell(value))
