"""Every file of a programme as one table, whatever dialect it speaks."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.schedules.rules import BETWEEN, Unreadable, as_rows, read_length, read_moment
from agenda.sessions.rules import LENGTH_LIMITS, read_names
from core.imports import parsers
from core.imports.exports import write_csv
from core.imports.forms import TABLES
from core.imports.mapping import Field
from core.imports.problems import FileRefused
from core.imports.readers import read_table, too_large
from core.imports.tables import Limits, Table

LIMITS = Limits(rows=5_000)
LONGEST_KEY = 120  # characters
PROGRAMMES = f"{TABLES},.xml,.ics"


def read_programme(
    data: bytes,
    name: str = "",
    limits: Limits | None = None,
    said: Mapping[str, str] | None = None,
) -> Table:
    """
    A CSV or XLSX file, a schedule in XML (frab, pretalx) or a calendar, as a table.

    :raises FileRefused: as `read_table`; or XML of another dialect, named
    """
    limits = limits or LIMITS
    if len(data) > limits.file_bytes:
        raise too_large(len(data), limits)
    try:
        found = as_rows(data)
    except Unreadable as error:
        raise FileRefused(str(error)) from error
    if found is None:
        return read_table(data, name, limits, said)
    headers, rows = found
    if not rows:
        raise FileRefused(_("This programme has no session."))
    return read_table(write_csv(headers, rows).encode(), f"{name}.csv", limits, said)


def _starts(cell: str) -> datetime | time:
    try:
        return read_moment(cell)
    except ValueError as error:
        said = _("“%(cell)s” is no time such as 09:30 or 2027-03-01T09:30.")
        raise ValueError(said % {"cell": cell}) from error


def _minutes(cell: str) -> int:
    shortest, longest = LENGTH_LIMITS
    try:
        found = read_length(cell)
    except ValueError:
        found = 0
    if not shortest <= found <= longest:
        said = _("A session lasts %(shortest)s to %(longest)s minutes.")
        raise ValueError(said % {"shortest": shortest, "longest": longest})
    return found


def _speakers(cell: str) -> list[str]:
    return read_names(cell.split(BETWEEN.strip()))


def _field(key: str, label: Any, *aliases: str, **more: Any) -> Field:
    return Field(key, label, aliases=aliases, **more)


_text: Callable[[int], Callable[[str], str]] = parsers.text_up_to
_date: Callable[[str], date] = parsers.iso_date
FIELDS = (
    _field(
        "id", gettext_lazy("Id"), "session id", "event id", "uid", "code", parse=_text(LONGEST_KEY)
    ),
    _field("title", gettext_lazy("Title"), "session", "name", required=True, parse=_text(160)),
    _field("type", gettext_lazy("Type"), "session type", "format", "kind", parse=_text(80)),
    _field("room", gettext_lazy("Room"), "location", "venue", "where", parse=_text(80)),
    _field("date", gettext_lazy("Day"), "date", "day", parse=_date),
    _field("starts", gettext_lazy("Starts"), "start", "start time", "starts at", parse=_starts),
    _field(
        "minutes",
        gettext_lazy("Minutes"),
        "duration",
        "length",
        required=True,
        parse=_minutes,
        hint=gettext_lazy("45, or 0:45"),
    ),
    _field(
        "speakers",
        gettext_lazy("Speakers"),
        "speaker",
        "speaker names",
        "presenters",
        parse=_speakers,
        hint=gettext_lazy("Names or addresses, with a semicolon between them"),
    ),
    _field("outcome", gettext_lazy("Outcome"), "subtitle", parse=_text(300)),
    _field("description", gettext_lazy("Description"), "abstract", parse=_text(4000)),
)
