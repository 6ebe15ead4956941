"""
What every import shares: a file read once, under the columns and options that somebody said, is
checked or taken over. A capability says what is particular in an `ImportFlow`.

The two pages that do it are those of `people.imports`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django import forms
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import ngettext

from core.imports.answering import QuestionsForm, answers_repeated, answers_said
from core.imports.forms import TABLES, ColumnsForm, NoOptions
from core.imports.mapping import Columns, Field, MappingRefused, guess_columns, unused_columns
from core.imports.problems import FileRefused, Problems
from core.imports.readers import read_table
from core.imports.rows import Parsed, parse_rows
from core.imports.tables import Limits, Table
from core.imports.uploads import Upload
from core.statistics import fresh_statistics

SAMPLE_ROWS = 20
Result = TypeVar("Result")


@dataclass(frozen=True)
class Preview:
    """What an import would do: counts to show, and the label of the button that does it."""

    counts: Sequence[tuple[str | Promise, int]]
    button: str
    notes: Sequence[str] = ()
    changes_nothing: bool = False
    is_complete: bool = True  # else something stands in our tables that the file does not have


Options = Mapping[str, Any]


@dataclass(frozen=True)
class ImportFlow:
    """
    What is particular about one import.

    `check` says what would be done and writes nothing; `commit` does it, and returns the sentence
    to show. Both take the rows as they were parsed, and raise FileRefused or MappingRefused.
    `options_form` may offer what comes out of the file; it gets no rows where a column that is
    needed is not known yet. `crumbs` are pairs of URL and label. `read` takes what `read_table` takes,
    and may read other files than tables: those that `accept` names besides. A file with more than `page_rows`
    or `page_bytes` is read by a worker and not while somebody waits for a page.
    """

    purpose: str
    title: str | Promise
    lead: str | Promise
    fields: Sequence[Field]
    upload_url: str
    preview_url: Callable[[str], str]
    done_url: str
    check: Callable[[Parsed, Options], Preview]
    commit: Callable[[Parsed, Options], str]
    options_form: Callable[[Mapping[str, Any] | None, Parsed | None], forms.Form] = (
        lambda data, parsed: NoOptions(data)
    )
    crumbs: Sequence[tuple[str, str | Promise]] = field(default_factory=tuple)
    limits: Limits = field(default_factory=Limits)
    page_rows: int = 2_000
    page_bytes: int = 2 * 1024 * 1024
    read: Callable[..., Table] = read_table
    accept: str = TABLES


@dataclass(frozen=True)
class Shown:
    """
    A file as it was looked at, ready to be shown.

    `said` is what a committing form repeats; without `button` there is nothing to commit.
    """

    lead: str
    button: str
    said: Sequence[tuple[str, str]]
    body: str


class Review:
    """
    One look at a file, under what somebody said of its columns and options.

    `tell` hears how many rows of how many are read. Where looks are kept, `look` tells this one
    from the next under the same words.

    :raises FileRefused: the file cannot be read
    """

    def __init__(
        self,
        flow: ImportFlow,
        upload: Upload,
        said: Mapping[str, Any],
        tell: Callable[[int, int], None] | None = None,
        look: str = "",
    ) -> None:
        table = flow.read(upload.data, upload.name, flow.limits, answers_said(said))
        self.file_name, self.look = upload.name, look
        self.flow, self.table = flow, table
        self.refusal = ""
        self.problems = Problems()
        self.preview: Preview | None = None
        self.parsed: Parsed | None = None
        guessed = guess_columns(table.headers, flow.fields)
        self.columns_form = ColumnsForm(
            said, fields=flow.fields, headers=table.headers, guessed=guessed
        )
        self.columns: Columns = guessed
        try:
            if given := self.columns_form.given():
                self.columns = guess_columns(table.headers, flow.fields, given)
            self.parsed = parse_rows(table, flow.fields, self.columns, tell)
        except MappingRefused as refusal:
            self.refusal = str(refusal)
        self.options_form = flow.options_form(said or None, self.parsed)

    def check(self) -> None:
        """See what would be done; writes nothing."""
        self.preview = self._safely(self.flow.check)

    def commit(self) -> str | None:
        """Do all of it, and return the sentence to show; None if it was refused."""
        with transaction.atomic(), fresh_statistics():
            return self._safely(self.flow.commit)

    def shown(self) -> Shown:
        """What there is to see, in the active language."""
        rows = len(self.table.rows)
        lead = ngettext(
            "%(name)s: %(rows)s row. Nothing is written yet.",
            "%(name)s: %(rows)s rows. Nothing is written yet.",
            rows,
        )
        ready = self.preview is not None and not self.preview.changes_nothing
        return Shown(
            lead % {"name": self.file_name, "rows": f"{rows:,}"},
            self.preview.button if ready and self.preview else "",
            self._said(),
            render_to_string("core/imports/_preview.html", self._context()),
        )

    def _options(self) -> Options | None:
        form = self.options_form
        if not form.is_bound:
            return {
                name: field.clean(form.get_initial_for_field(field, name))
                for name, field in form.fields.items()
            }
        return form.cleaned_data if form.is_valid() else None

    def _safely(self, act: Callable[[Parsed, Options], Result]) -> Result | None:
        options = self._options()
        if self.parsed is None or options is None:
            return None
        try:
            return act(self.parsed, options)
        except MappingRefused as refusal:
            self.refusal = str(refusal)
        except FileRefused as refusal:
            self.refusal, self.problems = str(refusal), refusal.problems
        return None

    def _context(self) -> dict[str, object]:
        shown = [field for field in self.flow.fields if field.key in self.columns]
        places = [self.table.headers.index(self.columns[field.key]) for field in shown]
        wrong = {error.row for error in self.problems}
        # What nobody has answered yet first
        questions = sorted(self.table.asked.questions.values(), key=lambda one: not one.is_open)
        rows = [
            {
                "number": row.number,
                "cells": [row.cells[place] for place in places],
                "is_wrong": row.number in wrong,
            }
            for row in self.table.rows[:SAMPLE_ROWS]
        ]
        return {
            "columns_form": self.columns_form,
            "options_form": self.options_form,
            "unused": unused_columns(self.columns, self.table.headers),
            "mapped": [(field.label, self.columns[field.key]) for field in shown],
            "rows": rows,
            "preview": self.preview,
            "problems": self.problems,
            "refusal": self.refusal,
            "table": self.table,
            "look": self.look,
            "questions": questions,
            "questions_form": QuestionsForm(questions),
        }

    def _said(self) -> list[tuple[str, str]]:
        """What the committing form repeats: columns and options as they are shown."""
        pairs = [
            (name, self.columns.get(name.removeprefix("column_"), ""))
            for name in self.columns_form.fields
        ]
        for name in self.options_form.fields:
            value = self.options_form[name].value()
            values = value if isinstance(value, list | tuple) else [value]
            pairs += [(name, str(one)) for one in values if one not in (None, False, "")]
        return pairs + answers_repeated(self.table.asked.questions.values())
