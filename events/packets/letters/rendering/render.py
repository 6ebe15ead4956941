"""The letter: one packet as a PDF of two to four pages, tagged, for print, phone and archive."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_variables

from events.packets.letters.rendering import archival, facts
from events.packets.letters.rendering.typesetting import Sheet, Typeset, typeset
from events.packets.letters.rules.letter import Letter

SEAL = "Seal"


@sensitive_variables()
def render_letter(letter: Letter, *, at: datetime) -> Typeset:
    """Lay out one letter: A4, tagged, PDF/A, with an empty field for the seal unless a draft."""
    with override(letter.language):
        html = render_to_string("events/packets/letters/letter.html", facts.of_letter(letter, at))
        seal = archival.SealField(SEAL, _("Seal of the company")) if not letter.is_draft else None
    terms_html, terms_language = _terms(letter)
    return typeset(
        html,
        Sheet(terms_html, terms_language),
        brand=letter.brand,
        facts=archival.facts_for_machines(
            number=letter.number,
            content_hash=letter.content_hash,
            language=letter.language,
            kind=letter.kind,
        ),
        at=at,
        seal=seal,
    )


def _terms(letter: Letter) -> tuple[str, str]:
    """The pages that are the same for everyone, as HTML, and their language."""
    with override(letter.terms.language):
        context = facts.of_terms(letter)
        return render_to_string("events/packets/letters/terms.html", context), letter.terms.language
