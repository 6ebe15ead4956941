"""
From the text of one cell to a value. Each raises ValueError with a text for the person.

Amounts are apart, in `amounts`: how they are written is told by a whole column.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from holidays.registry import COUNTRIES

from core.currencies import is_currency
from core.keys import bare
from core.zones import all_zones

_DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y")
_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_EARLIEST_YEAR = 1900


def text(value: str) -> str:
    """The text, with runs of space made one."""
    return " ".join(value.split())


def text_up_to(length: int) -> Callable[[str], str]:
    """A parser of text that fits into a field of a length."""

    def parse(value: str) -> str:
        short = text(value)
        if len(short) > length:
            message = _("This has %(count)d characters; the limit is %(limit)d.")
            raise ValueError(message % {"count": len(short), "limit": length})
        return short

    return parse


def id_up_to(length: int) -> Callable[[str], str]:
    """A parser of what another system calls something, that fits into a field of a length."""
    parse = text_up_to(length)
    return lambda value: parse(bare(value))


def email(value: str) -> str:
    """An e-mail address in lower case."""
    address = bare(value).removeprefix("mailto:").lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValueError(_("“%(value)s” is no e-mail address.") % {"value": value}) from None
    return address


def iso_date(value: str) -> date:
    """
    A date as 2027-02-03, 2027/02/03 or 03.02.2027; others could mean two days.

    A time of day after it is left out.
    """
    day = _TIME_OF_DAY.sub("", value.strip())
    for pattern in _DATE_FORMATS:
        try:
            found = datetime.strptime(day, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
        if found.year >= _EARLIEST_YEAR:
            return found
    message = _("“%(value)s” is no date. Write dates as 2027-02-03.")
    raise ValueError(message % {"value": value})


def time_zone(value: str) -> str:
    """The name of a time zone in the IANA database."""
    name = value.strip()
    if name not in all_zones():
        message = _("“%(value)s” is no time zone. Write it as Europe/Lisbon.")
        raise ValueError(message % {"value": value})
    return name


def country(value: str) -> str:
    """A country as two letters (ISO 3166), from two or three letters or a name in common use."""
    code = _countries().get(_letters(value))
    if code is None:
        message = _("“%(value)s” is no country. Write two letters, such as PT.")
        raise ValueError(message % {"value": value})
    return code


def choice(choices: Mapping[str, str]) -> Callable[[str], str]:
    """
    A parser of one of some stored values, written as the value or in its words.

    `choices` maps words to the stored value, so that one value may have many words: what is wrong
    is told in the first of each.
    """
    by_letters = {_letters(word): stored for word, stored in choices.items()}
    told: dict[str, str] = {}
    for word, stored in choices.items():
        told.setdefault(stored, str(word))

    def parse(value: str) -> str:
        stored = by_letters.get(_letters(value))
        if stored is None:
            message = _("“%(value)s” is not one of %(known)s.")
            raise ValueError(message % {"value": value, "known": ", ".join(told.values())})
        return stored

    return parse


def currency(value: str) -> str:
    """A currency of ISO 4217, as its three letters."""
    code = bare(value).upper()
    if not is_currency(code):
        message = _("“%(value)s” is no currency of ISO 4217, such as EUR or USD.")
        raise ValueError(message % {"value": value[:20]})
    return code


def _letters(value: object) -> str:
    plain = unicodedata.normalize("NFKD", str(value).casefold())
    return re.sub(r"[\W_]+", "", "".join(sign for sign in plain if not unicodedata.combining(sign)))


# As CRMs write them, beside what `holidays` knows; without spaces, signs and accents
_COUNTRIES_BY_OTHER_NAMES = {
    "AE": "UAE; Emirates",
    "BA": "Bosnia; Bosnia-Herzegovina",
    "BN": "Brunei Darussalam",
    "BO": "Bolivia (Plurinational State of)",
    "BR": "Brasil",
    "CD": "DR Congo; DRC; Congo-Kinshasa; Democratic Republic of the Congo",
    "CG": "Republic of the Congo; Congo-Brazzaville",
    "CI": "Ivory Coast; Côte d'Ivoire",
    "CN": "People's Republic of China; PRC; Mainland China; China mainland",
    "CV": "Cape Verde; Cabo Verde",
    "CZ": "Czech Republic; Czechia",
    "DE": "Federal Republic of Germany; Deutschland",
    "DO": "Dominican Rep.",
    "ES": "España",
    "FM": "Micronesia (Federated States of)",
    "GB": "UK; U.K.; Great Britain; Britain; United Kingdom of Great Britain and Northern Ireland",
    "GM": "The Gambia",
    "HK": "Hong Kong SAR; Hong Kong S.A.R.; Hong Kong SAR China",
    "IR": "Iran (Islamic Republic of); Islamic Republic of Iran",
    "IT": "Italia",
    "KP": "North Korea; Democratic People's Republic of Korea; DPRK",
    "KR": "South Korea; Korea; Republic of Korea; Korea (Republic of); Korea, Republic of",
    "LA": "Laos; Lao PDR; Lao People's Democratic Republic",
    "MD": "Moldova (Republic of); Republic of Moldova",
    "MK": "North Macedonia; Macedonia; FYROM",
    "MM": "Burma",
    "MO": "Macau; Macao; Macao SAR",
    "NL": "The Netherlands; Holland; Nederland",
    "PH": "The Philippines",
    "PS": "Palestine; State of Palestine; Palestinian Territories",
    "RU": "Russia; Russian Federation",
    "SY": "Syria; Syrian Arab Republic",
    "SZ": "Swaziland; Eswatini",
    "TL": "East Timor; Timor-Leste",
    "TR": "Turkey; Türkiye; Republic of Türkiye",
    "TW": "Taiwan (Province of China); Taiwan ROC; Chinese Taipei",
    "TZ": "United Republic of Tanzania; Tanzania (United Republic of)",
    "US": "United States of America; USA; U.S.A.; U.S.; The United States",
    "VA": "Vatican; Holy See; Vatican City State",
    "VE": "Venezuela (Bolivarian Republic of)",
    "VN": "Viet Nam; Vietnam; Socialist Republic of Vietnam",
    "XK": "Kosovo",
}


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    named = {
        _letters(name): code
        for code, names in _COUNTRIES_BY_OTHER_NAMES.items()
        for name in names.split("; ")
    }
    for module, (name, code, *aliases) in COUNTRIES.items():
        for word in (module, name, code, *aliases):
            named[_letters(word)] = code
    return named
