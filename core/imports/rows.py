"""Rows of text become rows of values; every error is gathered, none stops the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

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

    def add_problem(self, row: ParsedRow, key: str, message: str) -> None:
        """Note an error in the column of a field; by its label where no column holds it."""
        row.bad.add(key)
        column = self.columns.get(key) or self.labels.get(key, key)
        self.problems.add(row.number, column, message)

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


def parse_rows(
    table: Table,
    fields: Sequence[Field],
    columns: Columns,
    tell: Callable[[int, int], None] | None = None,
) -> Parsed:
    """
    Read each row's cells by the mapping of columns. `tell` hears how many of how many are read.

    :raises MappingRefused: a required field has no column
    """
    require_columns(columns, table.headers, fields)
    problems = Problems(list(table.problems.shown), table.problems.total, set(table.problems.rows))
    labels = {wanted.key: str(wanted.label) for wanted in fields}
    parsed = Parsed((), columns, labels, problems)
    places = [
        (field, table.headers.index(columns[field.key])) for field in fields if field.key in columns
    ]
    rows: list[ParsedRow] = []
    for source in table.rows:
        if tell and len(rows) % TELL_EVERY == 0:
            tell(len(rows), len(table.rows))
        row = ParsedRow(source.number)
        for wanted, index in places:
            cell = source.cells[index]
            if cell:
                try:
                    row.values[wanted.key] = wanted.parse(cell)
                except ValueError as error:
                    parsed.add_problem(row, wanted.key, str(error))
            elif wanted.required and not wanted.may_be_empty:
                parsed.add_problem(row, wanted.key, _("This cell is empty."))
        rows.append(row)
    if tell:
        tell(len(rows), len(rows))
    return Parsed(tuple(rows), columns, labels, problems)
