"""In which language a person's letters are, and which text exists in it."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import override

from events.packets.comp.rules.terms import clauses
from events.packets.letters.rules.letter import Terms


def language_of(chosen: str) -> str:
    """What a person's letters are written in: what was chosen, else the company's language."""
    known = {code for code, _name in settings.LETTER_LANGUAGES}
    return chosen if chosen in known else settings.LANGUAGE_CODE


def terms_in(edition: str, language: str) -> Terms:
    """
    The terms of an edition in a language, or in the company's where not all of them have it.

    :raises KeyError: there is no such edition
    """
    own = _clauses(edition, settings.LANGUAGE_CODE)
    if language == settings.LANGUAGE_CODE:
        return Terms(edition, language, own)
    translated = _clauses(edition, language)
    if all(there[1] != here[1] for there, here in zip(translated, own, strict=True)):
        return Terms(edition, language, translated)
    return Terms(edition, settings.LANGUAGE_CODE, own)


def _clauses(edition: str, language: str) -> tuple[tuple[str, str], ...]:
    with override(language):
        return tuple((str(clause.title), str(clause.text)) for clause in clauses(edition))
