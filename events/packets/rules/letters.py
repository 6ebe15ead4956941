"""The letter: one packet as a PDF of two pages or so, tagged, for print and phone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from core.ui.figures import day, money
from events.packets.rules import curves, words
from events.packets.rules.content import Content, fingerprint
from events.packets.rules.terms import clauses

BAR_WIDTH = 120
WIDE_FIGURE = 11


@dataclass(frozen=True, slots=True)
class Signature:
    """A signed receipt: the typed name, and the moment in words."""

    name: str
    signed: str


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """All that a letter says. A draft has no release date and is marked on every page."""

    kickoff_name: str
    fiscal_year: str
    number: int
    content: Content
    content_hash: str
    released_date: date | None = None
    released_by: str = ""
    replaces: int | None = None
    changes: list[str] = field(default_factory=list)
    signature: Signature | None = None

    @property
    def is_draft(self) -> bool:
        return self.released_date is None

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.content_hash)


@sensitive_variables()
def render_letter(letter: Letter) -> bytes:
    """Lay out one letter and return its PDF: A4, tagged, in the active language."""
    html = render_to_string("events/packets/letter.html", facts_of(letter))
    # Every process imports this file, few ever typeset: WeasyPrint alone is half a start
    typeset: Callable[[str], bytes] = import_string("events.packets.rules.typesetting.typeset")
    return typeset(html)


def facts_of(letter: Letter) -> Mapping[str, Any]:
    """What the letter's template shows."""
    content = letter.content
    largest = max((period.amount for period in content.quota.periods), default=0)
    return {
        "letter": letter,
        "content": content,
        "company": settings.COMPANY_NAME,
        "rep": content.identity,
        "starts": day(content.effective_from, "long"),
        "ends": day(content.effective_to, "long"),
        "released": day(letter.released_date, "long"),
        "periods": [
            {
                "name": words.period_name(period),
                "amount": period.amount,
                "width": f"{period.amount / largest * BAR_WIDTH:.1f}" if largest else "0",
            }
            for period in content.quota.periods
        ],
        # Four figures share a line of the page; those with many digits are set smaller
        "is_long": max(map(len, _figures(content))) > WIDE_FIGURE,
        "curve": curves.draw(content, width=350, height=215),
        "plan": words.plan_sentences(content.comp.plan),
        "examples": words.examples(content),
        "clauses": clauses(content.comp.terms),
        "title": _("%(year)s packet of %(name)s, version %(number)d")
        % {"year": letter.fiscal_year, "name": content.identity.name, "number": letter.number},
    }


def _figures(content: Content) -> list[str]:
    comp = content.comp
    amounts = (content.quota.amount, comp.base, comp.target_variable, comp.on_target)
    return [money(amount, content.currency) for amount in amounts]
