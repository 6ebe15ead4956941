"""Read the first sheet of an XLSX file, once its directory has shown that it is safe to unpack."""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from posixpath import normpath
from zipfile import BadZipFile, ZipFile
from zlib import error as zlib_error

from django.utils.translation import gettext as _

from core.imports.asking import HIDDEN, LEAVE_OUT, READ, Asked, Question
from core.imports.formats import Formats, code_of
from core.imports.problems import FileRefused, Problems
from core.imports.sheets import (
    Damaged,
    Sheet,
    TooLong,
    attribute,
    read_sheet,
    read_strings,
    scan,
)
from core.imports.tables import (
    Deadline,
    Limits,
    Table,
    build_table,
    column_letter,
    too_many_rows,
)

ZIP_MARK = b"PK"
OLE_MARK = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = 0x1
_MOST_PARTS = 2_000
_SMALL = 1024 * 1024


def read_workbook(data: bytes, limits: Limits, asked: Asked) -> Table:
    """
    The first visible sheet as a person sees it: dates as 2027-02-03, ids with their zeros, merged
    cells in each of their rows, and without what is hidden unless it was said to be read.

    :raises FileRefused: no workbook, encrypted, unpacks to too much, takes too long, or holds
        formulas
    """
    _check_directory(data, limits)
    deadline = Deadline(limits.seconds)
    try:
        with ZipFile(BytesIO(data)) as archive:
            book = _Book(archive, deadline)
            name, part = book.first_sheet()
            with archive.open(part) as stream:
                sheet = read_sheet(stream, book.strings(), book.formats(), limits, deadline)
    except TooLong as error:
        message = _("The sheet has more than %(limit)s rows, most of them empty. Delete them.")
        raise FileRefused(message % {"limit": f"{limits.rows_scanned:,}"}) from error
    except (Damaged, BadZipFile, KeyError, ValueError, OSError, EOFError, zlib_error) as error:
        raise _broken() from error
    notes = []
    if book.visible > 1:
        message = _("The workbook has %(count)d sheets; “%(name)s” was read.")
        notes.append(message % {"count": book.visible, "name": name})
    return _table(sheet, limits, notes, asked, deadline)


