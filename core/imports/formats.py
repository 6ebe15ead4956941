"""What a spreadsheet shows of a number: a date, an id with its zeros, a percentage."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from core.imports.amounts import Figure

_MOST_DIGITS = 400
_LONGEST_CODE = 255  # as Excel has it; what is longer would take its time at each cell
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_KEPT = "\ue000"  # stands for a literal while a pattern is looked at
# Digits in their places and signs between them: 00000, 000-00-0000, "E-"0000
_PARTED = re.compile(r"[0#?][\ue000()/ -]+[0#?]")
_MASK = re.compile(r"[0#?\ue000()/ +-]*")


@dataclass(frozen=True, slots=True)
class Formats:
    """
    The formats of a workbook: `codes` by the number of a style.

    `is_1904` says that days are counted as on old Macs.
    """

    codes: tuple[str, ...] = ()
    is_1904: bool = False

    def shown(self, value: str, style: str) -> str:
        """
        The text that is shown of a number; where it is one, with its value.

        :raises ValueError: it is no number
        """
        code = self._code(style)
        if code == "General":
            return _figure(value, code)
        if is_date_format(code) or is_timedelta_format(code):
            found = self._date(value, code)
            if found is not None:
                return found
        return _figure(value, code)

    def _code(self, style: str) -> str:
        at = int(style) if style.isdigit() and len(style) <= 6 else 0
        return self.codes[at] if at < len(self.codes) else "General"

    def _date(self, value: str, code: str) -> str | None:
        """None where Excel shows ##### for a number that is no day."""
        epoch = CALENDAR_MAC_1904 if self.is_1904 else CALENDAR_WINDOWS_1900
        try:
            if float(value) < 0:
                return None
            found = from_excel(float(value), epoch, timedelta=is_timedelta_format(code))
        except (OverflowError, ValueError):
            return None
        has_time = re.search("[hs]", _LITERAL.sub("", code), re.IGNORECASE) is not None
        return date_in_words(found, has_time=has_time)


def code_of(number: int, own: dict[int, str]) -> str:
    """The format of a number in a workbook: its own, or one that every workbook has."""
    code = own.get(number, "")
    if len(code) > _LONGEST_CODE:
        return "General"
    return code or BUILTIN_FORMATS.get(number, "General")


def date_in_words(value: object, *, has_time: bool) -> str:
    """A day as 2027-02-03; with its time where one is shown, and is not midnight."""
    if isinstance(value, datetime):
        if not has_time or value.time() < time(0, 0, 1):
            return value.date().isoformat()
        return value.isoformat(" ", "seconds")
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        return str(timedelta(seconds=round(value.total_seconds())))
    return value.isoformat() if isinstance(value, date) else ""


def _figure(value: str, code: str) -> Figure:
    number = _number(value)
    shown = _plain(number) if code == "General" else _shown(number, code)
    return Figure(shown, number)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")[:_MOST_DIGITS]


def _number(value: str) -> Decimal:
    text = value.strip()
    try:
        # As a person sees it: 0.1, not 0.1000000000000000055
        number = Decimal(text) if text.isdigit() else Decimal(repr(float(text)))
    except (InvalidOperation, OverflowError) as error:
        raise ValueError(value) from error
    if not number.is_finite():
        raise ValueError(value)
    return number


def _shown(number: Decimal, code: str) -> str:
    section = code.split(";")[0] if number >= 0 else ""
    literals = ["".join(found) for found in _LITERAL.findall(section)]
    pattern = _LITERAL.sub(_KEPT, section)
    if pattern.count("%") == 1:
        return f"{_plain(number * 100)}%"
    places = sum(sign in "0#?" for sign in pattern)
    is_id = pattern.count("0") > 1 or _PARTED.search(pattern) or (places and any(literals))
    if not _MASK.fullmatch(pattern) or not is_id:
        return _plain(number)
    return _masked(format(number.to_integral_value(ROUND_HALF_UP), "f"), pattern, literals)


def _masked(digits: str, pattern: str, literals: list[str]) -> str:
    """Digits from the right into their places; those that find none stand before the first."""
    out: list[str] = []
    left = list(digits)
    places = [at for at, sign in enumerate(pattern) if sign in "0#?"]
    words = list(literals)
    for at in range(len(pattern) - 1, -1, -1):
        sign = pattern[at]
        if sign == _KEPT:
            out.append(words.pop())
        elif sign not in "0#?":
            out.append(sign)
        elif left:
            out.append(left.pop())
        elif sign == "0":
            out.append("0")
        if at == places[0]:
            out.append("".join(left))
            left = []
    return "".join(reversed(out)).strip()
