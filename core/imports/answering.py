"""How answers to the questions of a file come in: with a form's values, or as options."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.imports.asking import (
    AMOUNTS,
    CLEAR,
    COMMA,
    EMPTY,
    HEADER_ROW,
    HIDDEN,
    LEAVE,
    LEAVE_OUT,
    POINT,
    READ,
    Question,
)

_PREFIX = "ask_"
_OF_A_COLUMN = {
    AMOUNTS: (f"COLUMN={POINT}|{COMMA}", "which sign parts the decimals of a column"),
    EMPTY: (f"COLUMN={LEAVE}|{CLEAR}", "whether an empty cell of a column clears what is known"),
}
_OF_THE_FILE = {
    HEADER_ROW: ("ROW", "the row that holds the headers"),
    HIDDEN: (f"{LEAVE_OUT}|{READ}", "whether hidden rows of a sheet are left out or read"),
}


class QuestionsForm(forms.Form):
    """What was asked of a file; a guess stands there already, and counts when it is sent."""

    def __init__(self, questions: Iterable[Question]) -> None:
        super().__init__()
        for question in questions:
            if not question.is_asked:
                continue
            choices = list(question.choices)
            if not question.answer and not question.guess:
                choices.insert(0, ("", _("Choose")))
            rows = ngettext("Changes row %(rows)s.", "Changes rows %(rows)s.", len(question.rows))
            self.fields[f"{_PREFIX}{question.name}"] = forms.ChoiceField(
                label=f"{question.column}: {question.text}" if question.column else question.text,
                choices=choices,
                initial=question.answer or question.guess,
                required=question.is_open,
                help_text=rows % {"rows": question.rows_in_words} if question.rows else "",
                widget=forms.Select(attrs={"data-content": True}),
            )


def answers_said(said: Mapping[str, str]) -> dict[str, str]:
    """The answers among a form's values, by the name of a question."""
    return {
        name.removeprefix(_PREFIX): value
        for name, value in said.items()
        if name.startswith(_PREFIX) and value
    }


def answers_repeated(questions: Iterable[Question]) -> list[tuple[str, str]]:
    """Names and values with which a form says the same once more."""
    return [(f"{_PREFIX}{each.name}", each.answer) for each in questions if each.answer]


def add_answer_options(parser: ArgumentParser) -> None:
    """Add `--amounts`, `--empty`, `--header-row` and `--hidden`."""
    for kind, (metavar, words) in _OF_A_COLUMN.items():
        parser.add_argument(_option(kind), action="append", default=[], metavar=metavar, help=words)
    for kind, (metavar, words) in _OF_THE_FILE.items():
        parser.add_argument(_option(kind), default="", metavar=metavar, help=words)


def answers_given(options: Mapping[str, Any]) -> dict[str, str]:
    """What those options say, by the name of a question; a column may go by field or header."""
    given = {kind: options[kind] for kind in _OF_THE_FILE if options[kind]}
    for kind in _OF_A_COLUMN:
        for text in options[kind]:
            column, _equals, answer = text.rpartition("=")
            given[f"{kind}_{column.strip()}"] = answer.strip()
    return given


def options_for(questions: Iterable[Question]) -> Iterator[str]:
    """For each question that is open, the options of a command that answer it."""
    for question in questions:
        said = (
            f'{_option(question.kind)} "{question.column}={answer}" ({words})'
            for answer, words in question.choices
        )
        yield "Say " + ", or ".join(said) + "."


def _option(kind: str) -> str:
    return "--" + kind.replace("_", "-")