class _Book:
    """The parts of a workbook around its sheets."""

    def __init__(self, archive: ZipFile, deadline: Deadline) -> None:
        self.archive, self.deadline = archive, deadline
        self.sheets: list[tuple[str, str, str]] = []  # name, state, id of the relation
        self.parts: dict[str, tuple[str, str]] = {}  # kind and part, by id
        self.is_1904 = False
        self._scan("xl/workbook.xml", self._of_workbook)
        self._scan("xl/_rels/workbook.xml.rels", self._of_relations)
        self.visible = 0

    def first_sheet(self) -> tuple[str, str]:
        """
        Name and part of the first sheet that is shown.

        :raises FileRefused: none is
        """
        shown = [
            (name, self.parts[relation][1])
            for name, state, relation in self.sheets
            if state == "visible" and self.parts.get(relation, ("", ""))[0] == "worksheet"
        ]
        self.visible = len(shown)
        if not shown:
            raise FileRefused(_("The workbook has no visible sheet."))
        return shown[0]

    def strings(self) -> list[str]:
        part = self._part("sharedStrings")
        if not part:
            return []
        with self.archive.open(part) as stream:
            return read_strings(stream, self.deadline)

    def formats(self) -> Formats:
        own: dict[int, str] = {}
        styles: list[int] = []
        inside = ""

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            if name in ("numFmts", "cellXfs", "cellStyleXfs", "dxfs"):
                inside = name
            elif name == "numFmt" and inside == "numFmts":
                own[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
            elif name == "xf" and inside == "cellXfs":
                styles.append(int(attributes.get("numFmtId", 0)))

        if part := self._part("styles"):
            self._scan(part, start)
        return Formats(tuple(code_of(number, own) for number in styles), self.is_1904)

    def _part(self, kind: str) -> str:
        return next((part for of_kind, part in self.parts.values() if of_kind == kind), "")

    def _scan(self, part: str, start: Callable[[str, dict[str, str]], None]) -> None:
        with self.archive.open(part) as stream:
            scan(stream, self.deadline, start=start)

    def _of_workbook(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            state = attributes.get("state", "visible")
            self.sheets.append((attributes.get("name", ""), state, attribute(attributes, "id")))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in ("1", "true")

    def _of_relations(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = attributes.get("Target", "")
            part = target[1:] if target.startswith("/") else normpath(f"xl/{target}")
            self.parts[attributes.get("Id", "")] = (kind, part)


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


def _table(
    sheet: Sheet, limits: Limits, notes: list[str], asked: Asked, deadline: Deadline
) -> Table:
    if sheet.too_wide:
        message = _("Row %(row)d has %(count)d columns; the limit is %(limit)d.")
        row, count = sheet.too_wide
        raise FileRefused(message % {"row": row, "count": count, "limit": limits.columns})
    _leave_out_hidden(sheet, asked, notes)
    if sheet.filled > limits.rows + 50:
        raise too_many_rows(sheet.filled - 1, limits)
    if any(number in sheet.rows for _column, first, last in sheet.merged for number in (first,)):
        notes.append(_("Merged cells were read as if each of their rows held the value."))
    try:
        table = build_table(_numbered(sheet, deadline), limits, notes, asked)
    except FileRefused as refusal:
        if sheet.formulas:
            raise _holds_formulas(_formulas(sheet, ())) from refusal
        raise
    if sheet.formulas:
        raise _holds_formulas(_formulas(sheet, _in_order(sheet.rows[table.header_row])))
    return table


def _numbered(sheet: Sheet, deadline: Deadline) -> Iterator[tuple[int, list[str]]]:
    """One long text may stand in each cell: it is stored once, and looked at in all of them."""
    for number, cells in sheet.rows.items():
        deadline.check()
        yield number, _in_order(cells)


def _in_order(cells: dict[int, str]) -> list[str]:
    return [cells.get(column, "") for column in range(max(cells, default=-1) + 1)]


def _leave_out_hidden(sheet: Sheet, asked: Asked, notes: list[str]) -> None:
    rows = sorted(sheet.hidden_rows & sheet.rows.keys())
    used = {column for cells in sheet.rows.values() for column in cells}
    columns = sorted(sheet.hidden_columns & used)
    if not rows and not columns:
        return
    question = asked.ask(
        Question(
            HIDDEN,
            _("Are hidden rows and columns read?"),
            [(LEAVE_OUT, _("No, only what the sheet shows")), (READ, _("Yes"))],
            rows=rows,
            answer=LEAVE_OUT,
        )
    )
    is_left_out = question.answer == LEAVE_OUT
    what = []
    if rows:
        what.append(_("rows %(rows)s") % {"rows": question.rows_in_words})
    if columns:
        letters = ", ".join(map(column_letter, columns))
        what.append(_("columns %(columns)s") % {"columns": letters})
    said = _("Hidden in the sheet and left out: %(what)s.")
    if not is_left_out:
        said = _("Hidden in the sheet and read all the same: %(what)s.")
    notes.append(said % {"what": "; ".join(what)})
    if is_left_out:
        for row in rows:
            del sheet.rows[row]
        sheet.filled -= len(rows)
        for cells in sheet.rows.values():
            for column in columns:
                cells.pop(column, None)


def _formulas(sheet: Sheet, headers: Sequence[str]) -> Problems:
    problems = Problems()
    for row, column, kind, text in sheet.formulas:
        header = headers[column] if column < len(headers) else ""
        problems.add(row, header or column_letter(column), _formula_message(kind, text))
    return problems


def _formula_message(kind: str, text: str) -> str:
    if kind == "e":
        return _("The cell shows the error %(error)s.") % {"error": text[:60]}
    message = _("The cell holds the formula %(formula)s. Paste its value instead.")
    return message % {"formula": f"={text}"[:60]}


def _holds_formulas(formulas: Problems) -> FileRefused:
    message = _(
        "The workbook holds formulas or errors, %(count)d in all. %(first)s In Excel: copy the "
        "sheet, Paste special, Values; or save it as CSV."
    )
    return FileRefused(message % {"count": formulas.total, "first": formulas.shown[0]}, formulas)


def _broken() -> FileRefused:
    return FileRefused(_("The workbook is damaged, or is none. Save it again as .xlsx or CSV."))
