"""An e-mail address from a name, for files that have no addresses."""

import unicodedata
from string import Formatter

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from events.attendance.rules.names import read_name

_OF_NAME = ("first", "last", "first_initial", "last_initial")
PARTS = (*_OF_NAME, "employee_id")
# Latin letters that Unicode does not take apart into a letter and a mark
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ħ": "h",
        "ŋ": "ng",
        "ə": "e",
    }
)


class PatternRefused(Exception):
    """The pattern makes no addresses. The text is fit to show."""


def check_pattern(pattern: str) -> None:
    """
    Check a pattern such as `{first}.{last}@example.com`.

    :raises PatternRefused: it names an unknown part, no part, or makes no address
    """
    try:
        pieces = list(Formatter().parse(pattern))
    except ValueError as error:
        raise PatternRefused(_("The e-mail pattern has a brace too many.")) from error
    named = [name for _text, name, _spec, _conversion in pieces if name is not None]
    bare = all(not spec and not conversion for _text, _name, spec, conversion in pieces)
    if not named or not bare or set(named) - set(PARTS):
        message = _("An e-mail pattern is made of %(parts)s, as in {first}.{last}@example.com.")
        raise PatternRefused(message % {"parts": ", ".join(f"{{{part}}}" for part in PARTS)})
    try:
        validate_email(pattern.format_map(dict.fromkeys(PARTS, "a")))
    except ValidationError:
        message = _("“%(pattern)s” makes no e-mail addresses.")
        raise PatternRefused(message % {"pattern": pattern}) from None


def address_from(pattern: str, full_name: str, employee_id: str = "") -> str:
    """
    The address that a pattern makes of a name: in lower case, letters without their marks.

    The first word of a name is `first`, the last one `last`; a name of one word has no `last`.
    Titles, degrees, pronouns and the like are no part of it.

    :raises ValueError: it is not clear what is the first and the last name, the name has letters
        that are not Latin, or what comes out is no address; the text says what to do
    """
    name = read_name(full_name).plain
    if not name and any(f"{{{part}}}" in pattern.lower() for part in _OF_NAME):
        raise ValueError(_unclear(full_name))
    words = _ascii_words(name)
    first = words[0] if words else ""
    last = words[-1] if len(words) > 1 else ""
    local, _at, domain = pattern.lower().rpartition("@")
    parts = {
        "first": first,
        "last": last,
        "first_initial": first[:1],
        "last_initial": last[:1],
        "employee_id": "".join(_ascii_words(employee_id)),
    }
    if any(f"{{{part}}}" in local and not parts[part] for part in parts if part != "last"):
        raise ValueError(_cannot(full_name))
    address = f"{local.format_map(parts).strip('.-_')}@{domain}"
    try:
        validate_email(address)
    except ValidationError:
        raise ValueError(_cannot(full_name)) from None
    return address


def _ascii_words(text: str) -> list[str]:
    """Words of a to z, digits and hyphens; none at all if a letter has no plain form."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    # Lower again: a letter in a square is a capital only once it is taken out of it
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign)).lower()
    if any(sign.isalnum() and not sign.isascii() for sign in plain):
        return []
    words = ("".join(s for s in word if s.isalnum() or s == "-") for word in plain.split())
    return [word.strip("-") for word in words if word.strip("-")]


def _unclear(full_name: str) -> str:
    message = _(
        "It is not clear what the first and the last name are in “%(name)s”, so no e-mail address "
        "is made of it. Write it as First Last, or add a column with e-mail addresses."
    )
    return message % {"name": full_name}


def _cannot(full_name: str) -> str:
    message = _(
        "The e-mail pattern makes no address of “%(name)s”. Add a column with e-mail addresses, "
        "or one with employee ids and {employee_id} in the pattern."
    )
    return message % {"name": full_name}
