"""A budget out to a file and in from one: what goes out comes in again as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.currencies import digits, fits
from core.imports import parsers
from core.imports.mapping import Field
from core.imports.rows import Parsed, ParsedRow
from core.keys import name_key
from core.money import LARGEST, short
from events.budget.actions.lines import Figures, Words, revise, word_line
from events.budget.actions.lines import add_line as add
from events.budget.actions.settings import note_rate
from events.budget.models import Basis, Budget, BudgetLine, Category, Revision
from events.budget.queries import limits_of, rates_of
from events.budget.queries.board import newest_rates, worth_of_one
from events.rates.models import ExchangeRate
from people.accounts.models import Person
from people.activity.actions import record_entry

_AMOUNTS = ("price", "committed", "invoiced", "paid", "forecast")
_CENTS = Decimal("0.000001")  # what a rate is noted to
MOST = 1_000_000


def _amount(found: Decimal) -> Decimal:
    if found < 0:
        raise ValueError(_("An amount is never negative."))
    if found > LARGEST:
        raise ValueError(_("This is too large."))
    return found


def _rate(found: Decimal) -> Decimal:
    if not 0 < found <= LARGEST or found != round(found, 6):
        raise ValueError(_("A rate is above zero and has six decimals at most."))
    return found


def _count(found: Decimal) -> int:
    if not 0 <= found <= MOST or found != int(found):
        raise ValueError(_("Write a whole number, from 0 to 1,000,000."))
    return int(found)


def _money(key: str, label: Any, *aliases: str, **options: Any) -> Field:
    return Field(
        key, label, aliases=aliases, parse=_amount, is_amount=True, currency="currency", **options
    )


def _words(choices: type[Category] | type[Basis]) -> dict[str, str]:
    return {str(one.label): one.value for one in choices} | {
        one.value: one.value for one in choices
    }


def line_fields() -> list[Field]:
    """The columns of a file of lines, in the order in which they go out."""
    return [
        Field(
            "line",
            gettext_lazy("Line"),
            required=True,
            aliases=("name", "item", "description"),
            parse=parsers.text_up_to(120),
            hint=gettext_lazy("The name of a line; one of that name is revised"),
        ),
        Field(
            "category",
            gettext_lazy("Category"),
            required=True,
            parse=parsers.choice(_words(Category)),
        ),
        Field("note", gettext_lazy("Note"), parse=parsers.text_up_to(200), aliases=("supplier",)),
        Field(
            "basis",
            gettext_lazy("Price for each"),
            required=True,
            aliases=("per", "unit"),
            parse=parsers.choice(_words(Basis)),
        ),
        _money("price", gettext_lazy("Price"), "unit price", required=True),
        Field(
            "number",
            gettext_lazy("Number of its own"),
            aliases=("quantity", "count"),
            parse=_count,
            is_amount=True,
            hint=gettext_lazy("Empty: as many as the budget has"),
        ),
        Field("currency", gettext_lazy("Currency"), parse=parsers.currency),
        Field(
            "rate",
            gettext_lazy("Rate"),
            parse=_rate,
            is_amount=True,
            hint=gettext_lazy("What one unit is worth in the budget's currency"),
        ),
        Field("rate_date", gettext_lazy("Rate of"), parse=parsers.iso_date),
        _money("committed", gettext_lazy("Committed"), "contract", "contracted"),
        _money("invoiced", gettext_lazy("Invoiced"), "billed"),
        _money("paid", gettext_lazy("Paid")),
        _money("forecast", gettext_lazy("Forecast"), "expected"),
        Field("reason", gettext_lazy("Why"), parse=parsers.text_up_to(300)),
    ]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a row says, once what it leaves open was taken from what is known."""

    words: Words
    figures: Figures
    reason: str
    line: BudgetLine | None
    # A rate that nobody has noted yet: what one unit is worth, and its day
    rate: tuple[Decimal, date] | None = None


