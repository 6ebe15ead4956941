"""Read people's files safely: what a file is, is told by its content and not by its name."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from io import StringIO
from itertools import islice

from django.utils.translation import gettext as _

from core.imports import workbooks
from core.imports.asking import Asked
from core.imports.problems import FileRefused, refuse_at
from core.imports.tables import Deadline, Limits, Table, build_table, column_letter

_DELIMITERS = (",", ";", "\t", "|")
_NAMED_DELIMITER = re.compile(r"sep=(.)", re.IGNORECASE)  # Excel's own first line, not shown
_LONGEST_LINE = 2_000_000  # characters
_LONG_LINE = 10_000  # takes as long as a thousand others
_MOST_LINES = 1_048_576  # as many as a spreadsheet has
_SNIFFED = 100_000  # characters, and
_LINES = 50  # rows at most, from which the delimiter is told
_UNREADABLE = "\ufffd"
_WORKBOOK_NAMES = (".xlsx", ".xlsm")
_OTHER_FORMATS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3", "SQLite"),
)


def read_table(
    data: bytes,
    name: str = "",
    limits: Limits | None = None,
    said: Mapping[str, str] | None = None,
) -> Table:
    """
    A CSV or XLSX file as headers and rows of text.

    CSV may be UTF-8 or, with its mark, UTF-16; parted by comma, semicolon, tab or bar. The first
    sheet of a workbook counts. `name` is what the person calls the file. `said` are answers to what
    the file leaves open, by the name of a question; the questions are in the table's `asked`.

    :raises FileRefused: the file is something else, cannot be read, or is too large
    """
    limits, asked = limits or Limits(), Asked(said)
    if len(data) > limits.file_bytes:
        raise too_large(len(data), limits)
    if data.startswith(workbooks.ZIP_MARK):
        return workbooks.read_workbook(data, limits, asked)
    if data.startswith(workbooks.OLE_MARK):
        raise FileRefused(
            _(
                "This is an old Excel file (.xls) or a workbook with a password. "
                "Save it as .xlsx without a password, or as CSV."
            )
        )
    if name.lower().endswith(_WORKBOOK_NAMES):
        raise FileRefused(
            _("“%(name)s” is called an Excel workbook and is none. Save it again as .xlsx or CSV.")
            % {"name": name}
        )
    _refuse_other_formats(data)
    text, notes = _decode(data)
    return build_table(_rows(text, Deadline(limits.seconds)), limits, notes, asked)


def too_large(size: int, limits: Limits) -> FileRefused:
    """The refusal of a file with too many bytes."""
    message = _("The file has %(size).1f MB; the limit is %(limit)d MB.")
    mega = 1024 * 1024
    return FileRefused(message % {"size": size / mega, "limit": limits.file_bytes // mega})


def _refuse_other_formats(data: bytes) -> None:
    start = data.lstrip()[:512]
    for mark, called in _OTHER_FORMATS:
        if start.startswith(mark):
            message = _("This is a %(format)s file, whatever its name says: row 1 is no header. ")
            hint = _("Save the table as CSV or XLSX and import that.")
            raise FileRefused(message % {"format": called} + hint)
    if start[:1] == b"<":
        raise FileRefused(
            _("This is a web page or XML, not a table. Save the table as CSV or XLSX.")
        )


def _decode(data: bytes) -> tuple[str, list[str]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_utf16(data)
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    if b"\0" in data:
        raise _no_text(data)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        raise _not_utf8(data) from None


def _no_text(data: bytes) -> FileRefused:
    row, column, _cell = _find_unreadable(data.decode("latin-1").replace("\0", _UNREADABLE))
    message = _("This is no text: it may be UTF-16 without its mark. Save the file as “CSV UTF-8”.")
    return refuse_at(row, column, message)


def _decode_utf16(data: bytes) -> tuple[str, list[str]]:
    text = data.decode("utf-16", errors="replace").replace("\0", _UNREADABLE)
    if _UNREADABLE in text:
        row, column, _cell = _find_unreadable(text)
        message = _("The text is broken off or is no UTF-16. Save the file as “CSV UTF-8”.")
        raise refuse_at(row, column, message)
    return text, [_("The file was in UTF-16, and was read as such.")]


def _not_utf8(data: bytes) -> FileRefused:
    row, column, cell = _find_unreadable(data.decode("utf-8", errors="replace"))
    message = _(
        "“%(cell)s” is not UTF-8; the file seems to be Latin-1 or Windows-1252. In Excel, choose "
        "Save as, “CSV UTF-8 (comma delimited)”, and import that file."
    )
    return refuse_at(row, column, message % {"cell": cell[:60]})


def _find_unreadable(text: str) -> tuple[int, str, str]:
    """Row, column and content of the first cell that was not decoded."""
    headers: Sequence[str] = ()
    try:
        for number, cells in _rows(text):
            headers = headers or cells
            for index, cell in enumerate(cells):
                if _UNREADABLE in cell:
                    header = headers[index] if index < len(headers) else ""
                    unnamed = number == 1 or not header
                    return number, column_letter(index) if unnamed else header, cell
    except FileRefused:
        pass  # the quotation marks are broken too; the encoding comes first
    return 1, column_letter(0), ""


def _rows(text: str, deadline: Deadline | None = None) -> Iterator[tuple[int, Sequence[str]]]:
    lines = StringIO(text, newline="")
    first_line = lines.readline(_LONGEST_LINE)
    named = _NAMED_DELIMITER.fullmatch(first_line.rstrip("\r\n"))
    if named is None:
        lines.seek(0)
    delimiter = named[1] if named else _sniff(text)
    number = 0
    reader = csv.reader(_bounded(lines, deadline), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            number += 1
            yield number, cells
    except csv.Error as error:
        too_long = "field larger" in str(error)
        message = (
            _("A cell is longer than 131,072 characters.")
            if too_long
            else _("A quotation mark is opened and not closed, or has text right after it.")
        )
        raise refuse_at(number + 1, "", message) from error


def _bounded(lines: StringIO, deadline: Deadline | None) -> Iterator[str]:
    """The lines of a file; one that would only take time and memory ends in a refusal."""
    for number, line in enumerate(lines, start=1):
        if len(line) > _LONGEST_LINE:
            message = _("The line is longer than %(limit)s characters.")
            raise refuse_at(number, "", message % {"limit": f"{_LONGEST_LINE:,}"})
        if number > _MOST_LINES:
            message = _("The file has more than %(limit)s lines, many of them empty.")
            raise FileRefused(message % {"limit": f"{_MOST_LINES:,}"})
        if deadline and (number % 1000 == 0 or len(line) > _LONG_LINE):
            deadline.check()
        yield line


def _sniff(text: str) -> str:
    """The delimiter that parts the first rows alike, into as many cells as may be."""
    head = text[:_SNIFFED]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(head, delimiter))


def _evenness(head: str, delimiter: str) -> tuple[float, int, bool]:
    widths: Counter[int] = Counter()
    with suppress(csv.Error):
        for cells in islice(csv.reader(StringIO(head, newline=""), delimiter=delimiter), _LINES):
            widths[len(cells)] += any(cells)
    width, rows = max(
        widths.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]), default=(0, 0)
    )
    if width < 2 or not rows or rows < min(2, widths.total()):
        return 0, 0, delimiter == ","
    # Of two that part all rows alike, a comma is the likelier to stand in a number or a text
    return rows / widths.total(), width, delimiter != ","
