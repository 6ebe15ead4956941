"""Which column of a file holds which field: a guess that a person may correct."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.imports.parsers import text

_ALIKE = 0.86
# How exports shorten the words of a header: EmpID, Mgr E-mail, Acct Name
_SHORT = {
    "account": ("acct", "acc"),
    "amount": ("amt",),
    "currency": ("ccy", "curr"),
    "department": ("dept",),
    "employee": ("emp", "ee"),
    "manager": ("mgr",),
    "number": ("no", "nr", "num"),
    "opportunity": ("opp", "opty"),
    "quarter": ("q", "qtr"),
    "region": ("reg",),
    "territory": ("terr",),
}


class MappingRefused(Exception):
    """The columns of a file do not give the fields. The text names what the file has."""


@dataclass(frozen=True, slots=True)
class Field:
    """
    One thing that a file may tell of each row.

    `parse` turns a cell that is not empty into a value, and raises ValueError with a text for the
    person. `aliases` are headers that mean the same. A required field needs a column, and a value
    in each row unless it `may_be_empty`.

    Where `is_amount`, `parse` is given a Decimal: the whole column is read in one way. `currency`
    is then the field that names the currency, whose decimals hold.
    """

    key: str
    label: str | Promise
    required: bool = False
    aliases: tuple[str, ...] = ()
    parse: Callable[[Any], Any] = text
    hint: str | Promise = ""
    may_be_empty: bool = False
    is_amount: bool = False
    currency: str = ""


Columns = Mapping[str, str]  # field key → header


def normalise(name: str) -> str:
    """A header without case, accents, spaces and signs: “E-Mail” is “email”."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^\w]|_", "", "".join(c for c in plain if not unicodedata.combining(c)))


def guess_columns(
    headers: Sequence[str], fields: Sequence[Field], given: Mapping[str, str] | None = None
) -> dict[str, str]:
    """
    Map fields to headers: first what a person has said, then equal names, then alike ones.

    No column is used twice. `given` maps a field to a header, or to "" for no column at all.

    :raises MappingRefused: `given` names a field or a column that is not there
    """
    mapped = _given_columns(headers, fields, given or {})
    left = [field for field in fields if field.key not in mapped]
    free = [header for header in headers if header not in mapped.values()]
    for field in left:
        names = {normalise(spelt) for name in _names(field) for spelt in _spellings(name)}
        match = next((header for header in free if normalise(header) in names), None)
        if match is not None:
            mapped[field.key] = match
            free.remove(match)
    pairs = [
        (_likeness(header, field), field.key, header)
        for field in left
        if field.key not in mapped
        for header in free
    ]
    for likeness, key, header in sorted(pairs, key=lambda pair: -pair[0]):
        if likeness >= _ALIKE and key not in mapped and header in free:
            mapped[key] = header
            free.remove(header)
    return {key: header for key, header in mapped.items() if header}


def require_columns(columns: Columns, headers: Sequence[str], fields: Sequence[Field]) -> None:
    """
    Check that each required field has a column.

    :raises MappingRefused: one has none; the text names it and lists the columns of the file
    """
    missing = [str(field.label) for field in fields if field.required and field.key not in columns]
    if missing:
        message = _("No column holds %(missing)s. The file has the columns %(found)s.")
        shown = {"missing": _quoted(missing), "found": _quoted(headers)}
        raise MappingRefused(message % shown)


def _given_columns(
    headers: Sequence[str], fields: Sequence[Field], given: Mapping[str, str]
) -> dict[str, str]:
    known = {field.key for field in fields}
    by_name = {normalise(header): header for header in reversed(headers)}
    mapped: dict[str, str] = {}
    for key, wanted in given.items():
        if key not in known:
            message = _("There is no field “%(field)s”. The fields are %(known)s.")
            shown = {"field": key, "known": _quoted([field.key for field in fields])}
            raise MappingRefused(message % shown)
        header = wanted if wanted in headers else by_name.get(normalise(wanted), "")
        if wanted and not header:
            message = _("There is no column “%(column)s”. The file has the columns %(found)s.")
            raise MappingRefused(message % {"column": wanted, "found": _quoted(headers)})
        if header and header in mapped.values():
            message = _("The column “%(column)s” is used for two fields.")
            raise MappingRefused(message % {"column": header})
        mapped[key] = header
    return mapped


def _names(field: Field) -> list[str]:
    return [field.key, str(field.label), *field.aliases]


def _spellings(name: str) -> Iterator[str]:
    """A name in full, and with each of its words as it may be shortened."""
    words = re.split(r"[\W_]+", name.casefold())
    for spelt in product(*((word, *_SHORT.get(word, ())) for word in words)):
        yield " ".join(spelt)


def unused_columns(columns: Columns, headers: Sequence[str]) -> list[str]:
    """The headers that hold no field, in their order: nothing of them is taken over."""
    used = set(columns.values())
    return [header for header in headers if header not in used]


def _likeness(header: str, field: Field) -> float:
    return max(
        SequenceMatcher(None, normalise(header), normalise(name)).ratio() for name in _names(field)
    )


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
