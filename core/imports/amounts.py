"""
Amounts as people write them. Whether “84.000” is 84 or 84,000 is told by the other cells of its
column; where they do not tell it, it is asked.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from core import currencies
from core.currencies import is_currency
from core.imports.asking import COMMA, POINT

SIGNS = (POINT, COMMA)
_LONGEST = 60  # characters of a cell
_SAMPLES = 3
_MINUS = dict.fromkeys(map(ord, "\u2212\u2012\u2013\u2014\ufe63\uff0d"), "-")
# Arabic and wide signs; a space of any kind and an apostrophe part thousands
_WRITTEN = str.maketrans({"\u066b": "\u066b", "\u066c": "'", "\uff0c": ",", "\uff0e": ".",
                          "\u2019": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"})  # fmt: skip
_CURRENCY_WORDS = {"kr": "", "kr.": "", "zł": "PLN", "kč": "CZK", "ft": "HUF", "fr.": "CHF",
                   "fr": "CHF", "sfr.": "CHF", "€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW",
                   "₪": "ILS", "₺": "TRY", "₴": "UAH", "₫": "VND", "r$": "BRL"}  # fmt: skip
_CURRENCY_AT = (
    re.compile(r"^([^\d\s.,'()+-]{1,4}\.?)\s*(?=[\d.,(+-])"),
    re.compile(r"(?<=[\d.,)-])\s*([^\d\s.,'()+-]{1,4}\.?)$"),
)
_AFTER = re.compile(r"(?<=\d)([.,])-{1,2}$")  # 1'250.- is 1250 and no less than nothing
_SCIENTIFIC = re.compile(r"[-+]?\d+([.,]\d+)?[eE][-+]?\d+")
_GROUPED = {
    POINT: re.compile(
        r"(?P<whole>\d+|[1-9]\d{0,2}(?P<by>[,' ])\d{3}(?:(?P=by)\d{3})*"
        r"|[1-9]\d?(?:,\d{2})+,\d{3})?(?:\.(?P<part>\d*))?"
    ),
    COMMA: re.compile(
        r"(?P<whole>\d+|[1-9]\d{0,2}(?P<by>[.' ])\d{3}(?:(?P=by)\d{3})*)?(?:,(?P<part>\d*))?"
    ),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with as many decimals as were written, and the currency that the cell names."""

    value: Decimal
    decimals: int
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Convention:
    """
    How a column writes its amounts: `sign` parts the decimals, "" if nothing tells it.

    It is certain where all cells that tell it agree, or both signs say the same; else it is a
    guess. `samples` are some cells as they are written, first those that may mean two numbers.
    """

    sign: str
    is_certain: bool
    samples: tuple[str, ...]

    def in_words(self, sign: str) -> str:
        """The samples as `sign` reads them: 84.000 is 84,000; 1.250 is 1,250."""
        read = [(cell, read_amount(cell, sign)) for cell in self.samples]
        return "; ".join(
            _("%(cell)s is %(value)s") % {"cell": cell, "value": _without_zeros(each.value)}
            if each
            else _("%(cell)s is no number") % {"cell": cell}
            for cell, each in read
        )


def _without_zeros(value: Decimal) -> str:
    """Without the zeros that leave open whether a sign parts decimals: 84.000 is 84."""
    shown = f"{value:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


class Figure(str):
    """A cell that a spreadsheet holds as a number: its text as shown, and the number itself."""

    __slots__ = ("value",)
    value: Decimal

    def __new__(cls, shown: str, value: Decimal) -> "Figure":
        figure = super().__new__(cls, shown)
        figure.value = value
        return figure


def read_amount(cell: str, sign: str) -> Amount | None:
    """What a cell says where `sign` parts the decimals; None where that cannot be."""
    if isinstance(cell, Figure):
        exponent = cell.value.normalize().as_tuple().exponent
        return Amount(cell.value, max(0, -int(exponent)))
    return _read(cell, sign)


def amount(cell: str) -> Decimal:
    """
    One amount by itself, as a form takes it: 900,000.50 or 900000,5; a lone comma parts thousands.

    :raises ValueError: it is no number, or a lone point may part decimals or thousands
    """
    by_point, by_comma = read_amount(cell, POINT), read_amount(cell, COMMA)
    found = by_point or by_comma
    if found is None:
        raise ValueError(no_number(cell))
    if by_point and by_comma and by_point.value != by_comma.value and "." in cell:
        message = _("“%(value)s” may mean two numbers. Write %(whole)s or %(part)s0.")
        shown = {"value": cell[:_LONGEST], "whole": by_comma.value, "part": by_point.value}
        raise ValueError(message % shown)
    return found.value


