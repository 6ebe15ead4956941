"""One row of a packet file: from the text of its cells to a rep's content, or what is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from events.comp.rules.comp import Comp, sole
from events.comp.rules.currencies import digits, fits, is_currency
from events.comp.rules.payout import Band, Basis, Plan, Threshold, plain
from events.comp.rules.terms import CURRENT, EDITIONS
from events.packets.rules.content import Content, Identity
from events.quotas.rules.quota import Period, Quota, quarters, spread, year_from
from events.territories.rules.territory import Territory

# The default plan: each unit up to quota counts once, then half as much again, then twice
DEFAULT_BANDS = (
    Band(Decimal(0), Decimal(1)),
    Band(Decimal(1), Decimal("1.5")),
    Band(Decimal("1.25"), Decimal(2)),
)
LARGEST = Decimal(10) ** 14
MOST_ACCOUNTS = 1000
LONGEST_TEXT = 200
LONGEST_PLAN_DAYS = 731
QUARTER_FIELDS = ("q1", "q2", "q3", "q4")
_PLAIN = re.compile(r"-?\d+(\.\d+)?")
_GROUPED = re.compile(r"-?\d{1,3}([,\u00a0\u202f '’]\d{3})+(\.\d+)?")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)")
_SEPARATORS = re.compile(r"[,\u00a0\u202f '’]")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell: the field's name and words for who made the file."""

    field: str
    text: str


class BadCell(Exception):
    """A cell that cannot be read. The message is fit to show."""


@dataclass(frozen=True, slots=True)
class Rep:
    """Somebody on the roster who carries a quota."""

    person_id: int
    email: str
    employee_id: str
    identity: Identity


class Roster:
    """The reps of one kickoff, found by e-mail, employee id or name."""

    def __init__(self, reps: Iterable[Rep]) -> None:
        self._found: dict[str, list[Rep]] = {}
        for rep in reps:
            for name in {rep.email, rep.employee_id, rep.identity.name} - {""}:
                self._found.setdefault(_folded(name), []).append(rep)

    def find(self, text: str) -> Rep:
        """
        The one rep whom a cell names.

        :raises BadCell: there is none, or more than one
        """
        found = self._found.get(_folded(text), [])
        if not found:
            raise BadCell(
                _("“%(cell)s” is no rep on this roster, by e-mail, employee id or name.")
                % {"cell": text[:80]}
            )
        if len(found) > 1:
            raise BadCell(
                _("%(count)d reps are called “%(cell)s”. Use the e-mail or employee id.")
                % {"count": len(found), "cell": text[:80]}
            )
        return found[0]


@dataclass(frozen=True, slots=True, repr=False)
class PacketRow:
    """A row that can be imported."""

    rep: Rep
    content: Content


@dataclass(slots=True)
class _Cells:
    """The cells of a row, and the problems found in reading them."""

    cells: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def read(self, name: str, reader: Callable[[str], Value], *, needed: bool) -> Value | None:
        """A cell's value; None if it is empty or wrong, which is then among the problems."""
        text = _clean(self.cells.get(name, ""))
        if not text:
            if needed:
                self.problems.append(Problem(name, _("This cell is empty.")))
            return None
        try:
            return reader(text)
        except BadCell as problem:
            self.problems.append(Problem(name, str(problem)))
            return None

    def refuse(self, name: str, text: str) -> None:
        self.problems.append(Problem(name, text))


