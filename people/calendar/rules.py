"""Where in a country somebody works, as far as their time zone tells."""

from django.utils.translation import gettext as _

from core.due.rules import subdivisions

# The part in which the city of a zone lies. Left out are zones that say too little of where in
# their country somebody is: a wrong part would add days of rest that most do not have
PARTS_BY_ZONE = {
    "AU": {
        "Australia/ACT": "ACT",
        "Australia/Adelaide": "SA",
        "Australia/Brisbane": "QLD",
        "Australia/Broken_Hill": "NSW",
        "Australia/Canberra": "ACT",
        "Australia/Darwin": "NT",
        "Australia/Hobart": "TAS",
        "Australia/Lindeman": "QLD",
        "Australia/Melbourne": "VIC",
        "Australia/Perth": "WA",
        "Australia/Sydney": "NSW",
    },
    "CA": {
        "America/Calgary": "AB",
        "America/Edmonton": "AB",
        "America/Halifax": "NS",
        "America/Iqaluit": "NU",
        "America/Moncton": "NB",
        "America/Montreal": "QC",
        "America/Regina": "SK",
        "America/St_Johns": "NL",
        "America/Toronto": "ON",
        "America/Vancouver": "BC",
        "America/Whitehorse": "YT",
        "America/Winnipeg": "MB",
        "America/Yellowknife": "NT",
    },
    "CH": {"Europe/Zurich": "ZH"},
    "ES": {"Atlantic/Canary": "CN", "Africa/Ceuta": "CE"},
    "GB": {"Europe/Belfast": "NIR", "Europe/London": "ENG"},
    "PT": {"Atlantic/Azores": "20", "Atlantic/Madeira": "30"},
    "US": {"America/Anchorage": "AK", "America/Phoenix": "AZ", "Pacific/Honolulu": "HI"},
}


def part_of_country(*, country: str, subdivision: str, time_zone: str) -> str:
    """
    The part of their country whose holidays somebody keeps; empty where nothing tells.

    What is known wins, where the country has such a part; else the time zone is asked.
    """
    parts, country = subdivisions(country), country.upper()
    if subdivision.upper() in parts:
        return subdivision.upper()
    guessed = PARTS_BY_ZONE.get(country, {}).get(time_zone, "")
    return guessed if guessed in parts else ""


def no_such_part(text: str, country: str) -> str:
    """Why a part of a country was not read, fit to show."""
    if not subdivisions(country):
        return _("Say first in which country “%(text)s” is, if it has parts with own holidays.") % {
            "text": text
        }
    return _("“%(text)s” is no part of %(country)s. Its parts: %(parts)s.") % {
        "text": text,
        "country": country,
        "parts": ", ".join(subdivisions(country)),
    }


def read_subdivision(text: str, country: str) -> str | None:
    """The code of a part of a country from its code or one of its names; None if it has none."""
    wanted = text.strip().casefold().removeprefix(f"{country}-".casefold())
    for code, names in subdivisions(country).items():
        if wanted in {code.casefold(), *(name.casefold() for name in names)}:
            return code
    return None