def amount_in(cell: str, currency: str) -> Decimal:
    """
    One amount in a currency that is known: “250.000” EUR is 250,000, since euros have two decimals.

    :raises ValueError: it is no number, or it names another currency
    """
    sign = find_convention([(cell, currencies.digits(currency))]).sign or POINT
    found = read_amount(cell, sign)
    if found is None:
        raise ValueError(no_number(cell))
    if found.currency not in ("", currency):
        message = _("“%(value)s” is in %(other)s, and this is in %(currency)s.")
        shown = {"value": cell[:_LONGEST], "other": found.currency, "currency": currency}
        raise ValueError(message % shown)
    return found.value


def no_number(cell: str, sign: str = POINT) -> str:
    """Why a cell is no amount, in words."""
    shown = {"value": cell[:_LONGEST]}
    if _SCIENTIFIC.fullmatch(cell.replace(" ", "")):
        return _("“%(value)s” has lost digits. Show the column as a number in Excel.") % shown
    other = next(each for each in SIGNS if each != sign)
    if read_amount(cell, other):
        if sign == COMMA:
            return _("“%(value)s” is no number where a comma parts the decimals.") % shown
        return _("“%(value)s” is no number where a point parts the decimals.") % shown
    return _("“%(value)s” is no number. Write it as 1250000.50.") % shown


def find_convention(cells: Iterable[tuple[str, int | None]]) -> Convention:
    """
    How a column is written, told by all of its cells together.

    Each cell comes with the decimals of its currency, None where that is not known: “84.000” EUR
    is hardly 84 with three decimals. That makes a guess, or a doubt, and no certainty.
    """
    told = dict.fromkeys(SIGNS, 0)  # cells that one sign alone reads, as fits their currency
    likely = dict.fromkeys(SIGNS, True)  # no cell has more decimals than its currency
    doubtful: dict[str, None] = {}
    others: dict[str, None] = {}
    for cell, digits in cells:
        found = {sign: each for sign in SIGNS if (each := read_amount(cell, sign))}
        is_doubtful = len({each.value for each in found.values()}) > 1
        if is_doubtful:
            for sign, each in found.items():
                likely[sign] &= digits is None or each.decimals <= digits
        elif len(found) == 1:
            ((sign, each),) = found.items()
            told[sign] += digits is None or each.decimals <= digits
        samples = doubtful if is_doubtful else others
        if found and len(samples) < _SAMPLES:
            samples[cell] = None
    shown = (*doubtful, *others)[:_SAMPLES]
    by_cells = max(SIGNS, key=told.__getitem__)
    if not doubtful:
        return Convention(by_cells, True, shown)
    agreed = told[POINT] != told[COMMA] and not min(told.values())
    if agreed and likely[by_cells]:
        return Convention(by_cells, True, shown)
    by_currency = max(SIGNS, key=likely.__getitem__)
    is_guess = likely[POINT] != likely[COMMA] and not any(told.values())
    return Convention(by_currency if is_guess else "", False, shown)


@lru_cache(maxsize=4096)
def _read(cell: str, sign: str) -> Amount | None:
    text, currency, minus = _plain(cell), "", 0
    for _turn in range(2):  # a minus, brackets and a currency stand around each other in any order
        if text.startswith("(") and text.endswith(")"):
            text, minus = text[1:-1].strip(), minus + 1
        if text[:1] in ("-", "+"):
            text, minus = text[1:].strip(), minus + (text[0] == "-")
        elif text.endswith("-") and not _AFTER.search(text):
            text, minus = text[:-1].strip(), minus + 1
        if not currency:
            text, currency = _without_currency(text)
    if minus > 1:
        return None
    text = _AFTER.sub(r"\1", text).replace("\u066b", "." if sign == POINT else ",")
    found = _GROUPED[sign].fullmatch(text)
    if found is None or not (found["whole"] or found["part"]):
        return None
    part = found["part"] or ""
    whole = re.sub(r"\D", "", found["whole"] or "0")
    value = Decimal(f"{whole}.{part or '0'}") if part else Decimal(whole)
    return Amount(-value if minus else value, len(part), currency.strip("?"))


def _plain(cell: str) -> str:
    """Digits of every script as 0 to 9, one kind of space, minus and apostrophe."""
    if len(cell) > _LONGEST:
        return ""
    if cell.isascii():
        return " ".join(cell.split())
    text = cell.translate(_MINUS).translate(_WRITTEN)
    digits = (str(d) if (d := unicodedata.decimal(s, None)) is not None else s for s in text)
    return " ".join("".join(digits).split())


def _without_currency(text: str) -> tuple[str, str]:
    """The text without a currency before or after it, and its code; "?" where it may be several."""
    for pattern in _CURRENCY_AT:
        if found := pattern.search(text):
            word = found[1]
            code = _currency_code(word)
            if code:
                return (text[: found.start()] + text[found.end() :]).strip(), code
    return text, ""


def _currency_code(word: str) -> str:
    if is_currency(word.upper()):
        return word.upper()
    if word.casefold() in _CURRENCY_WORDS:
        return _CURRENCY_WORDS[word.casefold()] or "?"
    return "?" if unicodedata.category(word[-1]) == "Sc" and word[:-1].isascii() else ""
