"""Rows of text become rows of values; every error is gathered, none stops the rest."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.currencies import digits, fits, is_currency
from core.imports.amounts import Convention, find_convention, no_number, read_amount
from core.imports.asking import AMOUNTS, CLEAR, COMMA, EMPTY, LEAVE, POINT, Asked, Question
from core.imports.mapping import Columns, Field, require_columns
from core.imports.problems import Problems, refuse_rows
from core.imports.tables import Table

TELL_EVERY = 500  # rows


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """
    The values of one row by field; a field that is empty or has no column is not in it.

    `bad` are the fields whose cell could not be read.
    """

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    bad: set[str] = field(default_factory=set)

    def get(self, key: str, default: Any = "") -> Any:
        return self.values.get(key, default)


@dataclass(frozen=True)
class Parsed:
    """Every row, also those with errors: their bad cells are left out of `values`."""

    rows: tuple[ParsedRow, ...]
    columns: Columns
    labels: dict[str, str]
    problems: Problems
    asked: Asked = field(default_factory=Asked)
    header_row: int = 1
    first_rows: dict[tuple[str, Hashable], int] = field(default_factory=dict)
    lacking: set[str] = field(default_factory=set)  # needed fields without a column, as told

    def add_problem(self, row: ParsedRow, key: str, message: str) -> None:
        """Note an error in the column of a field; by its label where no column holds it."""
        row.bad.add(key)
        self.problems.add(row.number, self._column(key), message)

    def add_missing(self, row: ParsedRow, key: str, message: str = "") -> None:
        """
        Note that a row needs a value of a field and has none.

        Where no column holds the field, no row is wrong: that is one error of the whole file.
        """
        if self.has(key):
            self.add_problem(row, key, message or _("This cell is empty."))
            return
        row.bad.add(key)
        if key not in self.lacking:
            self.lacking.add(key)
            whole = _("No column holds this, and rows need it: choose its column.")
            self.problems.add(self.header_row, self._column(key), f"{whole} {message}".strip())

    def is_repeated(self, row: ParsedRow, key: str, what: Hashable, message: str) -> bool:
        """Whether an earlier row says this of the field: an error; `%(row)d` is that row."""
        first = self.first_rows.setdefault((key, what), row.number)
        if first == row.number:
            return False
        self.add_problem(row, key, message % {"row": first})
        return True

    def has(self, key: str) -> bool:
        """Whether a column holds this field."""
        return key in self.columns

    def refuse_problems(self) -> None:
        """
        Stop where a row has an error: all of them or none are taken over.

        :raises FileRefused: with each error by row and column
        """
        if self.problems:
            raise refuse_rows(self.problems)

    def clears(self, row: ParsedRow, key: str, known: object) -> bool:
        """
        Whether an empty cell takes away what is known; asked once a column, where there is some.

        While nobody has said it, the file has an error.
        """
        if not known or not self.has(key) or key in row.values or key in row.bad:
            return False
        question = self.asked.questions.get(f"{EMPTY}_{key}")
        if question is None:
            question = self.asked.ask(self._about_empty(key))
            if question.is_open:
                message = _("Some cells are empty: say whether that clears what is known.")
                self.problems.ask(self.header_row, question, message)
        question.rows.append(row.number)
        return question.answer == CLEAR

    def _about_empty(self, key: str) -> Question:
        return Question(
            EMPTY,
            _("What does an empty cell mean?"),
            [(LEAVE, _("Leave what is known")), (CLEAR, _("Clear it"))],
            key=key,
            column=self._column(key),
        )

    def _column(self, key: str) -> str:
        return self.columns.get(key) or self.labels.get(key, key)


def parse_rows(
    table: Table,
    fields: Sequence[Field],
    columns: Columns,
    tell: Callable[[int, int], None] | None = None,
) -> Parsed:
    """
    Read each row's cells by the mapping of columns. `tell` hears how many of how many are read.

    What a column leaves open is put to `table.asked`, and is an error until it is answered.

    :raises MappingRefused: a required field has no column
    """
    require_columns(columns, table.headers, fields)
    table.asked.forget(AMOUNTS, EMPTY)
    problems = Problems(list(table.problems.shown), table.problems.total, set(table.problems.rows))
    labels = {wanted.key: str(wanted.label) for wanted in fields}
    parsed = Parsed((), columns, labels, problems, table.asked, table.header_row)
    reader = _Reader(table, parsed)
    places = [
        (field, table.headers.index(columns[field.key])) for field in fields if field.key in columns
    ]
    signs = {
        wanted.key: reader.find_sign(wanted, index) for wanted, index in places if wanted.is_amount
    }
    rows: list[ParsedRow] = []
    for number, source in enumerate(table.rows):
        if tell and number % TELL_EVERY == 0:
            tell(number, len(table.rows))
        row = ParsedRow(source.number)
        for wanted, index in places:
            cell = source.cells[index]
            if cell:
                try:
                    value: Any = cell
                    if wanted.is_amount:
                        value = reader.amount(cell, signs[wanted.key], reader.code(wanted, number))
                    row.values[wanted.key] = wanted.parse(value)
                except ValueError as error:
                    parsed.add_problem(row, wanted.key, str(error))
            elif wanted.required and not wanted.may_be_empty:
                parsed.add_problem(row, wanted.key, _("This cell is empty."))
        rows.append(row)
    if tell:
        tell(len(rows), len(rows))
    return Parsed(tuple(rows), columns, labels, problems, table.asked, table.header_row)


class _Reader:
    """The amounts of one table."""

    def __init__(self, table: Table, parsed: Parsed) -> None:
        self.table, self.parsed = table, parsed

    def code(self, wanted: Field, number: int) -> str:
        """The currency of an amount in a row; "" where nothing says it, or nothing that is one."""
        header = self.parsed.columns.get(wanted.currency)
        cell = self.table.rows[number].cells[self.table.headers.index(header)] if header else ""
        code = cell.strip().upper()
        return code if is_currency(code) else ""

    def find_sign(self, wanted: Field, index: int) -> str:
        """Which sign parts the decimals of a column; "" while nobody has said it."""
        cells = (
            (row.cells[index], digits(code) if (code := self.code(wanted, number)) else None)
            for number, row in enumerate(self.table.rows)
            if row.cells[index]
        )
        found = find_convention(cells)
        if not found.samples:
            return found.sign
        question = self.parsed.asked.ask(_about_amounts(found, wanted, self.parsed.columns))
        if question.is_open:
            shown = {"cell": found.samples[0]}
            message = _("“%(cell)s” may mean two numbers: say how this column is written.") % shown
            self.parsed.problems.ask(self.table.header_row, question, message)
        return question.answer

    def amount(self, cell: str, sign: str, code: str) -> Decimal:
        found = read_amount(cell, sign or POINT)
        if found is None and not sign:
            found = read_amount(cell, COMMA)
        if found is None:
            raise ValueError(no_number(cell, sign or POINT))
        if found.currency and code and found.currency != code:
            message = _("The cell says %(cell)s, and the row is in %(code)s.")
            raise ValueError(message % {"cell": found.currency, "code": code})
        if sign and code and not fits(found.value, code):
            message = _("%(currency)s has %(digits)d decimals.")
            raise ValueError(message % {"currency": code, "digits": digits(code)})
        return found.value


def _about_amounts(found: Convention, wanted: Field, columns: Columns) -> Question:
    signs = [found.sign] if found.is_certain else [POINT, COMMA]
    return Question(
        AMOUNTS,
        _("How are amounts written?"),
        [(sign, found.in_words(sign)) for sign in signs],
        key=wanted.key,
        column=columns[wanted.key],
        answer=found.sign if found.is_certain else "",
        guess=found.sign,
    )
