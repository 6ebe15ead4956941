"""The clauses of an edition in one language, as rows of text."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import choice_field
from core.numbers import whole_number

MOST_CLAUSES = 30
Rows = list[list[str]]


class EditionForm(forms.Form):
    """A new edition: its code, and the edition whose text it begins with."""

    code = forms.CharField(
        label=gettext_lazy("Edition"),
        max_length=20,
        help_text=gettext_lazy("Such as 2028.1. Plans, packets and letters name it by this."),
    )
    source = forms.ChoiceField(label=gettext_lazy("Begin with the text of"))

    def __init__(self, *args: Any, editions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, code) for code in editions]
        choice_field(self, "source").choices = [*choices, ("", _("Nothing"))]
        self.fields["source"].required = False
        self.fields["source"].widget.attrs["data-content"] = True


class ClauseForm(forms.Form):
    """One heading and its paragraph."""

    title = forms.CharField(label=gettext_lazy("Heading"), max_length=120)
    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


def rows_from(data: QueryDict) -> Rows:
    """The clauses that a browser sent, in order."""
    numbers = sorted(
        {int(found[1]) for name in data if (found := re.fullmatch(r"c-(\d{1,2})-title", name))}
    )[:MOST_CLAUSES]
    return [
        [str(data.get(f"c-{number}-{part}", ""))[:4000] for part in ("title", "text")]
        for number in numbers
    ]


def change(rows: Rows, do: str) -> None:
    """Do what a button says: `add`, `drop-2`, `up-2`, `down-2`."""
    verb, _dash, number = do.partition("-")
    found = whole_number(number)
    place = -1 if found is None else found
    if verb == "add" and len(rows) < MOST_CLAUSES:
        rows.append(["", ""])
    elif verb == "drop" and 0 <= place < len(rows):
        rows.pop(place)
    elif verb in ("up", "down") and 0 <= place < len(rows):
        other = place + (1 if verb == "down" else -1)
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]


def clause_forms(rows: Rows, *, checks: bool) -> list[ClauseForm]:
    """A form for each clause."""
    found = []
    for number, (title, text) in enumerate(rows):
        prefix = f"c-{number}"
        values = {"title": title, "text": text}
        found.append(
            ClauseForm({f"{prefix}-{name}": value for name, value in values.items()}, prefix=prefix)
            if checks
            else ClauseForm(initial=values, prefix=prefix)
        )
    return found


def language_name(code: str) -> str:
    """A language by its own name: Français for fr."""
    info = LANG_INFO.get(code) or LANG_INFO.get(code.partition("-")[0]) or {}
    return str(info.get("name_local", code)).capitalize()


def is_language(code: str) -> bool:
    """Whether this is the code of a language that text can be written in."""
    return code in LANG_INFO and "name_local" in LANG_INFO[code]
