"""
The XML of a workbook, read as a stream: each cell as a spreadsheet shows it, and only those that
are there. A sheet says of itself how wide and how long it is; nothing here believes it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any
from xml.parsers import expat

from core.imports.formats import Formats, date_in_words
from core.imports.tables import Deadline, Limits

_CHUNK = 64 * 1024
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MOST_MERGED = 1_000_000  # cells that merged cells spread to; those of a real sheet never overlap
_LONGEST_TEXT = 131_072  # of a cell, as in a CSV; Excel holds a quarter of it
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Damaged(Exception):
    """This is no workbook as Excel writes one."""


def scan(
    stream: IO[bytes],
    deadline: Deadline,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str, str], None] = lambda _name, _text: None,
) -> None:
    """
    Tell of each element as it begins and ends, by its name without its namespace.

    `end` gets the text that stood last in the element.

    :raises Damaged: it is no XML, or has a document type, which can be made to grow
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    texts: list[str] = []

    def begins(name: str, attributes: dict[str, str]) -> None:
        texts.clear()
        start(name.rpartition(" ")[2], attributes)

    def ends(name: str) -> None:
        end(name.rpartition(" ")[2], "".join(texts))
        texts.clear()

    def refuse(*_args: object) -> None:
        raise Damaged

    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    parser.CharacterDataHandler = texts.append
    parser.StartDoctypeDeclHandler = refuse
    try:
        while chunk := stream.read(_CHUNK):
            deadline.check()
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Damaged from error


@dataclass(slots=True)
class Sheet:
    """
    The rows of a sheet by number, each a dictionary of texts by column from 0.

    `formulas` are cells that hold one, or an error, as row, column and what it is. `filled` counts
    the rows that hold anything, those that are too many to be kept included.
    """

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int]] = field(default_factory=list)  # column, first, last row
    formulas: list[tuple[int, int, str, str]] = field(default_factory=list)
    filled: int = 0
    too_wide: tuple[int, int] | None = None  # a row, and the columns that it has


def read_strings(stream: IO[bytes], deadline: Deadline) -> list[str]:
    """The texts that cells refer to by number; how a word is to be pronounced is no part of it."""
    found: list[str] = []
    parts: list[str] = []
    aloud = False

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal aloud
        aloud = aloud or name == "rPh"

    def end(name: str, text: str) -> None:
        nonlocal aloud
        if name == "t" and not aloud:
            parts.append(text)
        elif name == "rPh":
            aloud = False
        elif name == "si":
            found.append(_unescaped("".join(parts)))
            parts.clear()

    scan(stream, deadline, start=start, end=end)
    return found


def read_sheet(
    stream: IO[bytes], strings: list[str], formats: Formats, limits: Limits, deadline: Deadline
) -> Sheet:
    """
    All cells that hold something, merged ones with the value that is shown for all their rows.

    :raises Damaged: rows or cells are out of order, or a cell is none
    :raises TooLong: more rows than are looked at, empty ones included
    """
    reader = _SheetReader(strings, formats, limits)
    scan(stream, deadline, start=reader.start, end=reader.end)
    _spread_merged(reader.sheet, deadline)
    return reader.sheet


class TooLong(Exception):
    """A sheet has more rows, most of them empty, than are looked at."""


