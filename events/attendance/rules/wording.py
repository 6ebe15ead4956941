"""The words of an invitation: text with fields such as {first_name}. Nothing in it is evaluated."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FIELDS: Mapping[str, object] = {
    "first_name": gettext_lazy("the name that they go by"),
    "name": gettext_lazy("the full name"),
    "kickoff": gettext_lazy("the name of the kickoff"),
    "dates": gettext_lazy("first to last day"),
    "place": gettext_lazy("venue and city"),
    "deadline": gettext_lazy("the last day to answer"),
    "link": gettext_lazy("where they answer, each their own"),
}
_FIELD = re.compile(r"\{([^{}]*)\}")
# Where the family name comes first, or names are not parted by spaces
_WHOLE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]")


class WordingRefused(Exception):
    """A text cannot be filled. The message is fit to show."""


def check(text: str, *, without: tuple[str, ...] = ()) -> None:
    """
    See that a text can be filled, some fields left out.

    :raises WordingRefused: it names a field that there is not, by its name, or a brace has no other
    """
    known = [name for name in FIELDS if name not in without]
    for name in _FIELD.findall(text):
        if name not in known:
            raise WordingRefused(
                _("There is no field {%(name)s}. These can be used: %(known)s.")
                % {"name": name, "known": ", ".join(f"{{{one}}}" for one in known)}
            )
    if "{" in (left := _FIELD.sub("", text)) or "}" in left:
        raise WordingRefused(_("A brace { or } stands alone: a field is written as {first_name}."))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields replaced; what a value holds is never looked at again."""
    return _FIELD.sub(lambda found: values[found[1]], text)


def first_name(full_name: str, preferred_name: str) -> str:
    """What to call somebody: as they said, else the first of their names."""
    if preferred_name or not full_name.strip() or _WHOLE.search(full_name):
        return preferred_name or full_name
    return full_name.split()[0]
