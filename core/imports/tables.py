"""What every reader gives: headers and rows of text, numbered as a spreadsheet numbers them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from django.utils.translation import gettext as _

from core.imports.problems import FileRefused, Problems, refuse_at


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be; the defaults hold for a roster of a large company."""

    rows: int = 20_000
    columns: int = 200
    file_bytes: int = 25 * 1024 * 1024
    unpacked_bytes: int = 50 * 1024 * 1024
    unpacked_ratio: int = 200


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row under the headers. `number` is 1-based, the headers being a row too."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A file as text. Each row has as many cells as there are headers."""

    headers: tuple[str, ...]
    header_row: int
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...] = ()
    problems: Problems = field(default_factory=Problems)


def column_letter(index: int) -> str:
    """The letter over a column in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = ascii_uppercase[rest] + letters
    return letters


def build_table(
    numbered: Iterable[tuple[int, Sequence[str]]], limits: Limits, notes: Sequence[str] = ()
) -> Table:
    """
    The first row that is not empty becomes the headers; empty rows are left out.

    :raises FileRefused: no headers, no rows, too many of either, or one header twice
    """
    headers: list[str] = []
    header_row = 0
    rows: list[TableRow] = []
    problems = Problems()
    count = 0
    for number, cells in numbered:
        texts = [cell.strip() for cell in cells]
        if not any(texts):
            continue
        if not headers:
            headers, header_row = _headers(texts, number, limits), number
            continue
        count += 1
        if count > limits.rows:
            continue  # only counted, so that the refusal can say how many there are
        extra = [n for n in range(len(headers), len(texts)) if texts[n]]
        if extra:
            message = _("This cell lies outside the %(count)d columns that have a header.")
            problems.add(number, column_letter(extra[0]), message % {"count": len(headers)})
        padded = texts[: len(headers)] + [""] * (len(headers) - len(texts))
        rows.append(TableRow(number, tuple(padded)))
    if not headers:
        raise FileRefused(_("The file is empty: it has no row of headers."))
    if count > limits.rows:
        raise too_many_rows(count, limits)
    if not rows:
        message = _("The file has headers in row %(row)d and no rows under them.")
        raise FileRefused(message % {"row": header_row})
    named, kept = _without_empty_columns(headers, rows)
    return Table(named, header_row, kept, tuple(notes), problems)


def too_many_rows(count: int, limits: Limits, *, at_least: bool = False) -> FileRefused:
    """The refusal of a file that is too long, with the count and the limit in it."""
    message = (
        _("The file has more than %(limit)s rows, which is the limit. Split it and import parts.")
        if at_least
        else _("The file has %(count)s rows; the limit is %(limit)s. Split it and import parts.")
    )
    return FileRefused(message % {"count": f"{count:,}", "limit": f"{limits.rows:,}"})


def _headers(texts: list[str], row: int, limits: Limits) -> list[str]:
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) > limits.columns:
        message = _("The file has %(count)d columns; the limit is %(limit)d.")
        raise FileRefused(message % {"count": len(texts), "limit": limits.columns})
    first_at: dict[str, int] = {}
    for index, text in enumerate(texts):
        key = text.casefold()
        if key and key in first_at:
            message = _("The columns %(first)s and %(second)s have the same header. Rename one.")
            letters = {"first": column_letter(first_at[key]), "second": column_letter(index)}
            raise refuse_at(row, text, message % letters)
        first_at[key] = index
    return texts


def _without_empty_columns(
    headers: list[str], rows: list[TableRow]
) -> tuple[tuple[str, ...], tuple[TableRow, ...]]:
    # A column with no header and nothing in it is the border of a table, not data
    keep = [
        index
        for index, header in enumerate(headers)
        if header or any(row.cells[index] for row in rows)
    ]
    named = tuple(
        headers[index] or _("Column %(letter)s") % {"letter": column_letter(index)}
        for index in keep
    )
    if len(keep) == len(headers):
        return named, tuple(rows)
    return named, tuple(
        TableRow(row.number, tuple(row.cells[index] for index in keep)) for row in rows
    )
