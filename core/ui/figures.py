"""How dates, moments, money and shares are written: the same on every page and in every mail."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language

NONE = "–"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
# Where a language writes what English does not: the sign behind the amount, 54 % with a space,
# short sizes, and the parts of a date in its own order
_SIGN_BEHIND = {"de", "fr"}
_SIZES = {
    "de": ("\u00a0Mrd.", "\u00a0Mio.", "\u00a0Tsd.", ""),
    "fr": ("\u00a0Md", "\u00a0M", "\u00a0k", ""),
}
_DAYS = {
    "de": {"short": "D, j. M", "long": "D, j. F Y", "year": "D, j. M Y"},
    "fr": {"short": "D j b", "long": "D j F Y", "year": "D j b Y"},
}
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}


def money(amount: object, currency: str) -> str:
    """
    An amount with its currency: “€900,000”, “$1,234.50”, “138,000,000 JPY”.

    Rounded half up to two places; whole amounts have none. An en dash where there is no amount.
    """
    value = _decimal(amount)
    if value is None:
        return NONE
    cents = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    sign = MINUS if cents < 0 else ""
    places = 0 if cents == cents.to_integral_value() else 2
    digits = number_format(abs(cents), decimal_pos=places, force_grouping=True)
    return _with_currency(sign, digits, currency)


def short_money(amount: object, currency: str) -> str:
    """An amount for the axis of a chart: “€25k”, “$1.2m”, “138m JPY”."""
    value = _decimal(amount)
    if value is None:
        return NONE
    letters = _SIZES.get(_language(), ("bn", "m", "k", ""))
    sizes = list(zip((10**9, 10**6, 10**3, 1), letters, strict=True))
    size, letter = next((pair for pair in sizes if abs(value) >= pair[0]), (1, ""))
    figure = (value / size).quantize(Decimal("0.1" if letter else "1"), ROUND_HALF_UP)
    sign = MINUS if figure < 0 else ""
    places = 0 if figure == figure.to_integral_value() else 1
    return _with_currency(sign, number_format(abs(figure), decimal_pos=places) + letter, currency)


def number(value: object) -> str:
    """A count or a figure with its thousands apart: “8,800”."""
    figure = _decimal(value)
    if figure is None:
        return NONE
    sign = MINUS if figure < 0 else ""
    return sign + number_format(abs(figure), force_grouping=True)


def percent(share: object, places: int = 0) -> str:
    """A share from 0 to 1 as “54%”, rounded half up."""
    value = _decimal(share)
    if value is None:
        return NONE
    rounded = (value * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else ""
    space = NO_BREAK if _language() in _SIGN_BEHIND else ""
    return f"{sign}{number_format(abs(rounded), decimal_pos=places, force_grouping=True)}{space}%"


def day(value: date | datetime | None, style: str = "short") -> str:
    """
    A date with its weekday: “Wed 3 Feb”; long: “Wed 3 February 2027”; year: “Wed 3 Feb 2027”.

    Of a datetime, its date in the zone that is current: pass a date where the zone matters.
    """
    if not value:
        return NONE
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value).date()
    return date_format(value, _day_format(style))


def moment(value: datetime | None, zone: tzinfo | str | None = None) -> str:
    """A moment in a zone, which it names: “Wed 3 Feb, 09:45 WET”."""
    if not value:
        return NONE
    there = ZoneInfo(zone) if isinstance(zone, str) and zone else zone or None
    local = timezone.localtime(value, there)
    day_there = date_format(local, _day_format("short"))
    return f"{day_there}, {local:%H:%M}{NO_BREAK}{zone_name(local)}"


def clock(value: datetime | None, zone: tzinfo | str | None = None) -> str:
    """Only the time of day in a zone, for places where date and zone stand above: “09:45”."""
    if not value:
        return NONE
    there = ZoneInfo(zone) if isinstance(zone, str) and zone else zone or None
    return f"{timezone.localtime(value, there):%H:%M}"


def zone_name(local: datetime) -> str:
    """The name of a zone at a moment: “WET”, or “UTC+3” where the zone has no letters."""
    name = local.tzname() or ""
    if name.isalpha():
        return name
    minutes = int((local.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes >= 0 else MINUS
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def _with_currency(sign: str, digits: str, currency: str) -> str:
    symbol = SYMBOLS.get(currency)
    if symbol and _language() not in _SIGN_BEHIND:
        return f"{sign}{symbol}{digits}"
    return f"{sign}{digits}{NO_BREAK}{symbol or currency}".rstrip(NO_BREAK)


def _day_format(style: str) -> str:
    formats = _DAYS.get(_language())
    return (formats or {"short": "D j M", "long": "D j F Y", "year": "D j M Y"})[style]


def _language() -> str:
    return (get_language() or "").partition("-")[0]


def _decimal(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        figure = Decimal(str(value))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None
