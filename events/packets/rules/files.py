"""A packet file: its fields, and all its rows as contents or as problems by row and column."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from core.imports.mapping import Columns, Field, require_columns
from core.imports.problems import Problems
from core.imports.rows import parse_rows
from core.imports.tables import Table
from events.comp.rules.terms import EDITIONS
from events.packets.rules.rows import PacketRow, Roster, parse_packet_row


def _cell(text: str) -> str:
    return text


def _field(
    key: str, label: object, *aliases: str, hint: object = "", needed: bool = False
) -> Field:
    return Field(
        key,
        label,  # type: ignore[arg-type]
        required=needed,
        aliases=aliases,
        parse=_cell,
        hint=hint,  # type: ignore[arg-type]
    )


FIELDS = (
    _field(
        "rep", gettext_lazy("Rep"), "email", "e-mail", "employee id", "name", "sales rep",
        hint=gettext_lazy("E-mail, employee id or full name, as on the roster"), needed=True,
    ),
    _field(
        "currency", gettext_lazy("Currency"), "ccy", "pay currency",
        hint=gettext_lazy("ISO 4217, such as EUR"), needed=True,
    ),
    _field("quota", gettext_lazy("Quota"), "annual quota", "target", needed=True),
    _field("base", gettext_lazy("Base salary"), "base", "base pay", needed=True),
    _field(
        "target_variable", gettext_lazy("Target variable"), "variable", "tv", "target incentive",
        needed=True,
    ),
    _field(
        "effective_from", gettext_lazy("Starts"), "start date", "effective date", "plan start",
        hint=gettext_lazy("2027-03-01"), needed=True,
    ),
    _field(
        "effective_to", gettext_lazy("Ends"), "end date", "plan end",
        hint=gettext_lazy("A year after the start if left out"),
    ),
    _field("geography", gettext_lazy("Geography"), "territory", "geo"),
    _field("segment", gettext_lazy("Segment"), "market segment"),
    _field(
        "accounts", gettext_lazy("Named accounts"), "account list",
        hint=gettext_lazy("Parted by semicolons"),
    ),
    _field("q1", gettext_lazy("Quota of quarter 1"), "quarter 1", "quota q1"),
    _field("q2", gettext_lazy("Quota of quarter 2"), "quarter 2", "quota q2"),
    _field("q3", gettext_lazy("Quota of quarter 3"), "quarter 3", "quota q3"),
    _field(
        "q4", gettext_lazy("Quota of quarter 4"), "quarter 4", "quota q4",
        hint=gettext_lazy("All four or none; equal parts if left out"),
    ),
    _field(
        "threshold", gettext_lazy("Threshold"), "payout threshold",
        hint=gettext_lazy("Share of quota below which nothing is paid, such as 40%"),
    ),
    _field(
        "cap", gettext_lazy("Cap"), "payout cap",
        hint=gettext_lazy("Share of target variable that is never passed, such as 200%"),
    ),
    _field(
        "bands", gettext_lazy("Bands"), "rates", "accelerators",
        hint=gettext_lazy("0%: 1; 100%: 1.5; 125%: 2 if left out"),
    ),
    _field("terms", gettext_lazy("Terms"), "terms version", "terms edition"),
)  # fmt: skip


@dataclass(frozen=True, repr=False)
class PacketFile:
    """The rows that can be imported, or what is wrong: a file with problems gives no rows."""

    rows: list[PacketRow] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    count: int = 0


@sensitive_variables()
def read_packets(
    table: Table, columns: Columns, roster: Roster, editions: Collection[str] = tuple(EDITIONS)
) -> PacketFile:
    """
    Read every row of a table; all of its problems are gathered, by row and column.

    :raises MappingRefused: a required field has no column
    """
    require_columns(columns, table.headers, FIELDS)
    # Empty cells are told by the rule of the row, once
    optional = [_optional(one) for one in FIELDS]
    parsed = parse_rows(table, optional, columns)
    found: list[PacketRow] = []
    first_row: dict[int, int] = {}
    for source in parsed.rows:
        cells: Mapping[str, str] = source.values
        row, problems = parse_packet_row(cells, roster, editions)
        for problem in problems:
            parsed.add_problem(source, problem.field, problem.text)
        if row is None:
            continue
        rep_id = row.rep.person_id
        if rep_id in first_row:
            parsed.add_problem(
                source,
                "rep",
                _("%(name)s is already in row %(row)d: one row a rep.")
                % {"name": row.rep.identity.name, "row": first_row[rep_id]},
            )
            continue
        first_row[rep_id] = source.number
        found.append(row)
    rows = [] if parsed.problems else found
    return PacketFile(rows, parsed.problems, len(parsed.rows))


def _optional(one: Field) -> Field:
    return Field(one.key, one.label, False, one.aliases, one.parse, one.hint)
