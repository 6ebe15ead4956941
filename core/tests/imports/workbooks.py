"""Workbooks for tests, down to the XML of their one sheet."""

from collections.abc import Callable, Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

_SHEET = "xl/worksheets/sheet1.xml"
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def saved(book: Workbook) -> bytes:
    """A workbook as a file."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(data: bytes, change: Callable[[str, str], str]) -> bytes:
    """A workbook of which each part is what `change` makes of its name and text."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name).decode()))
    return out.getvalue()


def workbook_of(*rows: str, merged: Iterable[str] = ()) -> bytes:
    """A workbook whose sheet is these rows, whatever they say."""
    cells = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    sheet = (
        f'<worksheet xmlns="{_SPACE}"><sheetData>{"".join(rows)}</sheetData>'
        f"{f'<mergeCells>{cells}</mergeCells>' if cells else ''}</worksheet>"
    )
    book = saved(Workbook())
    return rewritten(book, lambda name, text: sheet if name == _SHEET else text)


def xml_row(number: int, **cells: str) -> str:
    """A row of texts by column; an empty one is a cell that is there and holds nothing."""
    inside = "".join(
        f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        if text
        else f'<c r="{column}{number}"/>'
        for column, text in cells.items()
    )
    return f'<row r="{number}">{inside}</row>'
