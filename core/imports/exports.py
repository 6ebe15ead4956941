"""CSV for people who open it in a spreadsheet: no cell of it is ever run as a formula."""

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO

from django.http import HttpResponse

# Signs that begin a formula; the wide ones count where the spreadsheet is set to Japanese
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def escape_cell(value: object) -> str:
    """The text of a cell; one that a spreadsheet would take for a formula is led by a quote."""
    if value is None:
        return ""
    text = str(value)
    if not isinstance(value, int | float | Decimal) and text.lstrip(" ").startswith(
        _BEGINS_A_FORMULA
    ):
        return f"'{text}"
    return text


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