@dataclass
class BudgetReport:
    """What an import does."""

    added: list[str] = field(default_factory=list)
    revised: list[str] = field(default_factory=list)
    unchanged: int = 0
    waiting: int = 0

    @property
    def rows(self) -> int:
        return len(self.added) + len(self.revised)


def export_rows(budget: Budget) -> tuple[list[str], list[list[object]]]:
    """
    Headers and rows of a file: of each line what waits for approval, else what stands. Two queries.
    """
    last = _last(budget)
    rows: list[list[object]] = []
    for line in budget.lines.order_by("category", "pk"):
        revision = last.get(line.pk)
        if revision is None:
            continue
        rate = revision.rate
        rows.append(
            [
                line.name,
                Category(line.category).label,
                line.note,
                Basis(revision.basis).label,
                short(revision.price),
                revision.own_count,
                revision.currency,
                short(_told(rate, budget)) if rate else None,
                rate.as_of_date.isoformat() if rate else None,
                short(revision.committed),
                short(revision.invoiced),
                short(revision.paid),
                None if revision.said is None else short(revision.said),
                revision.reason,
            ]
        )
    return [one.key for one in line_fields()], rows


@transaction.atomic
def import_lines(
    *, budget: Budget, parsed: Parsed, by: Person, at: datetime, dry_run: bool
) -> BudgetReport:
    """
    Take over a file of lines: new names are added, those that are there revised. Lines that it does
    not name stay. What asks for more than `by` may approve waits.

    :raises FileRefused: with each error by row and column; nothing is written then
    :raises BudgetRefused: the kickoff is archived
    """
    lines, last = {name_key(one.name): one for one in _lines(budget)}, _last(budget)
    reader = _Reader(budget, parsed, last)
    wanted = [reader.read(row, lines) for row in parsed.rows]
    parsed.refuse_problems()
    report = BudgetReport()
    for one in wanted:
        if one is None:
            continue
        if one.line is None:
            report.added.append(one.words.name)
        elif _is_same(one, last.get(one.line.pk)):
            report.unchanged += 1
            continue
        else:
            report.revised.append(one.words.name)
        if not dry_run:
            report.waiting += _write(budget, one, by, at)
    if report.rows and not dry_run:
        record_entry(
            by=by,
            verb="budget.imported",
            at=at,
            object=budget,
            note=f"{len(report.added)} + {len(report.revised)}",
        )
    return report


