"""
Two pages that every import shares: choose a file; see what it would do, and do it.

A capability says what is particular in an `ImportFlow` and calls these from its two views, behind
its own access call.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.imports.forms import ColumnsForm, NoOptions, UploadForm
from core.imports.mapping import Columns, Field, MappingRefused, guess_columns
from core.imports.problems import FileRefused, Problems
from core.imports.readers import read_table
from core.imports.rows import Parsed, parse_rows
from core.imports.tables import Limits, Table
from core.imports.uploads import UploadGone, drop_upload, open_upload, store_upload

SAMPLE_ROWS = 20
Result = TypeVar("Result")


@dataclass(frozen=True)
class Preview:
    """What an import would do: counts to show, and the label of the button that does it."""

    counts: Sequence[tuple[str | Promise, int]]
    button: str
    notes: Sequence[str] = ()
    changes_nothing: bool = False


Options = Mapping[str, Any]


@dataclass(frozen=True)
class ImportFlow:
    """
    What is particular about one import.

    `check` says what would be done and writes nothing; `commit` does it, and returns the sentence
    to show. Both take the rows as they were parsed, and raise FileRefused or MappingRefused.
    `options_form` may offer what comes out of the file; it gets no rows where a column that is
    needed is not known yet. `crumbs` are pairs of URL and label.
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


def upload_page(request: HttpRequest, flow: ImportFlow) -> HttpResponse:
    """Choose a file. It is read at once, so that a bad one is refused here."""
    form = UploadForm(request.POST or None, request.FILES or None, limits=flow.limits)
    problems = Problems()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            read_table(file.read(), file.name, flow.limits)
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
            problems = refusal.problems
        else:
            file.seek(0)
            token = store_upload(
                file, owner_id=_owner(request), purpose=flow.purpose, at=timezone.now()
            )
            return redirect(flow.preview_url(token))
    return render(
        request,
        "core/imports/upload.html",
        {"flow": flow, "form": form, "problems": problems},
    )


def preview_page(request: HttpRequest, flow: ImportFlow, token: str) -> HttpResponse:
    """Columns, rows, errors and what would be done (GET); all of it or nothing done (POST)."""
    try:
        upload = open_upload(token, owner_id=_owner(request), purpose=flow.purpose)
    except UploadGone:
        messages.error(request, _("That file is kept no longer. Choose it again."))
        return redirect(flow.upload_url)
    try:
        table = read_table(upload.data, upload.name, flow.limits)
    except FileRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(flow.upload_url)
    page = _PreviewPage(request, flow, table)
    if request.method == "POST":
        done = page.commit()
        if done is not None:
            drop_upload(token, owner_id=_owner(request), purpose=flow.purpose)
            messages.success(request, done)
            return redirect(flow.done_url)
    else:
        page.check()
    context = {"flow": flow, "file_name": upload.name, "table": table, **page.context()}
    return render(request, "core/imports/preview.html", context)


class _PreviewPage:
    def __init__(self, request: HttpRequest, flow: ImportFlow, table: Table) -> None:
        said = request.POST if request.method == "POST" else request.GET
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
            self.parsed = parse_rows(table, flow.fields, self.columns)
        except MappingRefused as refusal:
            self.refusal = str(refusal)
        self.options_form = flow.options_form(said or None, self.parsed)

    def check(self) -> None:
        self.preview = self._safely(self.flow.check)

    def commit(self) -> str | None:
        return self._safely(self.flow.commit)

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

    def context(self) -> dict[str, object]:
        shown = [field for field in self.flow.fields if field.key in self.columns]
        places = [self.table.headers.index(self.columns[field.key]) for field in shown]
        wrong = {error.row for error in self.problems}
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
            "mapped": [(field.label, self.columns[field.key]) for field in shown],
            "rows": rows,
            "preview": self.preview,
            "problems": self.problems,
            "refusal": self.refusal,
            "said": self._said(),
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
        return pairs


def _owner(request: HttpRequest) -> int:
    return int(request.user.pk or 0)
