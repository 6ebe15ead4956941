"""A file of people's comp, one row a person: from the text of its cells to figures or problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from core.imports import parsers
from core.imports.mapping import Field
from core.imports.rows import Parsed, ParsedRow
from core.keys import name_key
from events.packets.comp.rules.pay import Pay
from people.org.finding import Finder

LARGEST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True, repr=False)
class CompRow:
    """What a file says of one person. Of what `keeps` names the file has no column: it stays."""

    person_id: int
    currency: str
    pay: Pay
    plan_id: int | None = None
    starts_date: date | None = None
    ends_date: date | None = None
    keeps: frozenset[str] = frozenset()


def amount(found: Decimal) -> Decimal:
    """
    A figure of pay.

    :raises ValueError: it is negative or too large
    """
    if found < 0:
        raise ValueError(_("An amount is never negative."))
    if found > LARGEST:
        raise ValueError(_("“%(cell)s” is too large.") % {"cell": f"{found:f}"[:40]})
    return found


FIELDS = (
    Field(
        "rep", gettext_lazy("Rep"), True,
        ("email", "e-mail", "employee id", "name", "sales rep", "person"),
        hint=gettext_lazy("E-mail, employee id or full name, as on the roster"),
    ),
    Field(
        "currency", gettext_lazy("Currency"), True, ("ccy", "pay currency"), parsers.currency,
        gettext_lazy("ISO 4217, such as EUR"), may_be_empty=True,
    ),
    Field(
        "base", gettext_lazy("Base salary"), True, ("base", "base pay"), amount,
        is_amount=True, currency="currency",
        may_be_empty=True,
    ),
    Field(
        "target_variable", gettext_lazy("Target variable"), True,
        ("variable", "tv", "target incentive"), amount, is_amount=True, currency="currency",
        may_be_empty=True,
    ),
    Field(
        "plan", gettext_lazy("Plan"), False, ("comp plan", "plan name"),
        hint=gettext_lazy("Its name; the plan of the job title if the cell is empty"),
    ),
    Field(
        "starts", gettext_lazy("Starts"), False, ("start date", "effective from"),
        parsers.iso_date, gettext_lazy("The plan's first day if the cell is empty"),
    ),
    Field(
        "ends", gettext_lazy("Ends"), False, ("end date", "effective to"),
        parsers.iso_date, gettext_lazy("The plan's last day if the cell is empty"),
    ),
)  # fmt: skip


@sensitive_variables()
def read_comp(parsed: Parsed, people: Finder[int], plans: Mapping[str, int]) -> list[CompRow]:
    """
    What every row says, or nothing: all problems are gathered, by row and column.

    `people` are the reps on the roster, `plans` the numbers of plans by name.

    :raises FileRefused: a row has a problem
    """
    known = {name_key(name): number for name, number in plans.items()}
    keeps = frozenset(key for key in ("plan", "starts", "ends") if not parsed.has(key))
    found: list[CompRow] = []
    for source in parsed.rows:
        row = _row(source, parsed, people, known, keeps)
        if row is not None:
            found.append(row)
    parsed.refuse_problems()
    return found


@sensitive_variables()
def _row(
    source: ParsedRow,
    parsed: Parsed,
    people: Finder[int],
    plans: Mapping[str, int],
    keeps: frozenset[str],
) -> CompRow | None:
    values = source.values
    if not source.bad and not values.keys() - {"rep"}:
        return None  # an export lists those who have no pay yet, too
    for key in ("currency", "base", "target_variable"):
        if key not in values and key not in source.bad:
            parsed.add_missing(source, key)
    person_id = None
    if "rep" in values:
        try:
            person_id = people.only(values["rep"])
            message = _("This person is already in row %(row)d: one row a person.")
            parsed.is_repeated(source, "rep", person_id, message)
        except ValueError as error:
            parsed.add_problem(source, "rep", str(error))
    plan_id = None
    if "plan" in values:
        plan_id = plans.get(name_key(values["plan"]))
        if plan_id is None:
            message = _("There is no plan called “%(cell)s”.")
            parsed.add_problem(source, "plan", message % {"cell": str(values["plan"])[:80]})
    starts, ends = values.get("starts"), values.get("ends")
    if starts and ends and ends < starts:
        parsed.add_problem(source, "ends", _("The last day lies before the first."))
    if source.bad or person_id is None:
        return None
    return CompRow(
        person_id=person_id,
        currency=values.get("currency", ""),
        pay=Pay(values["base"], values["target_variable"]),
        plan_id=plan_id,
        starts_date=starts,
        ends_date=ends,
        keeps=keeps,
    )