class _SheetReader:
    def __init__(self, strings: list[str], formats: Formats, limits: Limits) -> None:
        self.strings, self.formats, self.limits = strings, formats, limits
        self.sheet = Sheet()
        self.row = self.column = self.scanned = 0
        self.cells: dict[int, str] = {}
        self.kind = self.style = ""
        self.value = self.formula = ""
        self.inline: list[str] = []
        self.has_formula = self.aloud = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "f":
            self.has_formula = True
        elif name == "rPh":
            self.aloud = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = _whole(attributes.get("min")) or 1, _whole(attributes.get("max")) or 1
            self.sheet.hidden_columns.update(range(first - 1, min(last, self.limits.columns)))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str, text: str) -> None:
        if name == "v":
            self.value = text
        elif name == "t" and not self.aloud:
            self.inline.append(text)
        elif name == "f":
            self.formula = text
        elif name == "rPh":
            self.aloud = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self.scanned += 1
        if self.scanned > self.limits.rows_scanned:
            raise TooLong
        number = _whole(attributes.get("r")) or self.row + 1
        if not self.row < number <= _LAST_ROW:
            raise Damaged
        self.row, self.column, self.cells = number, -1, {}
        if attributes.get("hidden") in ("1", "true"):
            self.sheet.hidden_rows.add(number)

    def _end_row(self) -> None:
        if self.cells:
            self.sheet.filled += 1
            # A few more than may be, since some are titles; the rest is only counted
            if self.sheet.filled <= self.limits.rows + 50:
                self.sheet.rows[self.row] = self.cells

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        column = self.column + 1
        if place := attributes.get("r"):
            found = _CELL.fullmatch(place)
            if found is None:
                raise Damaged
            column = _column(found[1])
        if not self.column < column < _LAST_COLUMN:
            raise Damaged
        self.column = column
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.value = self.formula = ""
        self.inline.clear()
        self.has_formula = False

    def _end_cell(self) -> None:
        if self.has_formula or self.kind == "e":
            self.sheet.formulas.append(
                (self.row, self.column, self.kind, self.formula or self.value)
            )
            return
        text = self._text()
        if len(text) > _LONGEST_TEXT:
            raise Damaged
        if not text.strip():
            return
        if self.column >= self.limits.columns:
            self.sheet.too_wide = self.sheet.too_wide or (self.row, self.column + 1)
            return
        self.cells[self.column] = text

    def _text(self) -> str:
        if self.kind == "s":
            at = _whole(self.value) if self.value else None
            if at is None:
                return ""
            if at >= len(self.strings):
                raise Damaged
            return self.strings[at]
        if self.kind == "inlineStr":
            return _unescaped("".join(self.inline))
        if self.kind == "str" or not self.value:
            return _unescaped(self.value)
        if self.kind == "b":
            return "TRUE" if self.value in ("1", "true") else "FALSE"
        if self.kind == "d":
            return _iso_date(self.value)
        try:
            return self.formats.shown(self.value, self.style)
        except ValueError as error:
            raise Damaged from error

    def _merge(self, ref: str) -> None:
        corners = [_CELL.fullmatch(corner) for corner in ref.split(":")]
        if len(corners) != 2 or None in corners:
            raise Damaged
        (first, last) = corners
        if first and last and int(last[2]) > int(first[2]):
            self.sheet.merged.append((_column(first[1]), int(first[2]), int(last[2])))


def _spread_merged(sheet: Sheet, deadline: Deadline) -> None:
    """Down the rows only: across columns a merged cell is a title, and its value stands first."""
    numbers = list(sheet.rows)
    spread = 0
    for column, first, last in sheet.merged:
        deadline.check()
        text = sheet.rows.get(first, {}).get(column, "")
        if not text:
            continue
        for number in numbers[bisect_right(numbers, first) : bisect_left(numbers, last + 1)]:
            spread += 1
            if spread > _MOST_MERGED:
                raise Damaged
            sheet.rows[number].setdefault(column, text)


def _iso_date(text: str) -> str:
    try:
        return date_in_words(datetime.fromisoformat(text.removesuffix("Z")), has_time=True)
    except ValueError:
        return text


def _unescaped(text: str) -> str:
    """Signs that XML cannot hold, but for NUL and half of a pair, which no text and no table holds."""
    if "_x" not in text:
        return text
    meant = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\0", "")
    return meant.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def attribute(attributes: Mapping[str, Any], name: str) -> str:
    """An attribute by its name without its namespace."""
    return next((v for key, v in attributes.items() if key.rpartition(" ")[2] == name), "")
