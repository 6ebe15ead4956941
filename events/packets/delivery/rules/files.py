"""A packet file: its fields, and all its rows as contents or as problems by row and column."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from core.imports import parsers
from core.imports.mapping import Field
from core.imports.rows import Parsed, ParsedRow
from events.packets.comp.rules.rows import amount
from events.packets.comp.rules.terms import EDITIONS
from events.packets.delivery.rules.rows import (
    PacketRow,
    Rep,
    Wrong,
    accounts,
    bands,
    content_of,
    share,
    short,
)
from people.org.finding import Finder


def _amount(
    key: str, label: Promise, needed: bool, aliases: tuple[str, ...], hint: Promise | str = ""
) -> Field:
    return Field(key, label, needed, aliases, amount, hint, is_amount=True, currency="currency")


FIELDS = (
    Field(
        "rep", gettext_lazy("Rep"), True,
        ("email", "e-mail", "employee id", "name", "sales rep"), parsers.text_up_to(254),
        gettext_lazy("E-mail, employee id or full name, as on the roster"),
    ),
    Field(
        "currency", gettext_lazy("Currency"), True, ("ccy", "pay currency"), parsers.currency,
        gettext_lazy("ISO 4217, such as EUR"),
    ),
    _amount("quota", gettext_lazy("Quota"), True, ("annual quota", "target")),
    _amount("base", gettext_lazy("Base salary"), True, ("base", "base pay")),
    _amount(
        "target_variable", gettext_lazy("Target variable"), True,
        ("variable", "tv", "target incentive"),
    ),
    Field(
        "effective_from", gettext_lazy("Starts"), True,
        ("start date", "effective date", "plan start"), parsers.iso_date,
        gettext_lazy("2027-03-01"),
    ),
    Field(
        "effective_to", gettext_lazy("Ends"), False, ("end date", "plan end"), parsers.iso_date,
        gettext_lazy("A year after the start if left out"),
    ),
    Field("geography", gettext_lazy("Geography"), False, ("territory", "geo"), short),
    Field("segment", gettext_lazy("Segment"), False, ("market segment",), short),
    Field(
        "accounts", gettext_lazy("Named accounts"), False, ("account list",), accounts,
        gettext_lazy("Parted by semicolons"),
    ),
    _amount("q1", gettext_lazy("Quota of quarter 1"), False, ("quarter 1", "quota q1")),
    _amount("q2", gettext_lazy("Quota of quarter 2"), False, ("quarter 2", "quota q2")),
    _amount("q3", gettext_lazy("Quota of quarter 3"), False, ("quarter 3", "quota q3")),
    _amount(
        "q4", gettext_lazy("Quota of quarter 4"), False, ("quarter 4", "quota q4"),
        gettext_lazy("All four or none; equal parts if left out"),
    ),
    Field(
        "threshold", gettext_lazy("Threshold"), False, ("payout threshold",), share,
        gettext_lazy("Share of quota below which nothing is paid, such as 40%"),
    ),
    Field(
        "cap", gettext_lazy("Cap"), False, ("payout cap",), share,
        gettext_lazy("Share of target variable that is never passed, such as 200%"),
    ),
    Field(
        "bands", gettext_lazy("Bands"), False, ("rates", "accelerators"), bands,
        gettext_lazy("0%: 1; 100%: 1.5; 125%: 2 if left out"),
    ),
    Field("terms", gettext_lazy("Terms"), False, ("terms version", "terms edition")),
)  # fmt: skip


@sensitive_variables()
def read_packets(
    parsed: Parsed, roster: Finder[Rep], editions: Collection[str] = tuple(EDITIONS)
) -> list[PacketRow]:
    """
    What every row says, or nothing: all problems are gathered, by row and column.

    :raises FileRefused: a row has a problem
    """
    rows: list[PacketRow] = []
    first_row: dict[int, int] = {}
    for source in parsed.rows:
        wrong = partial(parsed.add_problem, source)
        rep = _rep(source, roster, wrong)
        if rep is not None and first_row.setdefault(rep.person_id, source.number) != source.number:
            shown = {"name": rep.identity.name, "row": first_row[rep.person_id]}
            wrong("rep", _("%(name)s is already in row %(row)d: one row a rep.") % shown)
        content = content_of(source, rep, editions, wrong, partial(parsed.add_missing, source))
        if rep is not None and content is not None:
            rows.append(PacketRow(rep, content))
    parsed.refuse_problems()
    return rows


def _rep(source: ParsedRow, roster: Finder[Rep], wrong: Wrong) -> Rep | None:
    if "rep" not in source.values:
        return None
    try:
        return roster.only(source.values["rep"])
    except ValueError as error:
        wrong("rep", str(error))
        return None