class _Reader:
    """Rows as lines; every error is noted, none stops the rest."""

    def __init__(self, budget: Budget, parsed: Parsed, last: Mapping[int, Revision]) -> None:
        self.budget, self.parsed, self.last = budget, parsed, last
        self.rates = rates_of(budget)
        self.newest = newest_rates(self.rates, budget.currency)

    def read(self, row: ParsedRow, lines: Mapping[str, BudgetLine]) -> _Wanted | None:
        name = row.get("line")
        if not name:
            return None
        message = _("Row %(row)d has a line of this name.")
        if self.parsed.is_repeated(row, "line", name_key(name), message):
            return None
        line = lines.get(name_key(name))
        known = self.last.get(line.pk) if line else None
        said = self._said(row, line, known)
        currency = said["currency"]
        for key in _AMOUNTS:
            if said[key] is not None and key in row.values and not fits(said[key], currency):
                message = _("%(currency)s has %(digits)d decimals.")
                shown = {"currency": currency, "digits": digits(currency)}
                self.parsed.add_problem(row, key, message % shown)
        if said["paid"] > said["invoiced"]:
            self.parsed.add_problem(row, "paid", _("More is paid than was invoiced."))
        rate, new_rate = self._rate(row, currency, known)
        if row.bad:
            return None
        figures = Figures(
            basis=said["basis"],
            price=said["price"],
            currency=currency,
            own_count=said["number"],
            rate=rate,
            committed=said["committed"],
            invoiced=said["invoiced"],
            paid=said["paid"],
            said=said["forecast"],
        )
        words = Words(category=said["category"], name=name, note=said["note"])
        return _Wanted(words, figures, said["reason"], line, new_rate)

    def _said(
        self, row: ParsedRow, line: BudgetLine | None, known: Revision | None
    ) -> dict[str, Any]:
        """Each cell; where it is empty, what is known or, if somebody says so, nothing."""
        none: dict[str, Any] = dict.fromkeys(_AMOUNTS, Decimal(0)) | {
            "category": Category.OTHER,
            "basis": Basis.EVENT,
            "note": "",
            "number": None,
            "currency": self.budget.currency,
            "forecast": None,
            "reason": "",
        }
        there = dict(none)
        if line and known:
            there |= {
                "category": line.category,
                "note": line.note,
                "number": known.own_count,
                "forecast": known.said,
                "reason": known.reason,
            }
            there |= {key: getattr(known, key) for key in ("basis", "currency")}
            there |= {key: getattr(known, key) for key in _AMOUNTS if key != "forecast"}
        said = {}
        for key, value in there.items():
            if key in row.values:
                said[key] = row.values[key]
            else:
                said[key] = none[key] if self.parsed.clears(row, key, value) else value
        return said

    def _rate(
        self, row: ParsedRow, currency: str, known: Revision | None
    ) -> tuple[ExchangeRate | None, tuple[Decimal, date] | None]:
        if currency == self.budget.currency:
            return None, None
        worth, day = row.get("rate", None), row.get("rate_date", None)
        if worth is None:
            held = known.rate if known and known.currency == currency else None
            found = held or self.newest.get(currency)
            if found is None:
                message = _("There is no rate for %(currency)s yet: say it here, with its day.")
                self.parsed.add_missing(row, "rate", message % {"currency": currency})
            return found, None
        if day is None:
            self.parsed.add_missing(row, "rate_date", _("A rate has a day."))
            return None, None
        for one in self.rates:
            of, _worth = worth_of_one(one, self.budget.currency)
            if (of, one.as_of_date, _told(one, self.budget)) == (currency, day, worth):
                return one, None
        return None, (worth, day)


def _is_same(one: _Wanted, last: Revision | None) -> bool:
    line = one.line
    if line is None or last is None or one.rate:
        return False
    words = Words(category=line.category, name=line.name, note=line.note)
    return (one.words, one.figures, one.reason) == (words, Figures.of(last), last.reason)


def _write(budget: Budget, one: _Wanted, by: Person, at: datetime) -> bool:
    """Write one row; whether it waits for approval then."""
    figures = one.figures
    if one.rate:
        worth, day = one.rate
        rate = note_rate(
            budget=budget, currency=figures.currency, worth=worth, as_of_date=day, by=by, at=at
        )
        figures = Figures(
            **{each.name: getattr(figures, each.name) for each in fields(figures)} | {"rate": rate}
        )
    if one.line is None:
        line = add(budget=budget, words=one.words, figures=figures, reason=one.reason, by=by, at=at)
        return line.current is None
    word_line(line_id=one.line.pk, words=one.words, by=by, at=at)
    made = revise(
        line=one.line, figures=figures, reason=one.reason, limits=limits_of(budget), by=by, at=at
    )
    return made is not None and made.state == Revision.State.WAITING


def _told(rate: ExchangeRate, budget: Budget) -> Decimal:
    """What one unit is worth, to as many decimals as a file holds."""
    return worth_of_one(rate, budget.currency)[1].quantize(_CENTS)


def _lines(budget: Budget) -> list[BudgetLine]:
    # Locked, so that nobody revises a line between what is read of it and what is written
    lines = list(budget.lines.select_related("current__rate").select_for_update(of=("self",)))
    for line in lines:
        line.budget = budget
    return lines


def _last(budget: Budget) -> dict[int, Revision]:
    """What each line says last: what waits, else what stands. One query."""
    found = Revision.objects.filter(line__budget=budget).select_related("rate")
    told = found.filter(state__in=[Revision.State.STANDS, Revision.State.WAITING])
    return {one.line_id: one for one in told.order_by("number")}
