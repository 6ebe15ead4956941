"""One deal on one page, for those who tell it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from core.typesetting.pages import pdf_of

STYLE = "agenda/reviews/paper.css"


def page_of(context: Mapping[str, Any]) -> bytes:
    """The page of a deal as a tagged PDF."""
    return pdf_of(render_to_string("agenda/reviews/paper.html", dict(context)), [STYLE])
