"""
The trail in words: what each verb says of somebody's data.

A capability registers its verbs in `AppConfig.ready()`; one that is not registered is shown as
it is stored.
"""

from collections.abc import Mapping

from django.utils.functional import Promise

Words = str | Promise
_words: dict[str, Words] = {}


def register(words: Mapping[str, Words]) -> None:
    """Add the words of verbs: `{"packet.viewed": _("Your packet was opened")}`."""
    _words.update(words)


def of(verb: str) -> str:
    """The sentence for a verb."""
    known = _words.get(verb)
    return str(known) if known is not None else verb.replace("_", " ").replace(".", ": ")
