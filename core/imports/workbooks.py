"""Read the first sheet of an XLSX file, once its directory has shown that it is safe to unpack."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from core.imports.asking import Asked
from core.imports.problems import FileRefused, Problems
from core.imports.tables import Limits, Table, build_table, column_letter, too_many_rows

ZIP_MARK = b"PK"
OLE_MARK = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = 0x1
_MOST_PARTS = 2_000
_SMALL = 1024 * 1024
_LAST_ROW = 1_048_576


def read_workbook(data: bytes, limits: Limits, asked: Asked) -> Table:
    """
    The first visible sheet as text: dates as 2027-02-03, whole numbers without a point.

    :raises FileRefused: no workbook, encrypted, unpacks to too much, or holds formulas
    """
    _check_directory(data, limits)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except FileRefused:
        raise
    except Exception as error:  # whatever openpyxl or the XML parser trips over, the file is bad
        raise _broken() from error
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not sheets:
            raise FileRefused(_("The workbook has no visible sheet."))
        notes = []
        if len(sheets) > 1:
            message = _("The workbook has %(count)d sheets; “%(name)s” was read.")
            notes.append(message % {"count": len(sheets), "name": sheets[0].title})
        return _read_sheet(sheets[0], limits, notes, asked)
    finally:
        book.close()


def _check_directory(data: bytes, limits: Limits) -> None:
    """Refuse what would unpack to too much, before anything is unpacked."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _broken() from error
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise FileRefused(_("The workbook is encrypted. Save it without a password."))
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise FileRefused(
            _("This is a ZIP archive, or a document of another kind, and no Excel workbook.")
        )
    unpacked = sum(part.file_size for part in parts)
    mega = 1024 * 1024
    if unpacked > limits.unpacked_bytes:
        message = _(
            "The workbook would unpack to %(size)d MB; the limit is %(limit)d MB. Nothing of it "
            "was read. Save the one sheet as CSV."
        )
        shown = {"size": unpacked // mega, "limit": limits.unpacked_bytes // mega}
        raise FileRefused(message % shown)
    if unpacked > _SMALL and unpacked > limits.unpacked_ratio * len(data):
        message = _(
            "The workbook would unpack to %(ratio)d times its size; the limit is %(limit)d times. "
            "Nothing of it was read. Save the one sheet as CSV."
        )
        shown = {"ratio": unpacked // len(data), "limit": limits.unpacked_ratio}
        raise FileRefused(message % shown)
    if len(parts) > _MOST_PARTS:
        raise _broken()


def _read_sheet(sheet: Any, limits: Limits, notes: Sequence[str], asked: Asked) -> Table:
    declared = sheet.max_row or 0
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    formulas = Problems()
    try:
        table = build_table(_rows(sheet, limits, declared, formulas), limits, notes, asked)
    except FileRefused as refusal:
        if formulas:
            raise _holds_formulas(formulas) from refusal
        raise
    except Exception as error:  # a broken sheet shows itself only while it is read
        raise _broken() from error
    if formulas:
        raise _holds_formulas(formulas)
    return table


def _rows(
    sheet: Any, limits: Limits, declared: int, formulas: Problems
) -> Iterator[tuple[int, Sequence[str]]]:
    headers: list[str] = []
    filled = 0
    for number, cells in enumerate(sheet.iter_rows(min_row=1, min_col=1), start=1):
        if number > _LAST_ROW:
            raise _broken()
        if len(cells) > limits.columns and any(
            cell.value is not None for cell in cells[limits.columns :]
        ):
            message = _("Row %(row)d has %(count)d columns; the limit is %(limit)d.")
            shown = {"row": number, "count": len(cells), "limit": limits.columns}
            raise FileRefused(message % shown)
        texts = []
        for index, cell in enumerate(cells[: limits.columns]):
            if cell.data_type in ("f", "e"):
                header = headers[index] if index < len(headers) else ""
                formulas.add(number, header or column_letter(index), _formula_message(cell))
            texts.append(_text(cell.value))
        if any(texts):
            headers = headers or texts
            filled += 1
        if filled > limits.rows + 1:
            raise too_many_rows(declared - 1, limits, at_least=declared - 1 <= limits.rows)
        yield number, texts


def _formula_message(cell: Any) -> str:
    if cell.data_type == "e":
        return _("The cell shows the error %(error)s.") % {"error": cell.value}
    formula = str(getattr(cell.value, "text", cell.value) or "=")
    message = _("The cell holds the formula %(formula)s. Paste its value instead.")
    return message % {"formula": formula[:60]}


def _holds_formulas(formulas: Problems) -> FileRefused:
    message = _(
        "The workbook holds formulas or errors, %(count)d in all. %(first)s In Excel: copy the "
        "sheet, Paste special, Values; or save it as CSV."
    )
    return FileRefused(message % {"count": formulas.total, "first": formulas.shown[0]}, formulas)


def _broken() -> FileRefused:
    return FileRefused(_("The workbook is damaged, or is none. Save it again as .xlsx or CSV."))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        # As a person sees it: 12, not 12.0; 0.1, not 0.1000000000000000055
        return format(Decimal(repr(value)).normalize(), "f")
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
