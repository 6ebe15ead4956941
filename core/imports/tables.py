"""What every reader gives: headers and rows of text, numbered as a spreadsheet numbers them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from string import ascii_uppercase
from time import thread_time

from django.utils.translation import gettext as _

from core.imports.amounts import Figure
from core.imports.asking import HEADER_ROW, Asked, Question
from core.imports.escaping import unescape_cell
from core.imports.problems import FileRefused, Problems, refuse_at
from core.keys import seen

_HEADERS_SOUGHT = 10  # rows that hold anything


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be; the defaults hold for a roster of a large company."""

    rows: int = 20_000
    columns: int = 200
    file_bytes: int = 25 * 1024 * 1024
    unpacked_bytes: int = 50 * 1024 * 1024
    unpacked_ratio: int = 200
    rows_scanned: int = 200_000  # of a sheet, empty ones included
    seconds: float = 10  # to read it


class Deadline:
    """When reading a file has to have come to an end, in seconds of its own work."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.ends = thread_time() + seconds

    def check(self) -> None:
        """:raises FileRefused: it has taken too long"""
        if thread_time() > self.ends:
            message = _(
                "Reading the file takes more than %(seconds)d seconds. Save the one table, without"
                " formats, as CSV."
            )
            raise FileRefused(message % {"seconds": self.seconds})


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
    asked: Asked = field(default_factory=Asked, compare=False)


def column_letter(index: int) -> str:
    """The letter over a column in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = ascii_uppercase[rest] + letters
    return letters


def build_table(
    numbered: Iterable[tuple[int, Sequence[str]]],
    limits: Limits,
    notes: Sequence[str] = (),
    asked: Asked | None = None,
) -> Table:
    """
    The row that looks like headers, or was said to be them, and the rows under it that hold
    anything. Signs that nobody sees are left out, and quotes that an export led formulas by.

    :raises FileRefused: no headers, no rows, too many of either, or one header twice
    """
    asked = asked or Asked()
    filled = _filled(numbered)
    first = list(islice(filled, _HEADERS_SOUGHT))
    if not first:
        raise FileRefused(_("The file is empty: it has no row of headers."))
    place = _place_of_headers(first, asked)
    header_row, texts = first[place]
    headers = _headers(list(texts), header_row, limits)
    if place:
        message = _("The headers were found in row %(row)d; what stands above them is left out.")
        notes = [*notes, message % {"row": header_row}]
    rows: list[TableRow] = []
    problems = Problems()
    count = 0
    for number, cells in chain(first[place + 1 :], filled):
        count += 1
        if count > limits.rows:
            continue  # only counted, so that the refusal can say how many there are
        extra = [n for n in range(len(headers), len(cells)) if cells[n]]
        if extra:
            message = _("This cell lies outside the %(count)d columns that have a header.")
            problems.add(number, column_letter(extra[0]), message % {"count": len(headers)})
        padded = [*cells[: len(headers)], *[""] * (len(headers) - len(cells))]
        rows.append(TableRow(number, tuple(padded)))
    if count > limits.rows:
        raise too_many_rows(count, limits)
    if not rows:
        message = _("The file has headers in row %(row)d and no rows under them.")
        raise FileRefused(message % {"row": header_row})
    named, kept = _without_empty_columns(headers, rows)
    return Table(named, header_row, kept, tuple(notes), problems, asked)


def _filled(numbered: Iterable[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in numbered:
        texts = [cell if isinstance(cell, Figure) else _clean(cell) for cell in cells]
        if any(texts):
            yield number, texts


def _clean(cell: str) -> str:
    return unescape_cell(seen(cell)).strip()


def _place_of_headers(first: Sequence[tuple[int, Sequence[str]]], asked: Asked) -> int:
    """Which of the first rows holds the headers: the first that is about as wide as the table."""
    width = [sum(map(bool, texts)) for _number, texts in first]
    widest = max(width)
    # The last row has no rows under it, and a cell alone over a wider table is its title
    places = range(max(1, len(first) - 1))
    wide = [place for place in places if 2 * width[place] >= widest]
    guess = next((place for place in wide if width[place] > 1), (wide or [0])[0])
    question = asked.ask(
        Question(
            HEADER_ROW,
            _("Which row holds the headers?"),
            [(str(number), _row_in_words(number, texts)) for number, texts in first],
            answer=str(first[guess][0]),
        )
    )
    return [str(number) for number, _texts in first].index(question.answer)


def _row_in_words(number: int, texts: Sequence[str]) -> str:
    shown = ", ".join(text[:20] for text in filter(None, texts))
    return _("Row %(row)d: %(cells)s") % {"row": number, "cells": shown[:80]}


def too_many_rows(count: int, limits: Limits) -> FileRefused:
    """The refusal of a file that is too long, with the count and the limit in it."""
    message = _("The file has %(count)s rows; the limit is %(limit)s. Split it and import parts.")
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