def parse_packet_row(
    cells: Mapping[str, str], roster: Roster, editions: Collection[str] = tuple(EDITIONS)
) -> tuple[PacketRow | None, list[Problem]]:
    """
    Read one row: what it says of which rep, or every problem with it. Never both.

    The fields: rep, currency, quota, base, target_variable, effective_from; and where wanted
    effective_to (default: a year), q1 to q4 (default: equal parts, the remainder in the last),
    geography, segment, accounts (parted by semicolons), threshold, cap, bands, terms (one of the
    published `editions`).
    """
    row = _Cells(cells)
    rep = row.read("rep", roster.find, needed=True)
    currency = row.read("currency", _currency, needed=True)
    quota = _amount_cell(row, "quota", currency, at_least_zero=False)
    base = _amount_cell(row, "base", currency)
    target = _amount_cell(row, "target_variable", currency)
    starts, ends = _effective(row)
    parts = [_amount_cell(row, name, currency, needed=False) for name in QUARTER_FIELDS]
    spread_quota = _quota(row, quota, parts, starts, ends) if quota and starts and ends else None
    plan = _plan(row)
    terms = row.read("terms", lambda text: _terms(text, editions), needed=False) or CURRENT
    territory = Territory(
        geography=row.read("geography", _short, needed=False) or "",
        segment=row.read("segment", _short, needed=False) or "",
        accounts=row.read("accounts", _accounts, needed=False) or (),
    )
    if (
        row.problems
        or rep is None
        or currency is None
        or base is None
        or target is None
        or spread_quota is None
        or plan is None
        or starts is None
        or ends is None
    ):
        return None, row.problems
    return (
        PacketRow(
            rep,
            Content(
                currency=currency,
                effective_from=starts,
                effective_to=ends,
                identity=rep.identity,
                territory=territory,
                quota=spread_quota,
                comp=Comp(base=base, target_variable=target, measures=sole(plan), terms=terms),
            ),
        ),
        [],
    )


def amount(text: str) -> Decimal:
    """
    A figure as people write it: 900000, 900,000 or 900 000.50.

    :raises BadCell: it is no figure, or may mean two
    """
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+", text):
        raise BadCell(
            _("“%(cell)s” may mean two figures. Write thousands as 900000 or 900,000.")
            % {"cell": text[:40]}
        )
    if not (_PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)):
        raise BadCell(_("“%(cell)s” is no amount. Write 900000.") % {"cell": text[:40]})
    value = Decimal(_SEPARATORS.sub("", text))
    if abs(value) > LARGEST:
        raise BadCell(_("“%(cell)s” is too large.") % {"cell": text[:40]})
    return value


def share(text: str) -> Decimal:
    """
    A share of quota or of target variable: 80% or 0.8.

    :raises BadCell: it is none, or over 1000%
    """
    found = _SHARE.fullmatch(text)
    value = Decimal(found[1]) / (100 if found[2] else 1) if found else None
    if value is None or value > 10:
        raise BadCell(_("“%(cell)s” is no share. Write 80%% or 0.8.") % {"cell": text[:40]})
    return Decimal(plain(value))


def _amount_cell(
    row: _Cells,
    name: str,
    currency: str | None,
    *,
    needed: bool = True,
    at_least_zero: bool = True,
) -> Decimal | None:
    value = row.read(name, amount, needed=needed)
    if value is None:
        return None
    if value < 0:
        row.refuse(name, _("An amount is never negative."))
    elif value == 0 and not at_least_zero:
        row.refuse(name, _("A quota is above zero."))
    elif currency and not fits(value, currency):
        row.refuse(
            name,
            _("%(currency)s has %(digits)d decimals.")
            % {"currency": currency, "digits": digits(currency)},
        )
    else:
        return value
    return None


def _currency(text: str) -> str:
    if not is_currency(text.upper()):
        raise BadCell(
            _("“%(cell)s” is no currency of ISO 4217, such as EUR or USD.") % {"cell": text[:20]}
        )
    return text.upper()


def _day(text: str) -> date:
    # A sheet gives a date with a time of midnight
    text = re.sub(r"[T ]00:00(:00(\.0+)?)?$", "", text)
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        raise BadCell(_("“%(cell)s” is no date. Write 2027-03-01.") % {"cell": text[:40]}) from None


