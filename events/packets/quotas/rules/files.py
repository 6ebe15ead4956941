"""A quota file: its fields, and all its rows as changes or as problems by row and column."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from core.currencies import digits, fits
from core.imports import parsers
from core.imports.mapping import Field
from core.imports.rows import Parsed, ParsedRow
from events.packets.comp.rules.payout import plain
from people.org.finding import Finder

LARGEST = Decimal(10) ** 13
MOST_WEIGHT = Decimal(10) ** 6
MOST_PERIODS = 12
LONGEST_REASON = 300
PERIODS = tuple(f"p{number}" for number in range(1, MOST_PERIODS + 1))
YES, NO = "yes", "no"
_ANSWERS = {YES: YES, NO: NO, "y": YES, "n": NO, "true": YES, "false": NO, "1": YES, "0": NO}


def _amount(found: Decimal) -> Decimal:
    if found < 0:
        raise ValueError(_("An amount is never negative."))
    if found > LARGEST:
        raise ValueError(_("This is too large."))
    return found


def _weight(found: Decimal) -> Decimal:
    if not 0 <= found <= MOST_WEIGHT:
        raise ValueError(_("A weight lies between 0 and 1,000,000."))
    return found


def _answer(cell: str) -> bool:
    return parsers.choice(_ANSWERS)(cell) == YES


FIELDS = (
    Field(
        "rep",
        gettext_lazy("Rep or manager"),
        required=True,
        aliases=("email", "e-mail", "employee id", "name", "sales rep"),
        parse=parsers.text_up_to(254),
        hint=gettext_lazy("E-mail, employee id or full name"),
    ),
    Field(
        "quota",
        gettext_lazy("Quota"),
        required=True,
        aliases=("annual quota", "full-year quota", "target"),
        parse=_amount,
        is_amount=True,
        hint=gettext_lazy("Of a full year, in the plan's currency. Empty leaves it as it is."),
        may_be_empty=True,
    ),
    Field(
        "currency",
        gettext_lazy("Currency"),
        aliases=("ccy", "pay currency"),
        parse=parsers.currency,
        hint=gettext_lazy("What the quota is told in: the plan's, or one with a plan rate"),
    ),
    Field(
        "by_hand",
        gettext_lazy("By hand"),
        aliases=("pinned", "hand-set"),
        parse=_answer,
        hint=gettext_lazy("yes or no; without the column, what changes counts as by hand"),
    ),
    Field("ramped", gettext_lazy("Ramped"), aliases=("ramp",), parse=_answer),
    Field("weight", gettext_lazy("Weight"), parse=_weight, is_amount=True),
    Field(
        "reason",
        gettext_lazy("Reason"),
        aliases=("why", "note"),
        parse=parsers.text_up_to(LONGEST_REASON),
        hint=gettext_lazy("Why a manager's team is given less than the manager"),
    ),
    *(
        Field(
            key,
            format_lazy(gettext_lazy("Quota of period {number}"), number=number),
            aliases=(f"period {number}", f"q{number}", f"quarter {number}", f"m{number}"),
            parse=_amount,
            is_amount=True,
            hint=gettext_lazy("All periods of the plan year or none; they add up to the quota"),
        )
        for number, key in enumerate(PERIODS, start=1)
    ),
)


@dataclass(frozen=True, slots=True, repr=False)
class QuotaRow:
    """What one row says of somebody; None is what it does not say."""

    number: int
    person_id: int
    quota: Decimal | None = None
    currency: str | None = None
    by_hand: bool | None = None
    ramped: bool | None = None
    weight: Decimal | None = None
    reason: str | None = None
    periods: tuple[Decimal, ...] = ()


@sensitive_variables()
def read_quotas(
    parsed: Parsed,
    *,
    people: Finder[int],
    plan_currency: str,
    currencies: Collection[str],
    periods: int,
) -> list[QuotaRow]:
    """
    What every row says, or nothing: all problems are gathered, by row and column.

    `currencies` are those with a plan rate, `periods` how many the plan year has.

    :raises FileRefused: a row has a problem
    """
    reader = _Reader(parsed, people, plan_currency, currencies, periods)
    rows = [row for row in map(reader.read, parsed.rows) if row is not None]
    parsed.refuse_problems()
    return rows


class _Reader:
    """The rows of one file, one after the other."""

    def __init__(
        self,
        parsed: Parsed,
        people: Finder[int],
        plan_currency: str,
        currencies: Collection[str],
        periods: int,
    ) -> None:
        self.parsed = parsed
        self.plan_currency = plan_currency
        self.currencies = {plan_currency, *currencies}
        self.periods = periods
        self.people = people

    @sensitive_variables()
    def read(self, source: ParsedRow) -> QuotaRow | None:
        person_id = self._person(source)
        values = source.values
        if (code := values.get("currency")) and code not in self.currencies:
            self._wrong(
                source, "currency", _("The plan has no rate for %(code)s.") % {"code": code}
            )
        quota = values.get("quota")
        if quota is not None and not fits(quota, self.plan_currency):
            shown = {"currency": self.plan_currency, "digits": digits(self.plan_currency)}
            self._wrong(source, "quota", _("%(currency)s has %(digits)d decimals.") % shown)
        periods = self._periods(source, quota)
        if person_id is None or source.bad:
            return None
        return QuotaRow(
            number=source.number,
            person_id=person_id,
            quota=quota,
            currency=values.get("currency"),
            by_hand=values.get("by_hand"),
            ramped=values.get("ramped"),
            weight=values.get("weight"),
            # An empty cell of a column that is there takes a reason away
            reason=source.get("reason") if self.parsed.has("reason") else None,
            periods=periods,
        )

    def _wrong(self, source: ParsedRow, key: str, message: str) -> None:
        self.parsed.add_problem(source, key, message)

    def _person(self, source: ParsedRow) -> int | None:
        if "rep" not in source.values:
            return None
        try:
            person_id = self.people.only(source.values["rep"])
        except ValueError as error:
            self._wrong(source, "rep", str(error))
            return None
        message = _("This person is in row %(row)d already.")
        return None if self.parsed.is_repeated(source, "rep", person_id, message) else person_id

    @sensitive_variables()
    def _periods(self, source: ParsedRow, quota: Decimal | None) -> tuple[Decimal, ...]:
        given: dict[str, Any] = {key: source.values[key] for key in PERIODS if key in source.values}
        if not given or any(key in source.bad for key in PERIODS):
            return ()
        message = _("The plan year has %(count)d periods: give all of them or none.")
        message %= {"count": self.periods}
        missing = [key for key in PERIODS[: self.periods] if key not in given]
        if missing:
            self.parsed.add_missing(source, missing[0], message)
            return ()
        if len(given) > self.periods:
            self._wrong(source, max(given, key=PERIODS.index), message)
            return ()
        amounts = tuple(given[key] for key in PERIODS[: self.periods])
        if quota is None or sum(amounts) != quota:
            shown = {"sum": plain(sum(amounts, Decimal(0))), "quota": plain(quota or Decimal(0))}
            self._wrong(
                source,
                "quota",
                _("The periods add up to %(sum)s, the quota is %(quota)s.") % shown,
            )
            return ()
        return amounts
