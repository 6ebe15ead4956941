"""A page on paper as the answer to a request."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from core.typesetting.pages import pdf_of


def paper(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    styles: Sequence[str],
    name: str,
) -> HttpResponse:
    """A template as a tagged PDF, with style sheets by their names, to keep as `name`; no cache has it."""
    response = HttpResponse(
        pdf_of(render_to_string(template, dict(context), request), styles),
        content_type="application/pdf",
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