def _effective(row: _Cells) -> tuple[date | None, date | None]:
    starts = row.read("effective_from", _day, needed=True)
    if starts is not None and not 2000 <= starts.year <= 2100:
        row.refuse("effective_from", _("The year lies between 2000 and 2100."))
        starts = None
    ends = row.read("effective_to", _day, needed=False)
    if starts is None or "effective_to" in {problem.field for problem in row.problems}:
        return starts, None
    if ends is None:
        return starts, year_from(starts)
    if ends < starts:
        row.refuse("effective_to", _("The plan ends before it starts."))
        return starts, None
    if (ends - starts).days > LONGEST_PLAN_DAYS:
        row.refuse("effective_to", _("A plan runs for two years at most."))
        return starts, None
    return starts, ends


def _quota(
    row: _Cells, quota: Decimal, parts: list[Decimal | None], starts: date, ends: date
) -> Quota | None:
    spans = quarters(starts, ends)
    given = [part for part in parts if part is not None]
    if not given:
        return spread(quota, starts, ends)
    if len(given) != len(parts) or len(spans) != len(parts):
        row.refuse("q4", _("Give all four quarters of a year, or none."))
        return None
    if sum(given) != quota:
        row.refuse(
            "quota",
            _("The quarters add up to %(sum)s, the quota is %(quota)s.")
            % {"sum": plain(sum(given, Decimal(0))), "quota": plain(quota)},
        )
        return None
    return Quota(quota, tuple(Period(*span, part) for span, part in zip(spans, given, strict=True)))


def _plan(row: _Cells) -> Plan | None:
    threshold = row.read("threshold", share, needed=False)
    cap = row.read("cap", share, needed=False)
    bands = row.read("bands", _bands, needed=False) or DEFAULT_BANDS
    try:
        return Plan(
            basis=Basis.TV_MULTIPLIER,
            bands=bands,
            threshold=Threshold(threshold) if threshold else None,
            cap=cap,
        )
    except ValueError:
        row.refuse("bands", _("Bands begin at 0%, rise, and have rates of zero or more."))
        return None


def _bands(text: str) -> tuple[Band, ...]:
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        start, colon, rate = part.partition(":")
        if not colon:
            raise BadCell(
                _("“%(cell)s” is no band. Write 0%%: 1; 100%%: 1.5; 125%%: 2.")
                % {"cell": part[:40]}
            )
        found.append(Band(share(start.strip()), _rate(rate.strip())))
    if not found or found[0].start != 0:
        raise BadCell(_("The first band begins at 0%."))
    return tuple(found)


def _rate(text: str) -> Decimal:
    if not re.fullmatch(r"\d{1,3}(\.\d{1,4})?", text):
        raise BadCell(_("“%(cell)s” is no rate. Write 1.5.") % {"cell": text[:40]})
    return Decimal(plain(Decimal(text)))


def _terms(text: str, editions: Collection[str]) -> str:
    if text not in editions:
        raise BadCell(
            _("There is no edition “%(cell)s” of the terms. There is %(known)s.")
            % {"cell": text[:20], "known": ", ".join(editions)}
        )
    return text


def _short(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise BadCell(
            _("This text has %(count)d characters; %(most)d fit.")
            % {"count": len(text), "most": LONGEST_TEXT}
        )
    return text


def _accounts(text: str) -> tuple[str, ...]:
    names = [name for name in (_short(part.strip()) for part in text.split(";")) if name]
    if len(names) > MOST_ACCOUNTS:
        raise BadCell(_("More than %(most)d accounts in one territory.") % {"most": MOST_ACCOUNTS})
    seen: dict[str, str] = {}
    for name in names:
        if _folded(name) in seen:
            raise BadCell(_("“%(cell)s” is named twice.") % {"cell": name[:80]})
        seen[_folded(name)] = name
    return tuple(names)


def _clean(text: str) -> str:
    """Without control characters and the white space around."""
    return "".join(
        " " if letter in "\t\r\n" else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter in "\t\r\n" or unicodedata.category(letter) != "Cc"
    ).strip()


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
